"""What speaks when no name says so, told by its noun: "police" are a body, "officials" a crowd."""

from __future__ import annotations

from index.languages.lexicon import Lexicon
from index.models import SpeakerKind
from index.quotations.syntax.parser import Token

_LISTS: tuple[tuple[str, SpeakerKind], ...] = (
    ("nouns.documents", "document"),
    ("nouns.reports", "document"),
    ("nouns.several", "crowd"),
    ("grammar.indefinite", "crowd"),
    ("roles.any", "person"),
    ("roles.bodies", "body"),
    ("roles.media", "body"),
    ("roles.firms", "body"),
    ("roles.places", "place"),
)


def kind_of(noun: Token, plural: bool, lex: Lexicon) -> SpeakerKind:
    """Return what a noun tells of the one who speaks: a person unless a list of the language says otherwise."""
    forms = lex.singulars(noun.low)
    kind: SpeakerKind = next((kind for key, kind in _LISTS if any(lex.has(key, form) for form in forms)), "person")
    several = (plural or noun.number == "Plur") and not lex.has("roles.bodies", noun.low)  # "police" are one body
    return "crowd" if several and kind in ("person", "body") else kind
