"""Tokens -> the proper names among them, titles and roles told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.languages.lexicon import Lexicon
from index.quotations.syntax.noun_phrases import Phrase
from index.quotations.syntax.parser import Paragraph, Token
from index.quotations.syntax.time_words import is_date

_PERSON = ("PER", "PERSON")
_TWO = 2
_PREFIXED = re.compile(r"(?:al|el|ben|bin|d|l)[-'][A-ZÀ-Þ]")  # "al-Abadi", "d'Ornano"


def name_run(tokens: Sequence[Token], i: int, stop: int, lex: Lexicon) -> int:
    """Return the end of the proper name that begins at i (i itself when none does)."""
    if not _in_name(tokens[i]) or is_date(tokens[i]) or (i == 0 and _only_opens(tokens, stop)):
        return i
    j = i + 1
    while j < stop and not _are_letters(tokens, j, stop, lex) and _goes_on(tokens, i, j, stop, lex):
        j += 1
    return i if _is_only_role(tokens, i, j, lex) else j


def _is_only_role(tokens: Sequence[Token], i: int, j: int, lex: Lexicon) -> bool:
    """Tell whether capitals are of a role, not of a name: "the Mayor", "le Premier ministre"."""
    if lex.has("names.ranks", tokens[i].low) and lex.has("naming.traits", "ranks_without_names"):
        return True
    surname = j == i + 1 and tokens[i].ent in _PERSON and (i == 0 or tokens[i - 1].pos != "DET")
    return not surname and all(is_role(t, lex) or lex.has("names.titles", t.text) for t in tokens[i:j])


def _only_opens(tokens: Sequence[Token], stop: int) -> bool:
    """Tell whether the first capital of a paragraph is only the sentence's: "Affaire Troadec"."""
    first = tokens[0]
    if stop < _TWO or first.pos not in ("NOUN", "ADJ") or first.text.isupper():
        return False
    joined = bool(first.ent) and first.ent == tokens[1].ent
    return not joined and tokens[1].low != "-"


def _goes_on(tokens: Sequence[Token], i: int, j: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether the word at j is still of the name that begins at i."""
    t = tokens[j]
    if _goes_on_body(tokens, i, j, stop, lex) or _is_number_within(tokens, i, j, stop):
        return True
    if _in_name(t) and not is_date(t) and not lex.has("determiners.genitive", t.low):
        return True
    if lex.has("grammar.particles", t.low) and _particle_goes_on(tokens, j, stop, lex):
        return True
    return t.text == "&" and j + 1 < stop and _in_name(tokens[j + 1])


def _are_letters(tokens: Sequence[Token], j: int, stop: int, lex: Lexicon) -> bool:
    """Tell whether a word is what somebody is in letters behind the name: "Ada Pike MP", not "Green MP Ada Pike"."""
    letters = lex.has("names.letters", tokens[j].low) and tokens[j].text[:2].isupper()
    return letters and not (j + 1 < stop and _in_name(tokens[j + 1]))


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
    if tokens[j].capital and lex.has("determiners.of_surnames", tokens[j].low) and j + 1 < stop:
        named = lex.is_first_name(tokens[j - 1].text) or lex.has("names.titles", tokens[j - 1].text)
        return named and _in_name(tokens[j + 1])  # "Firmin Le Goualher", "M. Le Roux"
    k = _behind_particles(tokens, j, stop, lex)
    return k < stop and _in_name(tokens[k]) and _links_one_person(tokens, j, k)


def _links_one_person(tokens: Sequence[Token], j: int, k: int) -> bool:
    """Tell whether the parser sees one person around particles that stand from j to k: "Alwyn | ap | Rhys"."""
    before, particle, behind = tokens[j - 1].ent, tokens[j].ent, tokens[k]
    if behind.ent not in (*_PERSON, ""):
        return False
    return before == particle == behind.ent or (before == particle and bool(before) and behind.pos == "PROPN")


def _behind_particles(tokens: Sequence[Token], j: int, stop: int, lex: Lexicon) -> int:
    """Return the position after a particle and one more: "de | la | Tour"."""
    second = j + 1 < stop and lex.has("grammar.particles", tokens[j + 1].low) and not tokens[j + 1].capital
    return j + 2 if second else j + 1


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
    courteous = False  # "Mme Nguyễn Thị Lan": all that follows is the name
    while first < last - 1 and (
        lex.has("names.titles", tokens[first].text)
        or (lex.has("roles.any", tokens[first].low) and not _may_be_first_name(tokens, first, last, lex))
    ):
        courteous = _is_courtesy(tokens[first], lex)
        first += 1
    return first if courteous else _behind_titles(tokens, first, last, lex)


def _may_be_first_name(tokens: Sequence[Token], i: int, last: int, lex: Lexicon) -> bool:
    """Tell whether a role is more probably a first name: "Mason Reed", but not "Lawyer Helen Vance"."""
    before_another = i + 2 < last and lex.is_first_name(tokens[i + 1].text)
    return lex.is_first_name(tokens[i].text) and not before_another


def _behind_titles(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int:
    """Return where a name begins behind what else may lead to it: an office and its title, a body, a people."""
    inner = _behind_title(tokens, first, last, lex)
    return inner if inner is not None else _where_person_begins(tokens, first, last, lex)


def _is_courtesy(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word is a title that tells a gender and no trade: "Mme", "Mr"."""
    return lex.has("names.feminine_titles", t.text) or lex.has("names.masculine_titles", t.text)


def _behind_title(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int | None:
    """Return where a name begins behind its office and title: "US President | Oke"."""
    if lex.is_first_name(tokens[first].text):
        return None
    titled = [i for i in range(first + 2, last) if lex.has("names.titles", tokens[i - 1].text)]
    return titled[-1] if titled else None


def _where_person_begins(tokens: Sequence[Token], first: int, last: int, lex: Lexicon) -> int:
    """Return where a person's name begins behind a body's or a people's: "la CGT | Philippe Martinez"."""
    if lex.has("naming.traits", "noun_first"):
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
        if i < phrase.last and lex.has("joining.before_names_of_others", tokens[i].low):
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


def join_titles(paragraphs: Sequence[Paragraph], lex: Lexicon) -> None:
    """Mark the names of outlets and bodies that go on in lower case, wherever they stand: "Le Canard enchaîné".

    A capital article within a sentence shows one; so does a pair of words that comes again and is never parted.
    """
    places = [place for paragraph in paragraphs for place in _capitals_behind_articles(paragraph, lex)]
    titles = _never_parted(places) | {place.pair for place in places if _has_own_article(place, lex)} - {None}
    for place in places:
        if place.pair in titles:
            capital, behind = place.tokens[place.at : place.at + 2]
            capital.ent = behind.ent = "ORG"
            behind.pos = "ADJ"


@dataclass(frozen=True, slots=True)
class _Capital:
    """A capital behind an article, with the adjective or participle that goes on with it, None without one."""

    tokens: Sequence[Token]
    at: int
    pair: tuple[str, str] | None


def _never_parted(places: Sequence[_Capital]) -> set[tuple[str, str] | None]:
    """Return the pairs of words that come again, and whose capital never stands without the other word."""
    pairs = Counter(place.pair for place in places if place.pair is not None)
    alone = {place.tokens[place.at].text for place in places if place.pair is None}
    return {pair for pair, count in pairs.items() if count > 1 and pair[0] not in alone}


def _has_own_article(place: _Capital, lex: Lexicon) -> bool:
    """Tell whether the article before a name bears a capital within a sentence: "selon Le | Canard"."""
    tokens, i = place.tokens, place.at
    within = i > 1 and tokens[i - 2].low not in (".", "!", "?", "»", "”", ":")
    return within and tokens[i - 1].capital and lex.has("determiners.of_titles", tokens[i - 1].low)


def _capitals_behind_articles(paragraph: Paragraph, lex: Lexicon) -> Iterator[_Capital]:
    """Yield the capitals behind an article, in order: "le | Canard"."""
    tokens = paragraph.tokens
    for i in range(1, len(tokens) - 1):
        if tokens[i].capital and tokens[i].quote < 0 and _is_article(tokens[i - 1], lex):
            pair = (tokens[i].text, tokens[i + 1].text) if _goes_on_lower(tokens, i, lex) else None
            yield _Capital(tokens, i, pair)


def _is_article(t: Token, lex: Lexicon) -> bool:
    """Tell whether a word is an article before an outlet's name, or holds one: "le", "du"."""
    return lex.has("determiners.of_titles", t.low) or lex.has("determiners.contracted", t.low)


def _goes_on_lower(tokens: Sequence[Token], i: int, lex: Lexicon) -> bool:
    """Tell whether an adjective or a participle follows a capital: "Canard | enchaîné", not "Le Roux | concernant"."""
    after = tokens[i + 1]
    if after.pos != "ADJ" and (after.pos, after.form) != ("VERB", "Part"):
        return False
    present = lex.ends("suffixes.present_participle", after.low) and tokens[i - 2].capital
    return not present and after.text.islower() and after.start == tokens[i].end + 1
