"""Tokens -> the proper names among them, titles and roles told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from index.languages.lexicon import Lexicon
from index.quotations.syntax.noun_phrases import Phrase, is_nominal
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.time_words import is_date

_PERSON = ("PER", "PERSON")
_PREFIXED = re.compile(r"(?:al|el|ben|bin|d|l)[-'][A-ZÀ-Þ]")  # "al-Abadi", "d'Ornano"


def name_run(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> int:
    """Return the end of the proper name that begins at i (i itself when none does)."""
    if not _in_name(tokens[i]) or is_date(tokens[i]):
        return i
    joined = stop > 1 and bool(tokens[0].ent) and tokens[0].ent == tokens[1].ent
    if (
        i == 0
        and not joined
        and tokens[0].pos in ("NOUN", "ADJ")
        and not tokens[0].text.isupper()
        and stop > 1
        and tokens[1].low != "-"
    ):
        return i  # "Affaire Troadec": the capital is the sentence's
    j = i + 1
    while j < stop:
        t = tokens[j]
        if _goes_on_body(tokens, i, j, stop, lex) or (
            _in_name(t)
            and not is_date(t)
            and t.low not in ("'s",)
            or _is_number_within(tokens, i, j, stop)
            or lex.has("grammar.particles", t.low)
            and _particle_goes_on(tokens, j, stop, lex)
            or t.text == "&"
            and j + 1 < stop
            and _in_name(tokens[j + 1])
        ):
            j += 1
        else:
            break
    if lex.has("names.ranks", tokens[i].low) and lex.lang == "fr":
        return i
    surname = j == i + 1 and tokens[i].ent in _PERSON and (i == 0 or tokens[i - 1].pos != "DET")
    if not surname and all(is_role(t, lex) or lex.has("names.titles", t.text) for t in tokens[i:j]):
        return i  # "the Mayor", "le Premier ministre": a role, not a name
    return j


def _goes_on_body(tokens: Sequence[Token], i: int, j: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether the word at j is still of the body whose name begins at i, and no trade: "Red Cross | chair X"."""
    t = tokens[j]
    if t.ent not in ("ORG", "MISC") or t.ent != tokens[i].ent or t.quote >= 0:
        return False
    if not t.capital and lex.has("roles.any", t.low) and j + 1 < stop and tokens[j + 1].capital:
        return False
    return _ends_body(tokens, j, stop)


def _is_number_within(tokens: Sequence[Token], i: int, j: int, stop: int) -> bool:
    """Tell whether a figure stands within a name behind an article: "The Lost 52 Project"."""
    determined = i > 0 and tokens[i - 1].pos == "DET" and j == i + 1
    return determined and tokens[j].text.isdigit() and j + 1 < stop and _in_name(tokens[j + 1])


def _ends_body(tokens: Sequence[Token], j: int, stop: int) -> bool:
    """Tell whether a word goes on with a body's name: "Union des cheminots valsonnais", "Stade tarvellois"."""
    if tokens[j].pos in ("NOUN", "PROPN", "ADJ"):
        return True
    if tokens[j].ent == "MISC" and tokens[j].pos == "VERB" and tokens[j].form == "Part":
        return True  # "Le Canard enchaîné"
    return (
        j + 1 < stop and tokens[j].pos in ("ADP", "DET") and tokens[j + 1].ent == "ORG" and tokens[j + 1].pos != "PUNCT"
    )


def _particle_goes_on(tokens: Sequence[Token], j: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a particle ("de", "van", "el-") links two capitals of one person's name."""
    if lex.lang == "fr" and tokens[j].text in ("Le", "La", "Les", "Du", "Des", "De") and j + 1 < stop:
        named = lex.is_first_name(tokens[j - 1].text) or lex.has("names.titles", tokens[j - 1].text)
        return named and _in_name(tokens[j + 1])  # "Firmin Le Goualher", "M. Le Roux"
    k = j + 1
    while k < stop and k < j + 2 and lex.has("grammar.particles", tokens[k].low) and not tokens[k].capital:
        k += 1
    return (
        k < stop
        and _in_name(tokens[k])
        and tokens[j - 1].ent in (*_PERSON, "")
        and tokens[k].ent in (*_PERSON, "")
        and tokens[k].ent == tokens[j - 1].ent
        and tokens[j].ent == tokens[k].ent
    )


def _in_name(t: Token) -> bool:
    if t.quote >= 0 or not (t.capital or _PREFIXED.match(t.text)):
        return False
    return t.pos in ("PROPN", "NOUN", "X", "ADJ") or bool(t.ent and t.pos not in ("DET", "ADP", "PRON", "PUNCT"))


def is_role(token: Token, lex: Lexicon) -> bool:
    """Tell whether a word names what somebody is ("minister", "ex-treasurer") or their rank ("prime")."""
    low = token.low.removeprefix("ex-")
    return low in lex.words["roles.any"] or low in lex.words["names.ranks"]


def strip_titles(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int:
    """Return where the name itself begins, titles and capitalised role nouns left out."""
    final = tokens[last - 1].low
    body = lex.has("roles.bodies", final) or lex.has("roles.media", final)
    if body and not lex.has("names.titles", tokens[first].text):
        return first  # "Student Union": a body, no student
    while first < last - 1 and (
        lex.has("names.titles", tokens[first].text)
        or (lex.has("roles.any", tokens[first].low) and not lex.is_first_name(tokens[first].text))
    ):
        first += 1
    inner = _behind_title(tokens, first, last, lex)
    return inner if inner is not None else _where_person_begins(tokens, first, last, lex)


def _behind_title(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int | None:
    """Return where a name begins behind its office and title: "US President | Oke"."""
    if lex.is_first_name(tokens[first].text):
        return None
    titled = [i for i in range(first + 2, last) if lex.has("names.titles", tokens[i - 1].text)]
    return titled[-1] if titled else None


def _where_person_begins(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int:
    """Return where a person's name begins behind a body's or a people's: "la CGT | Philippe Martinez"."""
    if lex.lang == "fr":
        for i in range(first + 1, last - 1):
            if tokens[i].ent in _PERSON and tokens[i - 1].ent not in (*_PERSON, ""):
                return i  # "le ministre de la Santé Simon Morel"
    if lex.is_first_name(tokens[first].text):
        return first
    for i in range(first + 1, last - 1):
        if lex.is_first_name(tokens[i].text) and not lex.has("names.openings", tokens[i - 1].low):
            return i  # "le Français Pierre Moscovici"
    return first


def text_of(tokens: Sequence[Token], first: int, last: int) -> str:
    """Return tokens as they are printed, one space where the text has any blank."""
    parts = []
    for i in range(first, last):
        parts.append(tokens[i].text)
        if i + 1 < last and tokens[i + 1].start > tokens[i].end:
            parts.append(" ")
    return "".join(parts)


def name_in(tokens: Sequence[Token], phrase: Phrase, lex: Lexicon) -> tuple[int, int] | None:
    """Return the proper name within a phrase: the first run of capitals that no "de" or possessor holds.

    Behind somebody's trade it is the name of the one who has that trade: "Crane spokesman Jesse Morrow".
    """
    i = phrase.first
    while i < phrase.last:
        end = name_run(tokens, i, phrase.last, lex)
        if end > i:
            return _behind_trade(tokens, end, phrase, lex) or (i, end)
        i += 1
        if i < phrase.last and tokens[i].low in ("de", "du", "des", "d'", "of", "for", "at", "from"):
            return None
    return None


def _behind_trade(tokens: Sequence[Token], start: int, phrase: Phrase, lex: Lexicon) -> tuple[int, int] | None:
    """Return the name that a trade leads to behind the phrase's first name, which ends at ``start``."""
    for i in range(start + 1, phrase.last):
        if tokens[i].low in lex.words["grammar.links"] | lex.words["grammar.loose_links"]:
            return None
        trade = lex.has("roles.any", tokens[i - 1].low) and not tokens[i - 1].capital
        end = name_run(tokens, i, phrase.last, lex) if trade else i
        if end > i:
            return i, end
    return None


def is_name(token: Token) -> bool:
    """Tell whether a token looks like (part of) a proper name."""
    return token.capital and is_nominal(token)


def join_titles(paragraphs: Sequence[Paragraph]) -> None:
    """Mark the names of outlets and bodies that go on in lower case, wherever they stand: "Le Canard enchaîné".

    A capital article within a sentence shows one; so does a pair of words that comes again and is never parted.
    """
    pairs = Counter[tuple[str, str]]()
    alone, shown = set[str](), set[tuple[str, str]]()
    for paragraph in paragraphs:
        for i, pair in _pairs(paragraph):
            if pair is None:
                alone.add(paragraph.tokens[i].text)
                continue
            pairs[pair] += 1
            within = i > 1 and paragraph.tokens[i - 2].low not in (".", "!", "?", "»", "”", ":")
            if within and paragraph.tokens[i - 1].text in ("Le", "La", "Les", "L'"):
                shown.add(pair)
    shown |= {pair for pair, count in pairs.items() if count > 1 and pair[0] not in alone}
    for paragraph in paragraphs:
        for i, pair in _pairs(paragraph):
            if pair in shown:
                for token in paragraph.tokens[i : i + 2]:
                    token.ent = "ORG"
                paragraph.tokens[i + 1].pos = "ADJ"


def _pairs(paragraph: Paragraph) -> Iterator[tuple[int, tuple[str, str] | None]]:
    """Yield each capital after an article, with the adjective or participle that follows it, None without one."""
    tokens = paragraph.tokens
    for i in range(1, len(tokens) - 1):
        after = tokens[i + 1]
        if tokens[i].capital and tokens[i].quote < 0 and tokens[i - 1].low in ("le", "la", "les", "l'", "du", "au"):
            goes_on = after.pos == "ADJ" or (after.pos == "VERB" and after.form == "Part")
            goes_on = goes_on and not (after.low.endswith("ant") and tokens[i - 2].capital)  # "X Le Roux concernant"
            goes_on = goes_on and after.text.islower() and after.start == tokens[i].end + 1
            yield i, (tokens[i].text, after.text) if goes_on else None
