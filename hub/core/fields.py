"""A model field for closed vocabularies of which a page may carry several values."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class SeveralChoicesField(models.JSONField):
    """A list of values of a closed vocabulary, kept as JSON and edited as checkboxes.

    The order is that of the vocabulary whatever the order of the clicks. ``vocabulary`` is a
    ``TextChoices``; it does not enter migrations, so that a relabelled value makes none.
    """

    def __init__(self, vocabulary: type[models.TextChoices] | None = None, **options: Any) -> None:
        self.vocabulary = vocabulary
        options.setdefault("default", list)
        options.setdefault("blank", True)
        super().__init__(**options)

    def formfield(self, **options: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.vocabulary.choices if self.vocabulary else [],
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=self.verbose_name,
            help_text=self.help_text,
        )

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        super().validate(value, model_instance)
        known = set(self.vocabulary.values) if self.vocabulary else set()
        unknown = [item for item in value or [] if item not in known]
        if unknown:
            raise ValidationError(_("Unknown value: %(value)s."), params={"value": unknown[0]})

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, list | tuple) and self.vocabulary:
            order = list(self.vocabulary.values)
            value = sorted(set(value), key=order.index) if set(value) <= set(order) else value
        return super().get_prep_value(value)
