"""What the loaders say of a source, in English -> the same in the reader's language."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_NEXT_SENTENCE = re.compile(r"(?<=\.) (?=[A-Z])")
_PLACE = re.compile(r"\\{(\w+)\\}")


def translated(told: str, lang: str) -> str:
    """Return what a loader said (why it refused a source, or what it read it from), as it is when that is not known."""
    sentences = [_sentence(sentence.removesuffix("."), lang) for sentence in _NEXT_SENTENCE.split(told)]
    known = [sentence for sentence in sentences if sentence is not None]
    return ". ".join(known) + "." * told.endswith(".") if len(known) == len(sentences) else told


def _sentence(sentence: str, lang: str) -> str | None:
    for pattern, translation in _sentences(lang):
        if found := pattern.fullmatch(sentence):
            values = found.groupdict()
            if "reason" in values:
                values["reason"] = translated(values["reason"], lang)
            return translation.format(**values)
    return None


@cache
def _sentences(lang: str) -> list[tuple[re.Pattern[str], str]]:
    """The sentences of a language, those that say most by themselves first; none of English."""
    data = resources.files("assistant.texts").joinpath(f"loader_messages_{lang}.toml")
    known = tomllib.loads(data.read_text(encoding="utf-8")) if data.is_file() else {}
    specific = sorted(known, key=lambda english: (english.count("{"), -len(english)))
    return [(re.compile(_PLACE.sub(r"(?P<\1>.+)", re.escape(english)), re.S), known[english]) for english in specific]
