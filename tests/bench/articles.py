"""The invented articles of the labelled sets -> articles of average length, and any number of further ones."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence

from index.loaders import load_text
from index.models import Article
from tests.evaluation.labels import PROJECT_SETS, LabelledSet, load_set

AVERAGE = 2_500
"""Characters of an average article; at most a paragraph more."""
_MIXED = 3
"""Articles that a further one takes its paragraphs from."""
_PARAGRAPHS = 3


def labelled_sets() -> list[LabelledSet]:
    """Return the project's labelled sets."""
    return [load_set(path.parent) for path in sorted(PROJECT_SETS.glob("*/quotes.jsonl"))]


def average_articles(sets: Sequence[LabelledSet], lang: str) -> list[Article]:
    """Return the articles of a language, one after another, cut anew at paragraph ends into average ones."""
    articles: list[Article] = []
    gathered: list[str] = []
    for paragraph in (part for text in _texts(sets, lang) for part in text.split("\n") if part.strip()):
        gathered.append(paragraph)
        text = "\n\n".join(gathered)
        if len(text) >= AVERAGE:
            articles.append(load_text(text, key=f"{lang}-average-{len(articles)}", lang=lang))
            gathered = []
    return articles


def further_articles(sets: Sequence[LabelledSet], count: int, seed: int) -> Iterator[Article]:
    """Yield articles of paragraphs that stand in different ones, their people's names exchanged; seeds repeat."""
    chance = random.Random(seed)
    names = _Names(sets)
    for number in range(count):
        lang = chance.choice(("fr", "en"))
        sources = [text.split("\n") for text in chance.sample(_texts(sets, lang), _MIXED)]
        paragraphs = [part for source in sources for part in source[1:] if part.strip()]
        kept = sorted(chance.sample(range(len(paragraphs)), min(_PARAGRAPHS, len(paragraphs))))
        text = "\n\n".join([sources[0][0], *(paragraphs[at] for at in kept)])
        yield load_text(names.exchanged(text, chance), key=f"further-{number}", lang=lang)


class _Names:
    """First names and surnames of the people who are quoted."""

    def __init__(self, sets: Sequence[LabelledSet]) -> None:
        speakers = [(said.speaker or "").split() for labelled in sets for said in labelled.quotations]
        people = [words for words in speakers if len(words) == 2 and all(word.istitle() for word in words)]
        self._first = sorted({first for first, _ in people})
        self._last = sorted({last for _, last in people} - set(self._first))
        self._any = re.compile(rf"\b({'|'.join(map(re.escape, self._first + self._last))})\b")

    def exchanged(self, text: str, chance: random.Random) -> str:
        """Return the text with first names exchanged for first names, and surnames for surnames."""
        new = dict(zip(self._first, chance.sample(self._first, len(self._first)), strict=True))
        new |= dict(zip(self._last, chance.sample(self._last, len(self._last)), strict=True))
        return self._any.sub(lambda name: new[name[0]], text)


def _texts(sets: Sequence[LabelledSet], lang: str) -> list[str]:
    return [text for labelled in sets if labelled.lang == lang for text in labelled.texts.values()]
