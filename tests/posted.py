"""What a browser sends, from the fields and what was typed in them."""

from collections.abc import Mapping

from django.http import QueryDict


def posted(fields: Mapping[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, given in fields.items():
        data.setlist(name, given)
    return data
