"""A folder of labelled articles -> what is true of them.

A folder holds ``articles/*.txt`` and ``quotes.jsonl``, and may hold ``questions.jsonl``, ``not_quotes.jsonl`` and
``articles.jsonl``. Offsets count code points of the article's file.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.models import CitationKind
from index.languages.detection import detect_language

QUESTIONS = "questions.jsonl"
PROJECT_SETS = Path(__file__).parents[1] / "data" / "eval"


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of an article, by the article's key."""

    article: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Said(Place):
    """Words, and who said them: a label, a stored quotation, or a citation. Speaker None: nobody is named.

    ``mention`` is what a label says is printed beside the words ("he").
    """

    kind: CitationKind
    speaker: str | None
    mention: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, and what an answer to it must and must not do.

    Attributes:
        type: "statement", "speaker", "check", "aggregate", "fact", "followup" or "unanswerable".
        speakers: whom the answer must name.
        evidence: the places of which it must cite at least one.
        must_contain: strings that must stand in it or in its citations.
        must_not_attribute: whom the evidence must not be credited to.
    """

    id: str
    lang: str
    question: str
    history: tuple[str, ...]
    type: str
    answerable: bool
    speakers: tuple[str, ...] = ()
    evidence: tuple[Place, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_attribute: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """Articles and all labels on them.

    Attributes:
        lang: the language of its articles (of most of them).
        texts: each article's text by its key.
        others: marks, or verbs of speech, without anybody's words.
    """

    name: str
    folder: Path
    lang: str
    texts: Mapping[str, str]
    quotations: tuple[Said, ...]
    others: tuple[Place, ...]
    questions: tuple[Labelled, ...]

    @property
    def articles(self) -> Path:
        """The folder to be indexed."""
        return self.folder / "articles"


def load_set(folder: Path, questions_file: str = QUESTIONS) -> LabelledSet:
    """Load a labelled set, with the questions of one of its files.

    Raises:
        FileNotFoundError: there are no articles in the folder, no labels, or not the file of questions asked for.
    """
    texts = {path.stem: _text(path.read_bytes()) for path in sorted((folder / "articles").glob("*.txt"))}
    if not texts:
        raise FileNotFoundError(f"{folder} is not a labelled set: it has no articles/*.txt.")
    asked = folder / questions_file
    if questions_file != QUESTIONS and not asked.exists():
        raise FileNotFoundError(f"{asked}: there is no such file. Name a file of questions of the set, as talk.jsonl.")
    questions = rows(asked) if asked.exists() else []
    others = folder / "not_quotes.jsonl"
    return LabelledSet(
        name=folder.resolve().name,
        folder=folder,
        lang=_language(folder, questions),
        texts=texts,
        quotations=tuple(_said(row) for row in rows(folder / "quotes.jsonl")),
        others=tuple(_place(row | {"quote": row["text"]}) for row in rows(others)) if others.exists() else (),
        questions=tuple(_question(row) for row in questions),
    )


def load_background(path: Path) -> dict[str, str]:
    """Load the texts of a .jsonl file of further articles, by their ids."""
    return {str(row["id"]): _text(row["text"].encode()) for row in rows(path)}


def rows(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _text(data: bytes) -> str:
    # Read here and not by the loaders, whose work is judged too.
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")


def _language(folder: Path, questions: Iterable[dict[str, Any]]) -> str:
    cards = folder / "articles.jsonl"
    told = [row["lang"] for row in (rows(cards) if cards.exists() else questions)]
    told = told or [detect_language(_text(path.read_bytes())) for path in sorted((folder / "articles").glob("*.txt"))]
    return str(Counter(told).most_common(1)[0][0])


def _place(row: dict[str, Any]) -> Place:
    return Place(row["article"], row["start"], row["end"], row["quote"])


def _said(row: dict[str, Any]) -> Said:
    return Said(
        row["article"],
        row["start"],
        row["end"],
        row["quote"],
        row["kind"],
        row["speaker"],
        row.get("speaker_as_written"),
    )


def _question(row: dict[str, Any]) -> Labelled:
    return Labelled(
        id=str(row["id"]),
        lang=row["lang"],
        question=row["question"],
        history=tuple(row["history"]),
        type=row["type"],
        answerable=row["answerable"],
        speakers=tuple(name for name in row["speakers"] if name),
        evidence=tuple(_place(place) for place in row["evidence"]),
        must_contain=tuple(row.get("must_contain", ())),
        must_not_attribute=tuple(row.get("must_not_attribute", ())),
    )
