"""Articles that were read -> questions of every kind about them, as many as are wanted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from index.catalog import Reading
from index.models import Quotation

_WORDS = 6
"""Words of a quotation that a question takes up."""


def questions(readings: Sequence[Reading], known: str, count: int, seed: int = 1) -> list[str]:
    """Return questions in French, each kind as often as any; ``known``: somebody who is quoted very often."""
    chance = random.Random(seed)
    said = [(reading, quotation) for reading in readings for quotation in reading.quotations if _by_name(quotation)]
    asked: list[str] = []
    while len(asked) < count:
        asked += _asked(*chance.choice(said), known)
    return asked[:count]


def _asked(reading: Reading, said: Quotation, known: str) -> Iterator[str]:
    speaker, surname = said.speaker or "", (said.speaker or "").split()[-1]
    quote = reading.article.text[said.start : said.end]
    words, title = " ".join(quote.split()[:_WORDS]), reading.article.title
    topic = max(title.split(), key=len)
    yield f"Que dit {speaker} ?"
    yield f"Que dit {surname} sur {topic} ?"
    yield f"Qui a dit « {words} » ?"
    yield f"Qui parle de {topic} ?"
    yield f"Quels articles parlent de {title} ?"
    yield f"{speaker} a-t-il dit que {words} ?"
    yield f"Combien de fois {speaker} est-il cité ?"
    yield f"Quand {title} ?"
    yield f"Que dit {known} ?"
    yield f"Que dit {known} sur {topic} ?"
    yield f"Que dit Ondine Falquerolle sur {topic} ?"
    yield "Que dit le ministre ?"
    yield "Qui est le plus cité ?"
    yield f"Quels articles parlent de {topic} ?"


def _by_name(said: Quotation) -> bool:
    return said.speaker is not None and " " in said.speaker and said.speaker_kind == "person"
