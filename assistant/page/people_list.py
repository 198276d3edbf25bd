"""Whoever the articles name in, HTML for the list of them out: its filter, the list with counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, get_args

from assistant.rendering.template import page_html
from assistant.texts.catalogue import texts_of
from index.catalog import PeopleOrder
from index.models import KnownPerson, SpeakerKind
from index.typography import words

if TYPE_CHECKING:
    from assistant.workspace import Facets

SHOWN = 100
"""How many names are listed at first, and how many more at each click."""
ROLES = 3
"""How many roles stand below a name."""
_KINDS: Final[tuple[SpeakerKind, ...]] = ("person", "body", "place")
"""What can be listed alone; crowds and documents bear no name."""


def person_form(facets: Facets, lang: str) -> str:
    """Return the form that narrows the list, with its export."""
    texts = texts_of(lang)
    kinds = [("", texts.get("people.every_kind")), *((kind, texts.get(f"people.kinds.{kind}")) for kind in _KINDS)]
    orders = [(order, texts.get(f"people.order.{order}")) for order in get_args(PeopleOrder)]
    return page_html("person_form", texts=texts, facets=facets, kinds=kinds, orders=orders)


def people_list(people: Sequence[KnownPerson], shown: int, lang: str, gone: bool = False) -> str:
    """Return the first ``shown`` of those who are named; ``gone``: somebody was asked for whom nothing names now."""
    told = {"found": len(people), "shown": shown, "step": SHOWN, "gone": gone}
    rows = [(one, ", ".join(roles(one)[:ROLES])) for one in people[:shown]]
    return page_html("people_list", texts=texts_of(lang), people=rows, **told)


def roles(person: KnownPerson) -> list[str]:
    """Return somebody's roles as printed, the most frequent first; those that differ in capitals alone are one."""
    told: dict[str, str] = {}
    for role in person.roles:
        told.setdefault(words(role), role)
    return list(told.values())
