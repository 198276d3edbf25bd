"""Who speaks for a body that is not quoted itself: "the museum's spokesman, X", "X, directrice du musée"."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.search.article_cache import CachedArticle
from assistant.search.name_words import name_words, noun_of, nouns_of
from index.languages.patterns import one_of
from index.languages.stopwords import all_stopwords
from index.typography import fold

BEFORE = 250
"""Characters before "its engineer" in which the body is named."""
BODIES = 256
"""Bodies and people whose pattern is kept."""


def speaks_for(cached: CachedArticle, speaker: str, body: str) -> bool:
    """Tell whether an article says that somebody holds an office of a body, from which one speaks for it.

    The noun of the body stands beside the office ("directeur du musée"), where it is anywhere in the article.

    Args:
        cached: the article.
        speaker: the name.
        body: how the body is called: "le musée de Lorbec".
    """
    words, name, text = name_words(body), name_words(speaker), cached.article.text
    if not words or not name or not set(words) <= cached.words:
        return False
    noun = noun_of(body)
    held = _held(name, noun)
    for start, end in cached.sentences:
        sentence = " ".join(fold(text[start:end]).split())
        if not _holds(sentence, name[-1]):
            continue
        before = fold(text[max(start - BEFORE, 0) : start])
        for match in held.finditer(sentence):
            its = max(match.start("its_behind"), match.start("its_before"))
            if its < 0 or _holds(before + sentence[:its], noun):
                return True
    return False


def _holds(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", text) is not None


@lru_cache(BODIES)
def _held(name: tuple[str, ...], noun: str) -> re.Pattern[str]:
    """An office of a body right before a name or right behind it, with the possessive that stands for the body."""
    *first, last = map(re.escape, name)
    called = "".join(rf"(?:{word}\W+)?" for word in first) + rf"{last}(?!\w)"
    leads, of, be, former, its = (one_of(_words(f"roles.{key}")) for key in ("leads", "of", "be", "former", "owned"))
    word = rf"(?!(?:{former}|{one_of(all_stopwords())})(?!\w))[\w-]+"
    office = rf"(?<![\w-])(?!(?:{former})\b)(?:\w+-)?(?:{one_of(_words('roles.voices'))})(?![\w'-])"
    body = rf"(?:(?:{leads})(?: |(?<=')))?(?:{word} ){{0,2}}{re.escape(noun)}(?!\w)"
    of_body = rf"{office}(?: {word}){{0,2}} (?:{of})(?: |(?<=')){body}"
    bodys = rf"{body}(?:'s?)? (?:{word} ){{0,2}}{office}"
    lead = rf"(?:(?:{leads})(?: |(?<='))|{word} ){{0,3}}"
    behind = rf"(?:,|\(| {be}| [—–])(?: \d+(?: \w+)?,)? ?{lead}"
    ends = rf"(?= ?(?:[^\w\s]|$)| (?:{one_of(all_stopwords())})\b)"
    complement = rf"(?: {word})?(?: (?:{of})(?: |(?<='))(?:[\w'-]+ ?){{1,3}})?"
    own = rf"{its}) (?:{word} ){{0,2}}{office}"
    return re.compile(
        rf"(?<!\w){called}{behind}(?:{of_body}|{bodys}{ends}|(?<!\w)(?P<its_behind>{own}{ends})"
        rf"|(?:{of_body}(?:{complement},)?|{bodys},?|(?<!\w)(?P<its_before>{own},?) {called}"
    )


def _words(key: str) -> frozenset[str]:
    """The folded words of a list in all languages."""
    return nouns_of((key,))
