"""Which language a text is in: text -> ISO 639-1 code."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

from index.languages.data_files import QuestionLanguage, table
from index.languages.stopwords import stopwords
from index.typography import fold

FALLBACK = "en"
"""The language of a text that has no words."""

PREFIX = 2_000
"""How many characters are looked at: more changes no answer and costs time."""

CLEAR, CLEAR_IF_SHORT = 0.9, 0.99
"""How probable another language than French and English must be to be named."""
SHORT, LONG = 30, 100
"""In letters: below the one it must be surer; from the other on it need only be neither (Danish or Norwegian, say)."""

_CODES = frozenset(language.iso_code_639_1.name.lower() for language in Language.all())
_READ = (Language.FRENCH, Language.ENGLISH)
_TOLD_APART = (
    Language.FRENCH,
    Language.ENGLISH,
    Language.GERMAN,
    Language.SPANISH,
    Language.ITALIAN,
    Language.PORTUGUESE,
    Language.CATALAN,
    Language.DUTCH,
    Language.SWEDISH,
    Language.DANISH,
    Language.BOKMAL,
    Language.FINNISH,
    Language.POLISH,
    Language.CZECH,
    Language.HUNGARIAN,
    Language.ROMANIAN,
    Language.GREEK,
    Language.TURKISH,
    Language.UKRAINIAN,
    Language.RUSSIAN,
    Language.HEBREW,
    Language.ARABIC,
    Language.PERSIAN,
    Language.HINDI,
    Language.CHINESE,
    Language.JAPANESE,
    Language.KOREAN,
)
_GREETINGS = {"fr": frozenset(("bonjour", "bonsoir", "merci", "salut")), "en": frozenset(("hello", "hi", "thanks"))}
_QUOTED = re.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


def language_code(given: str | None) -> str | None:
    """Return the ISO 639-1 code that a source's own label stands for ("fr", "FR-ca", "en_US"), or None."""
    code = re.split(r"[-_]", (given or "").strip().lower(), maxsplit=1)[0]
    return code if code in _CODES else None


def detect_language(text: str) -> str:
    """Return the ISO 639-1 code of an article's language; ``FALLBACK`` for a text without words.

    In doubt it is French or English: Dixit reads those, and a short text of them easily looks like another.
    """
    text = _encodable(text[:PREFIX])
    scores = {score.language: score.value for score in _article_detector().compute_language_confidence_values(text)}
    first = max(scores, key=scores.__getitem__)
    if not scores[first]:
        return FALLBACK
    read = sum(scores[language] for language in _READ)
    if _is_read(text, first, scores[first]) or _is_clear(text, scores[first], read):
        return first.iso_code_639_1.name.lower()
    french, english = _function_words(text)
    if french != english:
        return "fr" if french > english else "en"
    return "fr" if scores[Language.FRENCH] > scores[Language.ENGLISH] else FALLBACK


def _is_read(text: str, first: Language, probability: float) -> bool:
    """Tell whether a text is in the language of those that are read that its letters tell: not in English with «»."""
    return first in _READ and not (first == Language.ENGLISH and "«" in text and probability < CLEAR)


def _is_clear(text: str, first: float, read: float) -> bool:
    """Tell whether a text is in another language than those that are read, by the detector's probabilities."""
    if not read:
        return True  # another alphabet
    letters = sum(map(str.isalpha, text))
    return first >= (CLEAR if letters >= SHORT else CLEAR_IF_SHORT) or (letters >= LONG and read <= 1 - CLEAR)


def detect_question_language(text: str, likely: str | None = None) -> QuestionLanguage:
    """Return the language a short question is asked in.

    Function words and greetings decide, then words that ask; when they do not ("Barjavel"), it is the ``likely``
    one ("fr" or "en"), and without such, letters decide. Words that the question quotes do not count: one may ask
    in English about French words.
    """
    question = _encodable(text[:PREFIX])
    unquoted = _QUOTED.sub(" ", question)
    asked = unquoted if unquoted.strip() else question
    for french, english in (_function_words(asked), _question_words(asked)):
        if french != english:
            return "fr" if french > english else "en"
    if likely:
        return "fr" if likely == "fr" else "en"
    return "fr" if _question_detector().detect_language_of(asked) == Language.FRENCH else "en"


def _function_words(text: str) -> tuple[int, int]:
    """Return how many words of a text are function words or greetings of French alone, and of English alone."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    known = {lang: stopwords(lang) | _GREETINGS[lang] for lang in ("fr", "en")}
    french = sum(word in known["fr"] and word not in known["en"] for word in words)
    english = sum(word in known["en"] and word not in known["fr"] for word in words)
    return french, english


def _question_words(text: str) -> tuple[int, int]:
    """Return how many words of a text ask ("combien", "who"), or stand as they do in one language, in both."""
    french, english = (_asking(text, table(lang, "questions")) for lang in ("fr", "en"))
    return french, english


def _asking(text: str, words: Mapping[str, Any]) -> int:
    asks: int = sum(word in words["stop"]["words"] for word in re.findall(r"[^\W\d_]+", fold(text)))
    before = re.findall(r"([^\W\d_]+) (?=(\w))", text)
    return asks + sum(str.isupper(first) for word, first in before if word in words["told_by"]["before_names"])


def _encodable(text: str) -> str:
    # A lone surrogate cannot cross into lingua, which is compiled.
    return text.encode("utf-8", "ignore").decode("utf-8")


@functools.cache
def _article_detector() -> LanguageDetector:
    # Low accuracy is enough for anything longer than a line, and its models take 25 MB, not a hundred.
    return LanguageDetectorBuilder.from_languages(*_TOLD_APART).with_low_accuracy_mode().build()


@functools.cache
def _question_detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_READ).build()
