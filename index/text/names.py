"""The people, organisations and places that an article names: text -> names, as they are written.

Capitals tell names here, so it is quick and needs no model; what it lets through too much does no harm to those who
look names up in it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.languages.calendar import calendar_names
from index.languages.data_files import every, shared
from index.languages.stopwords import all_stopwords
from index.models import Article
from index.typography import fold, shadow

LONGEST = 8
"""Words of the longest name; more capitals in a row are a headline's."""
_DASHES = str.maketrans(dict.fromkeys("–—―", "|"))  # stand between names, where a hyphen stands inside one
_LAST_CASED = 0x0590  # Latin, Greek, Cyrillic and Armenian: scripts that have capitals
_WORD = re.compile(r"[^\W\d_]+")
_OPENING = '"«“„('
_LONG = 4
"""Letters of the words that tell how a line is set."""
_TITLE_WORDS = 4
"""Long words that a headline has at least."""
_TITLE_CASE = 0.7
"""The share of a headline's long words that are capitalised, more than."""
_SHOUTED = 3
"""Words in capitals, from which they are no name."""
_NOBLE = "DMNO"  # D'Alembert, M'Bala, N'Golo, O'Brien
_COMPLEMENT = ("de", "du", "des", "of", "for", "la", "d'", "the")
_POSSESSIVE = re.compile(r"'(?:s|m|d|t|re|ve|ll)?$")
_ELIDED = re.compile(r"(?:[CDJLMNST]|Qu)'[a-zà-ÿœ]")
_BEFORE_START = " \"'«»“”„(|-"


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What the languages' ``names.toml`` say of mentions, ready for use; words are folded."""

    titles: frozenset[str]
    calendar: frozenset[str]
    ordinary: frozenset[str]
    particles: frozenset[str]
    run: re.Pattern[str]
    elision: re.Pattern[str]

    def is_title(self, word: str) -> bool:
        """Tell whether a word before a name is no part of it: a title, a day, what an elision left ("l'expert")."""
        folded = fold(word).rstrip(".")
        prefixed = "-" in word and word.rpartition("-")[2][:1].isupper()
        return folded in self.titles or folded in self.calendar or (word[:1].islower() and not prefixed)

    def is_ordinary(self, word: str) -> bool:
        """Tell whether a capital proves nothing of a word that opens a sentence."""
        return fold(word).rstrip(".'") in self.ordinary or bool(_ELIDED.match(word))

    def is_loose_end(self, word: str) -> bool:
        """Tell whether no name ends with a word."""
        return fold(word) in self.calendar or fold(word) in self.particles


@dataclass(frozen=True, slots=True)
class _Run:
    """Capitalised words in a row; ``opens``: they stand where a sentence begins."""

    start: int
    words: tuple[str, ...]
    opens: bool


def names(article: Article) -> list[str]:
    """Return the names an article gives, in the order of their first place, without repeats.

    Titles and the ordinary words that open sentences are cut off. A surname alone is left out when a longer form
    of it is there ("Fillon", when there is "François Fillon"). Apostrophes, dashes and spaces are plain.
    """
    text = shadow(article.text.translate(_DASHES))
    runs = list(_all_runs(text))
    common = frozenset(fold(word) for word in _WORD.findall(text) if word[0].islower())
    inside = frozenset(fold(word) for run in runs for word in run.words[run.opens :])
    found: dict[str, str] = {}
    for name in (_name(run, common, inside) for run in runs):
        if 0 < len(name) <= LONGEST:
            found.setdefault(fold(" ".join(name)), " ".join(name))
    return _longest(list(found.values()))


def name_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of capitalised names in a short text; titles and elided articles are left out of them.

    Only function words are known for ordinary here: a span may hold a sentence's first word.
    """
    plain = shadow(text.translate(_DASHES))
    spans = []
    for run in _runs(plain, 0):
        kept = _name(run, frozenset(), None)
        if kept:
            start = end = plain.index(kept[0], run.start)
            for word in kept:
                end = plain.index(word, end) + len(word)
            spans.append((start, end))
    return spans


def _all_runs(text: str) -> Iterator[_Run]:
    for start, line in _lines(text):
        if not _is_headline(line):
            yield from _runs(line, start)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for line in text.splitlines(keepends=True):
        yield start, line
        start += len(line)


def _is_headline(line: str) -> bool:
    """Tell whether a line is set in capitals or In Title Case, where capitals tell nothing."""
    if line.rstrip(' \n"»”').endswith((".", "!", "?", "…")):
        return False
    long = [word for word in _WORD.findall(line) if len(word) >= _LONG]
    return len(long) >= _TITLE_WORDS and sum(word[0].isupper() for word in long) > _TITLE_CASE * len(long)


def _runs(line: str, offset: int) -> Iterator[_Run]:
    for match in _lexicon().run.finditer(line):
        before = line[: match.start()].rstrip(_BEFORE_START)
        marked = any(mark in line[len(before) : match.start()] for mark in _OPENING)
        opens = not before or before[-1] in ".!?…:;" or marked
        for start, words in _pieces(match[0]):
            yield _Run(offset + match.start() + start, words, opens and start == 0)


def _pieces(run: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Part a run at possessives and titles: "New Zealand's Prime Minister John Key" is two names."""
    start = 0
    words: list[str] = []
    for match in re.finditer(r"\S+", run):
        word = match[0]
        if words and fold(word).rstrip(".") in _lexicon().titles:
            yield start, tuple(words)
            words = []
        start = start if words else match.start()
        words.append(word)
        if word.endswith(("'s", "'")):
            yield start, tuple(words)
            words = []
    if words:
        yield start, tuple(words)


def _name(run: _Run, common: frozenset[str], inside: frozenset[str] | None) -> tuple[str, ...]:
    """The words of a run that make a name: what opens a sentence, titles and days are cut off."""
    words = list(run.words)
    if run.opens or words[0][0] not in _NOBLE:
        words[0] = _lexicon().elision.sub("", words[0])
    if run.opens and len(words) == 1 and _is_no_name(fold(words[0]), common, inside):
        return ()
    words = _trimmed(words, run.opens)
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1])
    return () if _is_shouted(words) or _is_ordinary(words) else tuple(words)


def _is_no_name(word: str, common: frozenset[str], inside: frozenset[str] | None) -> bool:
    """Tell whether a word alone that opens a sentence stands elsewhere without a capital, or never inside one."""
    return word in common or bool(inside) and word not in (inside or ())


def _trimmed(words: list[str], opens: bool) -> list[str]:
    """Cut off titles, the ordinary word that opens a sentence, and what ends no name."""
    lexicon = _lexicon()
    start, end = 0, len(words)
    while start < end and (lexicon.is_title(words[start]) or opens and lexicon.is_ordinary(words[start])):
        start, opens = start + 1, False
    while end > start and lexicon.is_loose_end(words[end - 1]):
        end -= 1
    return words[start:end]


def _is_shouted(words: list[str]) -> bool:
    return len(words) >= _SHOUTED and all(word.isupper() for word in words)


def _is_ordinary(words: list[str]) -> bool:
    return len(words) == 1 and (len(words[0].strip(".")) <= 1 or _lexicon().is_ordinary(words[0]))


def _longest(found: list[str]) -> list[str]:
    """Leave out the names that are the last words of a longer one ("Fillon", "Le Dantec")."""
    ends = set()
    for name in found:
        words = fold(name).split()
        for cut in range(1, len(words)):
            if words[cut - 1] in _COMPLEMENT or words[cut].startswith("d'"):
                break  # "Mairie de Paris" does not make "Paris" anybody's surname
            ends.add(" ".join(words[cut:]))
    return [name for name in found if fold(name) not in ends]


@functools.cache
def _lexicon() -> _Lexicon:
    capital = "[" + "".join(c for c in map(chr, range(_LAST_CASED)) if c.isupper()) + "]"
    initials = rf"(?:{capital}\.)+(?:{capital}\b)?"
    prefix = rf"(?:(?i:{'|'.join(shared('names')['prefixes'])})-)?"
    adjective = f"(?:{'|'.join(_listed('adjectives'))})"
    head = rf"(?:[LD]')?(?={capital})(?i:{'|'.join(_listed('heads'))}) {adjective}\b"
    abbreviation = rf"(?:{'|'.join(_listed('abbreviations'))})\."
    word = rf"(?:{head}|{abbreviation}|{initials}|{prefix}{capital}\w*(?:['&-]\w+)*'?)"
    particles = [*_listed("particles"), *shared("names")["particles"]]
    # Longer particles first, so that "de la" is not read as "de".
    spaced = sorted((p for p in particles if not p.endswith("'")), key=len, reverse=True)
    elided = sorted((p for p in particles if p.endswith("'")), key=len, reverse=True)
    joint = rf"[ ](?:(?:{'|'.join(spaced)})[ ]){{0,2}}(?:{'|'.join(elided)})?"
    return _Lexicon(
        titles=frozenset(_listed("titles")),
        calendar=calendar_names(),
        ordinary=frozenset(_listed("openers")) | all_stopwords(),
        particles=frozenset(word for particle in particles for word in particle.split()),
        run=re.compile(rf"(?<!\w){word}(?:{joint}{word})*"),
        elision=re.compile(r"^(?:[CDJLMNST]|Qu|Jusqu|Lorsqu|Puisqu)'(?=\w)"),
    )


def _listed(kind: str) -> list[str]:
    """Return the words of a kind that tell names, of all languages."""
    lists = [data.get("mentions", {}).get(kind, []) for data in every("names")]
    return list(dict.fromkeys(word for words in lists for word in words))


def is_title(word: str) -> bool:
    """Tell whether a folded word is a title that may stand before a name ("mme", "mayor")."""
    return word.rstrip(".") in _lexicon().titles


def is_particle(word: str) -> bool:
    """Tell whether a folded word may stand inside a name ("de", "al")."""
    return word in _lexicon().particles
