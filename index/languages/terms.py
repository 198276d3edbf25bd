"""What full text is searched by: text -> folded, stemmed words without function words."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

import snowballstemmer

from index.languages.data_files import languages
from index.languages.lemmas import lemma
from index.languages.stopwords import stopwords
from index.typography import fold

Span = tuple[int, int]

_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
# Japanese and Chinese put no spaces between words: pairs of characters stand for words there.
_NO_PLURAL = 3  # letters of the longest word that is not taken for a plural
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
_WORD = re.compile(r"[^\W_]+")


def terms(text: str, lang: str) -> list[str]:
    """Return the terms of a text, in order, repeated as they are in it.

    Accents and capitals are folded, elided and possessive parts cut ("l'", "qu'", "'s"), dots of acronyms
    dropped, function words left out; French and English words are stemmed (Snowball). Terms hold letters
    and digits only, so that they pass through any full-text index unchanged. ``lang`` is an ISO 639-1 code.
    """
    return _stemmed(folded_words(text), lang)


def all_terms(text: str, lang: str) -> frozenset[str]:
    """Return the terms of a text with those of the dictionary forms of its words ("perdons": also of "perdre")."""
    forms = (lemma(word.lower(), lang) for word in _WORD.findall(text))
    return frozenset((*terms(text, lang), *_stemmed(forms, lang)))


def query_terms(text: str) -> list[str]:
    """Return the terms of a question, without repeats: those of French first, then those English adds.

    A question may be asked in another language than that of the articles that answer it, so it is read as
    both. The function words of the language it is asked in count in neither.
    """
    words = folded_words(text)
    french, english = (sum(word in stopwords(lang) for word in words) for lang in ("fr", "en"))
    # One such word proves nothing: "car" is a function word in French, and what "car tax" is about.
    if max(french, english) > 1:
        unwanted = stopwords("fr" if french >= english else "en")
        words = [word for word in words if word not in unwanted]
    return list(dict.fromkeys(_stemmed(words, "fr") + _stemmed(words, "en")))


def folded_words(text: str) -> list[str]:
    """Return the words of a text, in order and folded; of writing without spaces, pairs of characters."""
    folded = _ACRONYM.sub(lambda match: match[0].replace(".", ""), fold(text))
    if not folded.isascii():
        folded = _IDEOGRAPHS.sub(lambda match: f" {' '.join(_pairs(match[0]))} ", folded)
    return _WORD.findall(folded)


def word_spans(text: str) -> list[Span]:
    """Return where each of the ``folded_words`` of a text stands in it, in order."""
    folded, origin = _placed(text)
    folded, origin = _without_dots(folded, origin)
    if not folded.isascii():
        folded, origin = _in_pairs(folded, origin)
    spans = [(origin[found.start()], origin[found.end() - 1] + 1) for found in _WORD.finditer(folded)]
    marked = any(map(unicodedata.combining, set(text)))
    return [(start, _with_marks(text, end)) for start, end in spans] if marked else spans


def _placed(text: str) -> tuple[str, Sequence[int]]:
    """Return the folded text, and for each of its characters the place of the one that it comes from."""
    folds = {char: fold(char) for char in set(text)}
    folded = "".join(map(folds.__getitem__, text))
    if all(len(one) == 1 for one in folds.values()):
        return folded, range(len(text))
    return folded, [at for at, char in enumerate(text) for _ in folds[char]]


def _without_dots(folded: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    dots = {at for found in _ACRONYM.finditer(folded) for at in range(*found.span()) if folded[at] == "."}
    if not dots:
        return folded, origin
    left = [at for at in range(len(folded)) if at not in dots]
    return "".join(folded[at] for at in left), [origin[at] for at in left]


def _in_pairs(folded: str, origin: Sequence[int]) -> tuple[str, Sequence[int]]:
    """Return writing without spaces as pairs of characters, as ``folded_words`` does."""
    pieces, places, done = list[str](), list[int](), 0
    for run in _IDEOGRAPHS.finditer(folded):
        start, end = run.span()
        pieces += [folded[done:start], " "]
        places += [*origin[done:start], origin[start]]
        for at, pair in enumerate(_pairs(run[0]), start):
            pieces += [pair, " "]
            places += [*origin[at : at + len(pair)], origin[at]]
        done = end
    return "".join([*pieces, folded[done:]]), [*places, *origin[done:]]


def _with_marks(text: str, end: int) -> int:
    """Return where a word ends whose last letter's accents are characters of their own."""
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(max(1, len(run) - 1))]


def _stemmed(words: Iterable[str], lang: str) -> list[str]:
    unwanted = stopwords(lang)
    if lang not in languages():
        return [word for word in words if word not in unwanted]
    return [_stem(word, lang) for word in words if word not in unwanted]


@functools.lru_cache(maxsize=200_000)
def _stem(word: str, lang: str) -> str:
    # Snowball's French leaves the plural in "élus", "lois", "emplois": it would not meet the singular.
    if lang == "fr" and len(word) > _NO_PLURAL and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    # A stemmer keeps the word it works on: a new one for each word lets threads stem side by side.
    stem: str = snowballstemmer.stemmer(languages()[lang].stemmer).stemWord(word)
    return stem
