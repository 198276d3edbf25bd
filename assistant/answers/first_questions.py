"""What a new reader finds: sample articles, and first questions to click."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache
from importlib import resources
from typing import Any

from assistant.rendering.speaker_kinds import kinds_of
from assistant.texts.catalogue import texts_of
from index.loaders import load_text
from index.models import Article, Quotation, SpeakerKind

QUESTIONS = 3


def sample_articles() -> list[Article]:
    """The sample articles that come with Dixit; everything in them is invented."""
    folder = resources.files("assistant.answers") / "samples"
    return [
        load_text(
            (folder / entry["file"]).read_text(encoding="utf-8"),
            key=entry["file"].removesuffix(".txt"),
            title=entry["title"],
            lang=entry["lang"],
            published=entry["published"],
            source=entry["source"],
            author=entry["author"],
            origin=f"sample:{entry['file']}",
        )
        for entry in _data()["article"]
    ]


def sample_questions(lang: str) -> list[str]:
    """Questions that the sample articles answer well, in the reader's language ("fr" or "en")."""
    return list(_data()["questions"][lang])


def first_questions(lang: str, articles: Collection[str], quotations: Iterable[Quotation]) -> list[str]:
    """Questions that the indexed articles answer well, in the reader's language.

    Args:
        lang: "fr" or "en".
        articles: the ids of the indexed articles.
        quotations: all that is said in them.
    """
    if {article.id for article in sample_articles()} <= set(articles):
        return sample_questions(lang)
    said = list(quotations)
    kinds = kinds_of(said)
    speakers = [name for name, _ in Counter(filter(None, (each.speaker for each in said))).most_common()]
    people = [name for name in speakers if _is_person(name, kinds[name])]
    return [texts_of(lang).get("reply.first", speaker=name) for name in (people or speakers)[:QUESTIONS]]


def _is_person(speaker: str, kind: SpeakerKind | None) -> bool:
    """Whether it is a person's name in full, by which a question finds that person and nobody else."""
    if kind not in (None, "person"):
        return False
    parts = speaker.split()
    return len(parts) > 1 and parts[0].istitle() and parts[-1][0].isupper()


@cache
def _data() -> dict[str, Any]:
    path = resources.files("assistant.answers") / "samples" / "samples.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
