"""First names that stand alone -> the surname that they share: "the Pike sisters", "her brother, Lars"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable
from index.quotations.people.kinds import Run
from index.quotations.people.printed_names import PrintedName
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import text_of

_JOINED = 3  # tokens of "and Vera Pike"
_FARTHEST_OWNER = 7  # tokens from a possessive to the relative's name


def complete_families(entity_table: EntityTable, paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Give the first names that stand alone the surname of "the Pike sisters", "les sœurs Morel"."""
    families = _families(paragraphs, lex)
    shared = {e.name.split()[-1] for e in entity_table.entities if e.kind == "person"} & families
    if len(shared) != 1:
        return
    for entity in entity_table.entities:
        if " " not in entity.name and entity.kind != "place" and lex.is_first_name(entity.name):
            _name_in_full(entity, next(iter(shared)), lex)


def _families(paragraphs: Sequence[Paragraph], lex: Lexicon) -> set[str]:
    """Return the surnames of several: before their noun in English ("the Pike sisters"), behind it in French."""
    pairs = [pair for p in paragraphs for pair in pairwise(p.tokens)]
    pairs = pairs if lex.has("naming.traits", "noun_last") else [(b, a) for a, b in pairs]
    return {a.text for a, b in pairs if a.capital and lex.has("roles.families", b.low)}


def _name_in_full(entity: Entity, surname: str, lex: Lexicon) -> None:
    """Make a person of a first name, with a surname."""
    entity.kind, entity.gender = "person", lex.gender_of(entity.name)
    entity.name = f"{entity.name} {surname}"


def complete_kin(entity_table: EntityTable, paragraphs: Sequence[Paragraph], runs: Sequence[Run], lex: Lexicon) -> None:
    """Give "her brother, Lars," the surname of the one named before, whose brother he is."""
    owner: Entity | None = None
    for number, first, last in runs:
        tokens = paragraphs[number].tokens
        known = entity_table.named(text_of(tokens, first, last).split())
        surname = _surname(owner)
        if surname and last - first == 1 and _is_kin(tokens, first, lex):
            _share(surname, known, lex)
        elif len(known) == 1 and known[0].kind == "person":
            owner = known[0]


def _surname(owner: Entity | None) -> str:
    """Return the surname of who is named in full, else ""."""
    return owner.name.split()[-1] if owner is not None and " " in owner.name else ""


def _share(surname: str, known: Sequence[Entity], lex: Lexicon) -> None:
    """Give a surname to those who are known by one word."""
    for entity in known:
        if " " not in entity.name:
            _name_in_full(entity, surname, lex)


def _is_kin(tokens: Sequence[Token], first: int, lex: Lexicon) -> bool:
    """Tell whether a possessive and a noun of kinship stand before a first name: "her brother, | Lars"."""
    if not lex.is_first_name(tokens[first].low):
        return False
    before = tokens[max(first - _FARTHEST_OWNER, 0) : first]
    owners = [i for i, t in enumerate(before) if lex.has("grammar.possessive", t.low)]
    between = before[owners[-1] :] if owners else []
    related = any(lex.has("kin.blood", t.low) for t in between)
    return related and not any(t.pos in ("VERB", "AUX") or t.quote >= 0 for t in between)


def note_kin(entity_table: EntityTable, name: PrintedName, sentence: int) -> None:
    """Make X the father in "X et sa fille Y", or the mother; ``sentence`` is where the sentence begins."""
    tokens, first, lex = name.tokens, name.first, name.lex
    owned = first - 3 >= sentence and lex.has("determiners.of_kin", tokens[first - 2].low)
    if not owned or not entity_table.mentions:
        return
    last = entity_table.mentions[-1]
    inverse = lex.words.get(f"kin.{tokens[first - 1].low}")
    if inverse and last.entity.kind == "person" and last.offset >= tokens[sentence].start:
        excluded = {word for word in inverse if last.entity.gender == _excluded_gender(word, lex)}
        last.entity.roles |= inverse - excluded


def _excluded_gender(word: str, lex: Lexicon) -> str:
    """Return the gender that a word of kinship excludes."""
    return "Masc" if lex.has("persons.kin_feminine", word) else "Fem"


def shares_surname(tokens: Sequence[Token], last: int, lex: Lexicon) -> bool:
    """Tell whether a first name is joined to a full name whose surname it shares: "the twins Nora and Vera Pike"."""
    after = tokens[last : last + _JOINED]
    if len(after) < _JOINED or not (after[0].low == "&" or lex.has("joining.and", after[0].low)):
        return False
    firsts = lex.is_first_name(tokens[last - 1].text) and lex.is_first_name(after[1].text)
    surname = after[2].capital and after[2].pos in ("PROPN", "NOUN", "X")
    return firsts and surname and all(t.quote < 0 for t in tokens[last - 1 : last + 3])
