"""A place in an article -> what stands around it: sentences, what is in quotation marks, how its speaker is named."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from index.languages.data_files import languages, table
from index.languages.lexicon import Lexicon, lexicon
from index.languages.patterns import one_of
from index.models import Article, Context, Quotation, Span, Statement
from index.text.location import page_at, time_at
from index.text.marks import Marked, closed, find_marked
from index.text.sentences import sentences
from index.typography import fold, shadow

_OPEN = 128
"""Articles whose marks stay known."""
_NEAR = 200
"""Characters before and after a place that are read at least, as far as there are such."""
_PARAGRAPH = re.compile(r"\n\s*(?![a-zà-ÿ\s])")
_LONGEST_NAME = 120
_APOSTROPHE = "'"
_LONGEST_ARTICLE = 12
_LAST_WORD = re.compile(r"(?<!\w)(\w+'|\w+(?= )) ?$")
_VOWELS = "aeiou"
_SOMEBODY = ("roles.any", "roles.bodies", "kin.all", "nouns.several", "nouns.crowds")
"""Where a language has its nouns for those who may speak."""


def context_of(article: Article, start: int, end: int, said: Quotation | None = None) -> Context:
    """Return what stands around the words from ``start`` to ``end``.

    ``said``: the quotation that they are; its speaker is told as the article does, "the council" for "council".
    """
    spans, marked = _sentences_near(article.text, start, end), _marked(article.text, article.lang)
    first, last = _sentence_at(spans, start), _sentence_at(spans, max(start, end - 1))
    near = spans[max(first - 1, 0) : last + 2]
    before, after = near[0][0], near[-1][1]
    around = [each for each in marked if each.open_at < after and each.close_at > before]
    return Context(
        start=before,
        text=article.text[before:after],
        sentence=_trimmed(article.text, spans[first][0], spans[last][1]),
        marked=tuple((each.start, each.end) for each in around),
        marks=tuple((each.open_at, each.close_at) for each in around),
        speaker=_in_running_text(article, said) if said else None,
        alternative=named(article, said.alternative) if said and said.alternative else None,
    )


def sentence_around(text: str, start: int, end: int) -> Span:
    """Return from where to where the sentences reach that hold the words from ``start`` to ``end``."""
    spans = _sentences_near(text, start, end)
    first, last = _sentence_at(spans, start), _sentence_at(spans, max(start, end - 1))
    return _trimmed(text, spans[first][0], spans[last][1])


def in_context(statement: Statement, article: Article) -> Statement:
    """Return a quotation of a list with what stands around it in its article, and its page or time there."""
    said = statement.quotation
    return replace(
        statement,
        context=context_of(article, said.start, said.end, said),
        page=page_at(article, said.start),
        time=time_at(article, said.start),
    )


@lru_cache(maxsize=_OPEN)
def _marked(text: str, lang: str) -> list[Marked]:
    return closed(find_marked(text, lang))


def _sentences_near(text: str, start: int, end: int) -> list[Span]:
    """Return the sentences of the paragraphs around a place: those of a whole long article would take their time."""
    breaks = [at.end() for at in _PARAGRAPH.finditer(text)]
    first = max((at for at in breaks if at <= start - _NEAR), default=0)
    last = min((at for at in breaks if at >= end + _NEAR), default=len(text))
    return [(first + one, first + two) for one, two in sentences(text[first:last])] or [(start, end)]


def _sentence_at(spans: Sequence[Span], place: int) -> int:
    return max(bisect_right(spans, (place, spans[-1][1])) - 1, 0)


def _trimmed(text: str, start: int, end: int) -> Span:
    inside = text[start:end]
    return end - len(inside.lstrip()), start + len(inside.rstrip())


def _in_running_text(article: Article, said: Quotation) -> str | None:
    """Return the speaker as running text tells: a person's name as it is, others with their article."""
    name, written = said.speaker, said.speaker_as_written or ""
    if not name:
        return None
    opening = _opening(written, article.lang)
    with_article = bool(opening) and shadow(written) == shadow(f"{opening}{name}")
    is_person = said.speaker_kind in (None, "person") and name[0].isupper() and not _opening(name, article.lang)
    return name if is_person and not with_article else named(article, name)


def named(article: Article, name: str) -> str:
    """Return the name of somebody who is no person, or has no name, as running text has it: with its article.

    "syndicat des conducteurs" -> "le syndicat des conducteurs", "Les manifestants" -> "les manifestants".
    """
    if opening := _opening(name, article.lang):
        lowered, rest = name[0].lower() + name[1:], name[len(opening) :]
        common = rest[:1].islower() or opening.strip().lower() in _indefinite(article.lang)
        return lowered if common or shadow(lowered) in shadow(article.text) else name
    if (before := _article_of(article.text, article.lang, name, name)) is None and name[0].islower():
        before = _article_of(article.text, article.lang, name.split()[0], name)
    return name if not before else f"{before}{name}" if before.endswith(_APOSTROPHE) else f"{before} {name}"


def is_description(name: str) -> bool:
    """Tell whether a speaker is told by an article and a noun: "Les documents", "A spokesman"."""
    openings = (_opening(name, lang) for lang in languages())
    return any(opening and name[len(opening) :][:1].islower() for opening in openings)


def is_thing_of(name: str) -> bool:
    """Tell whether a name is that of a thing of somebody's: "Ana Ruiz's questions", but not "Ana Ruiz's lawyer"."""
    return any(_is_thing(_owned(name, lang), lexicon(lang)) for lang in languages())


def _owned(name: str, lang: str) -> str:
    """Return the words for what is somebody's: "questions" of "Ana Ruiz's questions", "les questions d'Ana Ruiz"."""
    words, endings, owners = lexicon(lang).words, "named_sources.possessive_endings", "named_sources.owners"
    behind = words[endings] and re.search(rf"\w(?:{one_of(words[endings])}) (?=[^\W\d_])(.+)$", shadow(name))
    if behind:
        return behind[1]
    opening = _opening(name, lang)
    before = (
        opening and words[owners] and re.match(rf"(.+?) (?:{one_of(words[owners])})(?:(?<=')|(?!\w))", shadow(name))
    )
    return before[1][len(opening) :] if before else ""


def _is_thing(words: str, known: Lexicon) -> bool:
    """Tell whether words for what is somebody's mean nobody who speaks: no function, body, kin or crowd."""
    nouns = [noun for word in words.lower().split() for noun in (word, *known.singulars(word))]
    return words[:1].islower() and not any(known.has(key, noun) for key in _SOMEBODY for noun in nouns)


def _opening(name: str, lang: str) -> str:
    """Return the article that a name begins with: "Les ", "L'"; nothing when it begins with none."""
    found = re.match(r"\w+(?:'| )", shadow(name))
    definite = table(lang, "articles").get("article_of", {}).values()
    known = found and found[0].strip().lower() in {*definite, *_indefinite(lang)}
    return name[: found.end()] if found and known else ""


@cache
def _indefinite(lang: str) -> frozenset[str]:
    return frozenset(table(lang, "function_words").get("grammar", {}).get("indefinite_articles", "").split())


@lru_cache(maxsize=1024)
def _article_of(text: str, lang: str, noun: str, name: str) -> str | None:
    """Return the definite article that a text mostly gives a noun; None: it never does."""
    data = table(lang, "articles")
    known = data.get("article_of", {})
    if len(noun) > _LONGEST_NAME:
        return None
    counts = Counter(known.get(before) for before in _words_before(shadow(text), shadow(noun)))
    likely = [each for each, _ in counts.most_common() if each or not name[0].islower()]
    before = likely[0] if likely else None
    return data.get("cut", {}).get(before, before) if fold(name)[0] in _VOWELS else before


def _words_before(text: str, noun: str) -> Iterator[str]:
    """Yield the word before each place where a text has a noun, "" where there is none."""
    for found in re.finditer(rf"(?<!\w){re.escape(noun)}(?!\w)", text):
        before = _LAST_WORD.search(text[max(found.start() - _LONGEST_ARTICLE, 0) : found.start()])
        yield before[1].lower() if before else ""
