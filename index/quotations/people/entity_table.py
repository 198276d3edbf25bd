"""Paragraphs -> the table of the entities that an article names, with what it calls them and where it names them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityKind, EntityTable, Mention
from index.quotations.people.families import complete_families, complete_kin, note_kin, shares_surname
from index.quotations.people.kinds import Signs, read_signs
from index.quotations.people.name_kinds import entity_kind
from index.quotations.people.printed_names import PrintedName, name_runs, printed_name
from index.quotations.people.roles import roles_beside
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.proper_names import text_of
from index.typography import fold

_FULL = (2, 3)  # words of a person's name in full


def build_entity_table(paragraphs: Sequence[Paragraph], lex: Lexicon) -> EntityTable:
    """Read an article's names, the roles that stand beside them, and every mention of them.

    Full names are entered before names of one word: those may be their surnames.
    """
    entity_table = EntityTable()
    runs = name_runs(paragraphs, lex)
    names = [(number, printed_name(paragraphs[number].tokens, first, last, lex)) for number, first, last in runs]
    alone = frozenset(paragraphs[n].tokens[a].text for n, a, b in runs if b - a == 1)
    signs = read_signs(paragraphs, runs, lex)
    for _, name in sorted(names, key=lambda pair: pair[1].length == 1):
        _enter(entity_table, name, alone, signs)
    complete_families(entity_table, paragraphs, lex)
    complete_kin(entity_table, paragraphs, runs, lex)
    for number, name in names:
        _record(entity_table, name, paragraphs[number], number)
    for entity in entity_table.entities:
        _note_gender(entity, signs.gender(entity.name))
    return entity_table


def _enter(entity_table: EntityTable, name: PrintedName, alone: frozenset[str], signs: Signs) -> None:
    """Enter a name in the table, unless it stands for somebody who is in it."""
    known = entity_table.named(name.text.split())
    if name.length == 1 and known:
        _note_title(known[0], name)
        return
    if name.length == 1 and shares_surname(name.tokens, name.last, name.lex):
        surname = name.tokens[name.last + 2].text  # "the twins Nora and Vera Pike"
        gender = name.lex.gender_of(name.text.split()[0])
        entity_table.entities.append(Entity(f"{name.text} {surname}", "person", gender))
        return
    kind = entity_kind(name, alone, signs)
    same = fold(name.text).replace("-", " ").split()
    if not any(e.parts == same or _is_longer(e, kind, name.length) for e in known):
        gender = name.gender(name.text) if kind == "person" else ""
        entity_table.entities.append(Entity(name.text, kind, gender, bool(name.title_gender)))


def _is_longer(known: Entity, kind: EntityKind, length: int) -> bool:
    """Tell whether a person is known by a name of at least as many words."""
    return kind == known.kind == "person" and 1 < length <= len(known.parts)


def _note_title(entity: Entity, name: PrintedName) -> None:
    """Make a person of a surname that a headline printed alone: "Okafor on Rain", then "Mr. Okafor"."""
    if name.start > name.first and entity.kind != "person":
        entity.kind, entity.gender = "person", name.gender(name.text)
        entity.titled = bool(name.title_gender)


def _record(entity_table: EntityTable, name: PrintedName, paragraph: Paragraph, number: int) -> None:
    """Note a mention of a name, and what the article calls the one who bears it there."""
    known = entity_table.named(name.text.split())
    if not known:
        return
    tokens, first = name.tokens, name.first
    sentence = next((n for n, (a, b) in enumerate(paragraph.sentences) if a <= first < b), 0)
    a, b = paragraph.sentences[sentence]
    noted = roles_beside(tokens, first, name.start, name.last, a, b, name.lex)
    entity = _meant(entity_table, known, {role for role, _ in noted})
    for role, gender in noted:
        _note_role(entity, name, role, gender)
    if noted:
        entity.offices.update(_office(tokens[a:first][::-1]), _office(tokens[name.last : b]))
    _note_gender(entity, name.gender(entity.name))
    note_kin(entity_table, name, a)
    _note_acronym(entity_table, tokens, first, name.last)
    subject = any(t.dep.startswith("nsubj") for t in tokens[first : name.last]) or first == a
    entity_table.mentions.append(Mention(entity, tokens[first].start, number, sentence, subject, name.length > 1))


def _meant(entity_table: EntityTable, known: Sequence[Entity], roles: set[str]) -> Entity:
    """Return which of several namesakes a mention means: the one of that role, else the one named last."""
    latest = known[0] if len(known) == 1 else entity_table.latest(known)
    return next((e for e in known if e.roles & roles), latest)


def _note_role(entity: Entity, name: PrintedName, role: str, gender: str) -> None:
    """Note what a name's bearer is called, and what kind it is by that: a trade's is a person."""
    body, full = name.lex.has("roles.bodies", role), name.length in _FULL
    if entity.kind != "person" and not body and not full:
        return
    entity.roles.add(role)
    if full and name.lex.has("roles.any", role):
        entity.kind = "person"
    if entity.kind == "place" and body and _is_before_comma(name):
        entity.kind = "body"
    _note_gender(entity, gender)
    if gender == "Fem":
        _note_woman(entity, role, name.lex)


def _note_woman(entity: Entity, role: str, lex: Lexicon) -> None:
    """Give whom a woman's noun stands for her gender, whatever the first name: "la candidate Maxime Lorrain"."""
    own = lex.has("roles.feminine", role) or lex.ends("suffixes.feminine", role)
    if own and not entity.titled and entity.kind == "person":
        entity.gender = "Fem"


def _office(beside: Sequence[Token]) -> Iterator[str]:
    """Yield the nouns beside a name, the nearest first, up to a verb or a sign; one comma beside it is passed over."""
    for token in beside[1:] if beside and beside[0].low == "," else beside:
        if token.quote >= 0 or token.pos in ("PUNCT", "VERB", "AUX"):
            return
        if token.pos in ("NOUN", "PROPN"):
            yield token.low


def _note_gender(entity: Entity, gender: str) -> None:
    """Give a person whose gender nothing has told yet the one that a role or a name shows."""
    if entity.kind == "person" and not entity.gender:
        entity.gender = gender


def _is_before_comma(name: PrintedName) -> bool:
    """Tell whether a comma follows a name: "Hask, the council of"."""
    return name.last < len(name.tokens) and name.tokens[name.last].low == ","


def _note_acronym(entity_table: EntityTable, tokens: Sequence[Token], first: int, last: int) -> None:
    """Note the name that letters in brackets behind it stand for: "l'Union des cheminots (UC)"."""
    letters = tokens[first].text
    bracketed = first > 1 and tokens[first - 1].low == "("
    if last - first != 1 or not letters.isupper() or not bracketed:
        return
    begin = first - 2
    while begin > 0 and _is_within_name(tokens, begin) and not _begins_as(tokens[begin], letters):
        begin -= 1
    if _begins_as(tokens[begin], letters) and first - 1 - begin > 1:
        entity_table.acronyms[letters] = text_of(tokens, begin, first - 1)


def _is_within_name(tokens: Sequence[Token], i: int) -> bool:
    """Tell whether a body's name may hold the word at i and go on to its left."""
    return tokens[i - 1].quote < 0 and tokens[i].pos not in ("PUNCT", "VERB", "AUX")


def _begins_as(t: Token, letters: str) -> bool:
    """Tell whether a word begins with the first of some letters: "Union" of "UC"."""
    return t.capital and t.text[0] == letters[0]
