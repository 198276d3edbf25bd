"""Whether somebody's words claim what a question says they do: the two compared in a few readable features."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz

from index.languages.calendar import month_pattern, weekday_pattern
from index.languages.data_files import languages, table
from index.languages.lemmas import lemma
from index.languages.numbers import in_figures, numbers
from index.languages.stopwords import stopwords
from index.languages.terms import terms
from index.text.names import name_spans
from index.typography import fold, shadow
from index.typography import words as as_words

Difference = Literal["negation", "numbers", "dates", "names", "words", "possible", "condition", "asked"]
"""In what words differ from a claim, however alike they are: they deny, they tell another number, day or name, have a
word where the claim has another, leave open or make depend on something what it takes for certain, or ask."""

TURNED: frozenset[Difference] = frozenset({"negation", "numbers", "dates"})
"""The differences that turn words round, which are else the same to the letter."""
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…;])\s+")
_PAUSES = re.compile(r"[,:]\s+|\s[-–—]\s|\(|\)")
_LAST_MARK = re.compile(r"[\s»”\"']+$")
CLAIMED = 0.75
"""The share of a claim's words, by rarity, that words must have to be called that claim."""
ABOUT = 0.6
"""The same for words that are about the very thing, but deny it or tell another number."""
IN_ORDER = 0.5
"""The share of the common words that must stand in the claim's order, more than."""
RUN = 5
"""Clauses of a sentence that are read together, at most."""
ENOUGH = 2
"""Words that a claim must have to be known by some of them."""
ORDERED = 3
"""Words that are needed to tell whether their order was turned round."""
LETTERS = 5
"""Letters of a word in which a slip is forgiven."""
SLIP = 85
"""How alike, 0 to 100, two words are of which one has a slip."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that tells something: its forms (dictionary form, stem) and its rarity."""

    text: str
    forms: frozenset[str]
    rarity: float = 1.0


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question says that somebody said, ready to be compared.

    Attributes:
        words: those that tell something, in order.
        person: the folded words of the name of whom it is claimed.
        exact: the question gives it in quotation marks.
    """

    text: str
    lang: str
    words: tuple[Word, ...]
    person: frozenset[str] = frozenset()
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody's words, as far as they are compared.

    Attributes:
        around: the sentence in which they stand and its article's title: what they need not say again.
        names: the folded words of its article: names that they need not say again.
    """

    text: str
    lang: str
    around: str = ""
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike some words and a claim are.

    Attributes:
        coverage: the share of the claim's words, by rarity, that the words hold; a circumstance that is known from
            around the words ("the alarms of the warehouse") is left out.
        order: the share of the common words that stand in the claim's order.
        enough: the claim has words enough to be known by them, or stands in the words as it is.
        several: the claim has words enough, or is quoted: another may be known by them to have said it.
        differences: see ``Difference``.
    """

    coverage: float
    order: float
    enough: bool
    differences: frozenset[Difference]
    several: bool = True

    @property
    def covers(self) -> bool:
        """Whether the words are about the very thing, be it to deny it or to tell another number."""
        return self.enough and self.coverage >= ABOUT and self.order > IN_ORDER

    @property
    def same(self) -> bool:
        """Whether the words claim the same."""
        return self.alike(but=frozenset())

    @property
    def asks(self) -> bool:
        """Whether the words ask just that."""
        return self.differences == {"asked"}

    def alike(self, but: Collection[Difference]) -> bool:
        """Tell whether the words claim the same, some kinds of differences apart."""
        return self.covers and self.coverage >= CLAIMED and not self.differences - {*but}


def claim_of(text: str, lang: str, rarity: Mapping[str, float], person: str = "", exact: bool = False) -> Claim:
    """Return what a question claims.

    Args:
        text: the claim in the question's own words.
        lang: the question's.
        rarity: of terms; a word of which none is known counts like the rarest.
        person: of whom it is claimed.
        exact: whether the question gives it in quotation marks.
    """
    most = max(rarity.values(), default=1.0)
    words = []
    for word in _telling(text, lang):
        known = [rarity[term] for term in terms(word, lang) if term in rarity]
        words.append(Word(word, _forms(word, lang), min(known, default=most)))
    return Claim(text, lang, tuple(words), frozenset(_WORD.findall(fold(person))), exact)


def disowns(words: str, lang: str) -> bool:
    """Tell whether somebody disowns words or a report with words of their own: "I never said that"."""
    return _has("disowns", fold(words), lang)


def declines(words: str, lang: str) -> bool:
    """Tell whether an article's sentence tells that somebody did not speak: "declined to comment"."""
    return _has("declines", fold(words), lang)


def likeness(claim: Claim, said: Said) -> Likeness:
    """Return how alike a claim and somebody's words are, wherever the article breaks its lines."""
    said = replace(said, text=" ".join(said.text.split()))
    sentence, clauses = _nearest(claim, said)
    held = _held(clauses, said.lang)
    needed = _needed(claim, said, clauses, held)
    differences = _differences(claim, said, clauses, sentence)
    if _exchanged(claim, said, clauses, needed):
        differences.append("words")
    return Likeness(
        coverage=_coverage(needed, held),
        order=_order(claim, held),
        enough=len(claim.words) >= ENOUGH or _stands(claim, said),
        differences=frozenset(differences),
        several=claim.exact or len(claim.words) >= ENOUGH,
    )


def _stands(claim: Claim, said: Said) -> bool:
    """Tell whether a claim in few words stands in somebody's words as it is; one word alone must have been quoted."""
    text = as_words(claim.text)
    return (claim.exact or " " in text) and f" {text} " in f" {as_words(said.text)} "


def _exchanged(claim: Claim, said: Said, clauses: str, needed: Sequence[Word]) -> bool:
    """Tell whether words have a word where the claim has another: "closes" for "opens", "at sea" for "in port"."""
    held = _held(clauses, said.lang)
    extra = {word for word in _unmatched(clauses, said.lang, claim) if fold(word) not in claim.person}
    missing = [word for word in claim.words if _place(word.forms, held) is None]
    if any(word in needed for word in missing):
        return bool(extra)
    return bool(missing) and bool(_circumstances(clauses, said.lang) & extra)


def _unmatched(text: str, lang: str, claim: Claim) -> list[str]:
    """Return the words of a text that a claim has not."""
    asked = [word.forms for word in claim.words]
    return [word for word in _telling(text, lang) if _place(_forms(word, lang), asked) is None]


def _telling(text: str, lang: str) -> list[str]:
    """Return the words that tell something; numbers, and what leaves a thing open, are compared by themselves."""
    found = (word for word in _WORD.findall(in_figures(text, lang)) if not word[0].isdigit())
    return [word for word in found if not _tells_nothing(word, lang) and not _has("possible", fold(word), lang)]


def _tells_nothing(word: str, lang: str) -> bool:
    return fold(word) in stopwords(lang) or lemma(word, lang) in stopwords(lang)


def _forms(word: str, lang: str) -> frozenset[str]:
    return frozenset({lemma(word, lang), *terms(word, lang)})


@lru_cache(maxsize=4096)
def _held(text: str, lang: str) -> tuple[frozenset[str], ...]:
    return tuple(_forms(word, lang) for word in _telling(text, lang))


def _coverage(words: Sequence[Word], held: Sequence[frozenset[str]]) -> float:
    total = sum(word.rarity for word in words)
    return sum(word.rarity for word in words if _place(word.forms, held) is not None) / total if total else 0.0


def _needed(claim: Claim, said: Said, clauses: str, held: Sequence[frozenset[str]]) -> Sequence[Word]:
    """Return the words of a claim without those that words take for known: "the alarms of the warehouse".

    These are circumstances and the subject that a pronoun takes up, as far as they stand around the words, and names
    that stand in the article. A claim that would be left with less than half of its words is left whole.
    """
    around = _held(said.around, said.lang)
    known = _circumstances(claim.text, claim.lang)
    if _has("pronoun", fold(clauses), said.lang):
        known |= {word.text for word in claim.words[:1]}

    def needed(word: Word) -> bool:
        if word.text[0].isupper() and fold(word.text) in said.names:
            return _place(word.forms, held) is not None
        return word.text not in known or _place(word.forms, held) is not None or _place(word.forms, around) is None

    kept = [word for word in claim.words if needed(word)]
    return kept if len(kept) * 2 >= len(claim.words) else claim.words


def _circumstances(text: str, lang: str) -> set[str]:
    """Return the words that follow a preposition, but verbs, and those that follow them at once: "du plan cantines"."""
    found = _pattern("circumstance", lang)
    matches = found.finditer(shadow(text)) if found else ()
    return {word for match in matches for word in _WORD.findall(match["words"])}


def _place(forms: frozenset[str], held: Sequence[frozenset[str]]) -> int | None:
    """Return which of some words is a word, a slip of the pen apart."""
    exact = next((at for at, other in enumerate(held) if forms & other), None)
    if exact is not None:
        return exact
    longest = max(forms, key=len, default="")
    if len(longest) < LETTERS:
        return None
    return next((at for at, other in enumerate(held) if fuzz.ratio(longest, max(other, key=len)) >= SLIP), None)


def _order(claim: Claim, held: Sequence[frozenset[str]]) -> float:
    """Return the longest run of common words in one order, as a share of them; 1 when there are too few to tell."""
    places = [place for word in claim.words if (place := _place(word.forms, held)) is not None]
    if len(places) < ORDERED:
        return 1.0
    rising: list[int] = []
    for place in places:
        at = bisect_left(rising, place)
        rising[at : at + 1] = [place]
    return len(rising) / len(places)


def _nearest(claim: Claim, said: Said) -> tuple[str, str]:
    """Return the sentence that has most of a claim's words, and the clauses of it that have them."""

    def share(text: str) -> float:
        return round(_coverage(claim.words, _held(text, said.lang)), 6)

    sentence = max(_SENTENCE_ENDS.split(said.text) or [said.text], key=share)
    if share(said.text) > share(sentence):  # told over several sentences
        return said.text, said.text
    clauses = [clause for clause in _joins(said.lang).split(sentence) if clause and clause.strip()]
    runs = [clauses[a:b] for a in range(len(clauses)) for b in range(a + 1, min(a + RUN, len(clauses)) + 1)]
    joined = [(" ".join(run), len(run)) for run in runs] or [(sentence, 1)]
    return sentence, max(joined, key=lambda run: (share(run[0]), -run[1]))[0]


def _differences(claim: Claim, said: Said, clauses: str, sentence: str) -> list[Difference]:
    told, asked, lang = fold(clauses), fold(claim.text), said.lang
    found: dict[Difference, bool] = {
        "negation": _denies(told, lang) != _denies(asked, claim.lang),
        "numbers": not numbers(claim.text, claim.lang) <= numbers(sentence, lang),
        "dates": _other_dates(_dates(claim.text, claim.lang), _dates(sentence, lang)),
        "names": _other_names(claim, said, clauses) or _has_another_subject(claim, said, clauses),
        "possible": _has("possible", told, lang) != _has("possible", asked, claim.lang),
        "condition": _has("condition", fold(sentence), lang) != _has("condition", asked, claim.lang),
        "asked": _LAST_MARK.sub("", sentence).endswith("?"),
    }
    return [difference for difference, differs in found.items() if differs]


def _denies(folded: str, lang: str) -> bool:
    turned = sum(lemma(word, lang) in _reversing(lang) for word in _WORD.findall(folded))
    return (turned % 2 == 1) != _has("negation", folded, lang)


def _dates(text: str, lang: str) -> set[str]:
    """Return the months and days of the week of a text, as printed: "may" is a verb."""
    patterns = [pattern for pattern in (month_pattern(lang), weekday_pattern(lang)) if pattern]
    return set(re.findall(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", shadow(text))) if patterns else set()


def _other_dates(asked: set[str], told: set[str]) -> bool:
    return bool(asked - told) and bool(told)


def _other_names(claim: Claim, said: Said, clauses: str) -> bool:
    """Tell whether words name somebody else than the claim does."""
    held = _held(clauses, said.lang)
    missing = [name for name in _names(claim.text, claim.lang) if _place(_forms(name, claim.lang), held) is None]
    opener = next(iter(_WORD.findall(clauses)), "")  # has a capital whatever it is
    others = [word for word in _unmatched(clauses, said.lang, claim) if word[0].isupper()]
    unknown = [name for name in missing if fold(name) not in said.names]
    return bool(unknown or (missing and {*map(fold, others)} - claim.person - {fold(opener)}))


def _has_another_subject(claim: Claim, said: Said, clauses: str) -> bool:
    """Tell whether words tell of somebody else what a claim tells of its person: "Ann wants to go" for "he'd go"."""
    opening = _pattern("himself", claim.lang)
    if not claim.person or not (opening and opening.match(fold(claim.text))):
        return False
    subject = _before_claim(claim, said, clauses)
    names = (subject[start:end].split() for start, end in name_spans(subject))
    named = {fold(word) for name in names if len(name) > 1 for word in name}
    return bool(named) and named.isdisjoint(claim.person)


def _before_claim(claim: Claim, said: Said, clauses: str) -> str:
    """What stands before the first word of a claim that words have."""
    told = [(match.start(), _forms(match[0], said.lang)) for match in _WORD.finditer(clauses)]
    places = (start for word in claim.words for start, forms in told if forms & word.forms)
    return clauses[: next(places, 0)]


def _names(text: str, lang: str) -> list[str]:
    return [word for word in _telling(text, lang) if word[0].isupper()]


def _has(pattern: str, folded: str, lang: str) -> bool:
    found = _pattern(pattern, lang)
    return bool(found and found.search(folded))


@cache
def _pattern(name: str, lang: str) -> re.Pattern[str] | None:
    patterns = table(lang, "claims").get("claims", {}).get(name) if lang in languages() else None
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)") if patterns else None


@cache
def _reversing(lang: str) -> frozenset[str]:
    return frozenset(fold(table(lang, "claims").get("claims", {}).get("reversing", "")).split())


@cache
def _joins(lang: str) -> re.Pattern[str]:
    """Return what parts the clauses of a sentence: a pause, or a word that begins another."""
    joins = table(lang, "claims").get("claims", {}).get("joins", [])
    return re.compile(rf"{_PAUSES.pattern}|\s(?=(?:{'|'.join(joins)})\s)" if joins else _PAUSES.pattern)
