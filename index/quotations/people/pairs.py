"""Two people who speak as one: "Mr. Grady and Mr. Lowell", and "the two ministers" after them."""

from __future__ import annotations

from collections.abc import Sequence

from index.languages.lexicon import Lexicon
from index.quotations.people.entities import Entity, EntityTable, Mention
from index.quotations.people.speaker import Position, Speaker
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Token
from index.quotations.syntax.proper_names import name_run, strip_titles, text_of

_TWO = 2


def joined_names(tokens: Sequence[Token], phrase: Phrase, table: EntityTable, lex: Lexicon) -> Speaker | None:
    """Return the two persons whom a phrase and the name joined to it are, when they are the subject of a verb."""
    at = phrase.last
    if at + 1 >= len(tokens) or not _is_and(tokens[at], lex):
        return None
    end = name_run(tokens, at + 1, len(tokens), lex)
    if end >= len(tokens) or tokens[end].pos not in ("VERB", "AUX") or tokens[phrase.first - 1].pos == "ADP":
        return None
    left, right = _person(tokens, phrase.first, at, table, lex), _person(tokens, at + 1, end, table, lex)
    if left is None or right is None or left is right:
        return None
    return Speaker(f"{left.name} {tokens[at].text} {right.name}", None, plural=True)


def _is_and(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word joins two names: "et", "&"."""
    return t.quote < 0 and (t.low == "&" or lex.has("joining.and", t.low))


def _person(tokens: Sequence[Token], first: int, last: int, table: EntityTable, lex: Lexicon) -> Entity | None:
    """Return the person whose name the tokens are, titles left out, None when they are more or less than a name."""
    if last <= first or name_run(tokens, first, last, lex) != last:
        return None
    start = strip_titles(tokens, first, last, lex)
    persons = [e for e in table.named(text_of(tokens, start, last).split()) if e.kind == "person"]
    return persons[0] if len(persons) == 1 else None


def takes_up_two(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> bool:
    """Tell whether a phrase takes up two people: "les deux ministres", "both men"."""
    return any(lex.has("grammar.two", t.low) for t in tokens[phrase.first : phrase.head])


def last_two(position: Position, table: EntityTable, lex: Lexicon) -> Speaker | None:
    """Return the only two persons of the last French sentence before a place that names any, as who speak together."""
    persons = [m for m in table.mentions if m.entity.kind == "person" and m.offset < position.offset]
    if not persons or position.paragraph - persons[-1].paragraph > 1:
        return None
    place = (persons[-1].paragraph, persons[-1].sentence)
    return _together([m for m in persons if (m.paragraph, m.sentence) == place], lex)


def _together(mentions: Sequence[Mention], lex: Lexicon) -> Speaker | None:
    """Return two persons whom one sentence names, one of them as its subject."""
    names = list(dict.fromkeys(m.entity.name for m in mentions))
    spoken = len(names) == _TWO and any(m.subject for m in mentions)
    conjunction = " ".join(lex.words["joining.and"])
    return Speaker(f" {conjunction} ".join(names), None, plural=True) if spoken else None
