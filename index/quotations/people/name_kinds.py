"""A name -> whether it is a person's, a body's or a place's: by title, trade, first name, the parser, later use."""

from __future__ import annotations

from collections import Counter

from index.quotations.people.entities import EntityKind
from index.quotations.people.kinds import Signs
from index.quotations.people.printed_names import PrintedName

_PERSON, _PLACE = ("PER", "PERSON"), ("LOC", "GPE", "NORP", "FAC")
_TWO = 2
_FULL = (2, 3)  # words of a person's name in full
_LONGEST_ACRONYM = 5  # letters


def entity_kind(name: PrintedName, alone: frozenset[str], signs: Signs) -> EntityKind:
    """Tell a person from a body or a place, by what stands in a name, beside it, and elsewhere in the article.

    Args:
        name: the name where it first stands.
        alone: names that the article also prints as one word ("Hask"), as it does with surnames.
        signs: what the article lets slip about its names.
    """
    if _is_titled(name):
        return "person"
    return _by_words(name) or _by_neighbours(name) or _by_signs(name, signs) or _by_parser(name, alone)


def _is_titled(name: PrintedName) -> bool:
    """Tell whether a title stands before a name: "Mme Morel", "Mayor Ruiz"."""
    before = name.before
    return name.first < name.start or (before is not None and name.lex.has("names.titles", before.text))


def _by_words(name: PrintedName) -> EntityKind | None:
    """Tell what a name is by its own words: "Hask Council", "St Ives", "Nora Pike", "LR"."""
    lex = name.lex
    if any(lex.has("roles.bodies", t.low) for t in name.words) or _is_outlet(name):
        return "body"
    if _is_dateline(name) or _is_saint(name):
        return "place"
    if name.length > 1 and lex.is_first_name(name.words[0].text):
        return "person"
    if _is_acronym(name):
        return "body"
    return "place" if lex.has("names.things", name.final.low) else None


def _is_outlet(name: PrintedName) -> bool:
    """Tell whether a name is an outlet's: "the Calder Springs Ledger", "le mensuel Champs libres"."""
    lex, start = name.lex, name.start
    if start and lex.has("roles.media", name.tokens[start - 1].low) and not name.tokens[start - 1].capital:
        return True
    named = name.length > 1 and lex.has("roles.media", name.final.low)
    return named and not lex.is_first_name(name.words[0].text)


def _is_dateline(name: PrintedName) -> bool:
    """Tell whether a name opens a paragraph as the place that it was sent from: "CALDER SPRINGS - A former …"."""
    if name.start > 0 or name.last >= len(name.tokens):
        return False
    if _is_dated(name):
        return True
    return all(t.text.isupper() for t in name.words) and name.tokens[name.last].low in ("-", "–", "—", "(", ",")


def _is_dated(name: PrintedName) -> bool:
    """Tell whether a day follows a name that opens a paragraph: "Lyon, le 22 mars"."""
    comma = name.last
    if comma + 2 >= len(name.tokens) or name.tokens[comma].low != ",":
        return False
    dated = name.lex.has("determiners.of_dates", name.tokens[comma + 1].low)
    return dated and name.tokens[comma + 2].low[:1].isdigit()


def _is_saint(name: PrintedName) -> bool:
    """Tell whether a name is a saint's, and so a place's: "St Ives"."""
    begins = name.tokens[name.first]
    return begins.capital and name.lex.has("persons.saints", begins.low) and name.last - name.first == _TWO


def _is_acronym(name: PrintedName) -> bool:
    """Tell whether a French name is a body's letters: "le président LR de la région"."""
    letters = name.words[0].text
    short = name.length == 1 and letters.isupper() and 1 < len(letters) <= _LONGEST_ACRONYM
    return short and name.lex.has("naming.traits", "acronyms_of_bodies")


def _by_neighbours(name: PrintedName) -> EntityKind | None:
    """Tell what a name is by the trade before it or the relative behind it: "le maire X", "X, who", "X, which"."""
    if _is_behind_trade(name):
        return "person"
    comma = name.last
    if comma + 1 >= len(name.tokens) or name.tokens[comma].low != ",":
        return None
    relative = name.tokens[comma + 1].low
    if name.lex.has("joining.of_person", relative):
        return "person"
    return "body" if name.lex.has("joining.of_thing", relative) else None


def _is_behind_trade(name: PrintedName) -> bool:
    """Tell whether a trade stands right before a name: "le maire X", not "l'Italien X"."""
    before, lex = name.before, name.lex
    trade = before is not None and before.quote < 0 and lex.has("roles.any", before.low)
    return trade and before is not None and (before.capital or not lex.has("names.peoples", before.low))


def _by_signs(name: PrintedName, signs: Signs) -> EntityKind | None:
    """Tell what a full name is by what the article says beside it elsewhere: an age, "she", "its"."""
    personal = signs.personal[name.final.low]
    if name.length not in _FULL or not personal:
        return None
    return "person" if personal > 0 else "place" if _seen(name) in _PLACE else "body"


def _by_parser(name: PrintedName, alone: frozenset[str]) -> EntityKind:
    """Tell what a name is as the parser sees it, unless it stands or comes again as people's names do."""
    seen = _seen(name)
    if seen in _PERSON or _is_first_name(name, seen) or (seen not in ("ORG", "MISC") and _is_bare_subject(name)):
        return "person"
    if seen in _PLACE:
        return "place"
    unclear = name.lex.has("naming.traits", "surnames_alone") or not seen
    return "person" if unclear and name.length in _FULL and name.final.text in alone else "body"


def _is_first_name(name: PrintedName, seen: str) -> bool:
    """Tell whether a name that the parser cannot place is a first name alone: "« ... », confie Odile"."""
    return seen in ("MISC", "") and name.length == 1 and name.lex.is_first_name(name.final.text)


def _seen(name: PrintedName) -> str:
    """Return the kind of entity that the parser sees in most of a name, "" for none."""
    kinds = Counter(t.ent for t in name.words if t.ent)
    return max(kinds, key=lambda kind: kinds[kind]) if kinds else ""


def _is_bare_subject(name: PrintedName) -> bool:
    """Tell whether a name of two words stands as a subject without an article, as French people do, not places."""
    if name.length != _TWO:
        return False
    before = name.before
    bare = before is None or before.pos in ("PUNCT", "CCONJ", "QUOTE")
    return name.lex.has("naming.traits", "bare_people") and bare and name.tokens[name.first].dep.startswith("nsubj")
