"""Does a document of no known layout look like an export of many articles?"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files

from index.loaders.exports.layout import Marks, lines_of, matched, stands_in
from index.loaders.exports.paragraph import DocumentParagraph
from index.typography import fold

_MANY = 3
_CONTENTS = re.compile(r"(\d{1,3})[.)] ?(\S.{2,300})")


def looks_like(paragraphs: Sequence[DocumentParagraph]) -> int:
    """Return how many articles a document seems to hold; 0 when nothing says that it holds many."""
    text = lines_of(paragraphs)
    signs = {name: tuple(mark for mark in marks if stands_in(text, (mark,))) for name, marks in _signs().items()}
    seen = max((_repeated(paragraphs, mark) for mark in signs["each"]), default=0)
    contents = len(_contents(paragraphs)) if stands_in(text, (_CONTENTS,)) else 0
    told = _told(paragraphs, signs["counts"]) if signs["counts"] else 0
    return max(told, *(count if count >= _MANY else 0 for count in (seen, contents)))


def _told(paragraphs: Iterable[DocumentParagraph], counts: Marks) -> int:
    """Return how many articles a document says it holds, in a line of its own."""
    numbers: set[int] = set()
    told = 0
    for paragraph in paragraphs:
        if found := matched(counts, paragraph.text):
            if "number" not in found.groupdict():
                return int(found["count"])
            numbers.add(int(found["number"]))
            told = max(told, int(found["count"]))
    return told if len(numbers) > 1 else 0


def _repeated(paragraphs: Iterable[DocumentParagraph], mark: re.Pattern[str]) -> int:
    """Return how many paragraphs a mark matches; under one label, as "Source: …" and "Date: …" are different marks."""
    labels = Counter(p.text.partition(":")[0] if ":" in p.text else "" for p in paragraphs if matched((mark,), p.text))
    return max(labels.values(), default=0)


def _contents(paragraphs: Sequence[DocumentParagraph]) -> set[str]:
    """Return the titles of a numbered table of contents that stand again, alone, behind it."""
    listed = [found for paragraph in paragraphs if (found := _CONTENTS.fullmatch(paragraph.text[:400]))]
    in_order = [found[2] for number, found in enumerate(listed, start=1) if int(found[1]) == number]
    alone = {fold(paragraph.text) for paragraph in paragraphs if len(paragraph.text) <= len(paragraph.text[:400])}
    return {title for title in in_order if fold(title) in alone}


@functools.cache
def _signs() -> Mapping[str, Marks]:
    data = tomllib.loads((files("index.loaders.exports") / "signs.toml").read_text(encoding="utf-8"))
    return {name: tuple(map(re.compile, patterns)) for name, patterns in data.items()}
