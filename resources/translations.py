"""Facets do not depend on the language: a translation carries those of its source.

wagtail-localize copies synchronised fields when an editor updates a translation, but a
many-to-many emptied at the source stays full in the translation. So the facets are shared here,
each time either side is published.
"""

from django.conf import settings
from django.db import transaction
from wagtail.models import Page

from resources.models import ResourcePage

PLAIN = ("steps", "uses", "year", "organisation_id", "access", "cover_id")
SEVERAL = ("themes", "audiences")


@transaction.atomic
def share_with_translations(page: ResourcePage) -> list[Page]:
    """Give the translations of a source its facets, or a translation those of its source.

    Returns the other pages that changed, to be indexed anew.
    """
    pages = ResourcePage.objects.filter(translation_key=page.translation_key)
    source = pages.filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is None:
        return []
    targets = list(pages.exclude(pk=source.pk))
    if page.pk != source.pk:
        targets = [page]
    return [target for target in targets if _copy(source, target) and target.pk != page.pk]


def _copy(source: ResourcePage, target: ResourcePage) -> bool:
    changed = {n: getattr(source, n) for n in PLAIN if getattr(source, n) != getattr(target, n)}
    for name, value in changed.items():
        setattr(target, name, value)
    if changed:
        ResourcePage.objects.filter(pk=target.pk).update(**changed)
    for name in SEVERAL:
        wanted = {row.pk for row in getattr(source, name).all()}
        if wanted != {row.pk for row in getattr(target, name).all()}:
            field = ResourcePage._meta.get_field(name)
            through = field.remote_field.through
            column = f"{field.related_model._meta.model_name}_id"
            through.objects.filter(resourcepage_id=target.pk).delete()
            through.objects.bulk_create(
                through(**{"resourcepage_id": target.pk, column: pk}) for pk in wanted
            )
            getattr(target, "_cluster_related_objects", {}).pop(name, None)
            changed[name] = wanted
    return bool(changed)
