"""Labelled articles -> the trees that tell speech in marks from titles, terms and words held at a distance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from index.models import Article, content_id
from index.quotations.attribution.reader import open_reader
from index.quotations.speech.marked_evidence import evidence_of_speech
from tests.evaluation.attribution import LIKE_MARKED
from tests.evaluation.labels import LabelledSet, Said
from tests.evaluation.overlap import is_inside, likeness, trimmed
from tests.evaluation.trees import by_set, cross_validated, fitted, weights_text

MOST_SPURIOUS = 0.03
"""The share of marks taken for speech that may be none."""


@dataclass(frozen=True, slots=True)
class Marks:
    """A marked stretch: the evidence, whether somebody is labelled as having said it, and what the rules say."""

    labelled: str
    article: str
    evidence: dict[str, float]
    said: bool
    rules: bool


def marks(labelled: LabelledSet) -> Iterator[Marks]:
    """Yield the marked stretches of a set; those that are part of longer labelled words tell nothing."""
    for key, text in labelled.texts.items():
        rows = [row for row in labelled.quotations if row.article == key]
        reader = open_reader(Article(content_id(text), key, key, labelled.lang, text=text))
        reader.read()
        for words in reader.marked_words():
            marked = reader.marked[words.quote.number]
            place = trimmed(text, marked.start, marked.end)
            said = _is_said(text, place, rows)
            if said is not None:
                spoken = words.quote.number in words.spoken
                yield Marks(labelled.name, key, evidence_of_speech(words), said, spoken)


def _is_said(text: str, place: tuple[int, int], rows: Sequence[Said]) -> bool | None:
    labelled = [(row, trimmed(text, row.start, row.end)) for row in rows]
    if any(row.kind != "indirect" and likeness(place, other) >= LIKE_MARKED for row, other in labelled):
        return True
    return None if any(is_inside(place, other) for _, other in labelled) else False


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision and recall of marks taken for speech, by the rules and by the trees."""

    marks: int
    rules_precision: float
    rules_recall: float
    precision: float
    recall: float


def figures(learnt: Sequence[Marks], found: Sequence[float], bar: float) -> Figures:
    """Return the figures of marks by how probably each is speech."""
    taken = [probability >= bar for probability in found]
    return Figures(len(learnt), *_scores(learnt, [m.rules for m in learnt]), *_scores(learnt, taken))


def _scores(learnt: Sequence[Marks], taken: Sequence[bool]) -> tuple[float, float]:
    hits = sum(m.said and chosen for m, chosen in zip(learnt, taken, strict=True))
    return hits / max(sum(taken), 1), hits / max(sum(m.said for m in learnt), 1)


def fitted_bar(learnt: Sequence[Marks], found: Sequence[float]) -> float:
    """Return the lowest bar at which hardly anything is taken for speech that is none."""
    grid = [n / 100 for n in range(30, 95)]
    return next((bar for bar in grid if figures(learnt, found, bar).precision >= 1 - MOST_SPURIOUS), grid[-1])


def marked_speech_text(sets: Sequence[LabelledSet], command: str, report: Callable[[str], None]) -> str:
    """Return the text of a refitted ``marked_speech.json``, its figures those of trees that never saw the article."""
    learnt = []
    for labelled in sets:
        report(f"marked speech: reading {labelled.name}")
        learnt += list(marks(labelled))
    rows = [[m.evidence] for m in learnt]
    right = [[m.said] for m in learnt]
    report(f"marked speech: fitting on {len(learnt)} marks")
    found = [p for (p,) in cross_validated(rows, right, [f"{m.labelled}/{m.article}" for m in learnt])]
    bar = fitted_bar(learnt, found)

    def told(cases: Sequence[int]) -> Figures:
        return figures([learnt[at] for at in cases], [found[at] for at in cases], bar)

    return weights_text(command, by_set([m.labelled for m in learnt], told), {"speech": bar}, fitted(rows, right))
