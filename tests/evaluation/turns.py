"""Labelled conversations -> the trees that decide what a question after others means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.answers.chat import Chat
from assistant.answers.deciding import OTHER, chosen
from assistant.answers.verifier import Verifier
from assistant.models import Turn
from assistant.search.retriever import Retriever
from assistant.workspace import Workspace
from index.catalog import open_catalog
from index.embedding.embedder import Embedder
from index.vectors import open_vectors
from tests.evaluation.answers import judge
from tests.evaluation.attribution import share
from tests.evaluation.labels import Labelled, LabelledSet, load_set
from tests.evaluation.running import Report, index, settings_for, to_reply
from tests.evaluation.trees import by_set, cross_validated, fitted, weights_text

CONVERSATIONS = "talk*.jsonl"
BARS = [n / 100 for n in range(41)]
KEPT_BACK = ("fr-check/talk.jsonl", "*/talk-kept.jsonl")
"""Conversations that nobody looks at, to tell what the others teach."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question after others: the evidence for each thing that it may mean, and whether the answer to it is right.

    Attributes:
        labelled: the name of the set.
        talk: the conversation.
        open: the rules find nothing, and may have misread it: another meaning may be taken.
    """

    labelled: str
    talk: str
    evidence: tuple[dict[str, float], ...]
    right: tuple[bool, ...]
    open: bool = True


@dataclass(frozen=True, slots=True)
class Figures:
    """How many questions are answered rightly: by the rules, by the trees, and by the best of all meanings."""

    turns: int
    rules: float
    trees: float
    best: float


def turns_text(sets: Sequence[LabelledSet], command: str, data: Path | None, embedder: Embedder, report: Report) -> str:
    """Return the text of a refitted ``turns.json``, its figures those of trees that never saw the conversation."""
    cases = [case for labelled in sets for case in weighed(labelled, data, embedder, report)]
    rows, right = [case.evidence for case in cases], [case.right for case in cases]
    report(f"turns: fitting on {len(cases)} questions")
    found = cross_validated(rows, right, [case.talk for case in cases])
    bar = fitted_bar(cases, found)

    def told(of: Sequence[int]) -> Figures:
        return figures([cases[at] for at in of], [found[at] for at in of], bar)

    return weights_text(command, by_set([case.labelled for case in cases], told), {OTHER: bar}, fitted(rows, right))


def fitted_bar(cases: Sequence[Case], found: Sequence[Sequence[float]]) -> float:
    """Return the bar with most right, a right answer of the rules that is lost counting twice."""

    def worth(bar: float) -> int:
        outcomes = [(case.right[0], taken(case, likely, bar)) for case, likely in zip(cases, found, strict=True)]
        return sum(right for _, right in outcomes) - sum(rules and not right for rules, right in outcomes)

    return max(BARS, key=worth)


def figures(cases: Sequence[Case], found: Sequence[Sequence[float]], bar: float) -> Figures:
    """Return how many of some questions are right by the likelihoods of all that they may mean."""
    return Figures(
        turns=len(cases),
        rules=share([case.right[0] for case in cases]),
        trees=share([taken(case, likely, bar) for case, likely in zip(cases, found, strict=True)]),
        best=share([any(case.right) if case.open else case.right[0] for case in cases]),
    )


def taken(case: Case, likely: Sequence[float], bar: float) -> bool:
    """Tell whether what is taken for the meaning of a question is right."""
    return case.right[chosen(likely, bar) if case.open else 0]


def weighed(labelled: LabelledSet, data: Path | None, embedder: Embedder, report: Report) -> Iterator[Case]:
    """Index a set and yield the questions of its conversations that follow others, these being read by the rules."""
    with (
        settings_for(data) as settings,
        closing(open_catalog(settings.index.data)) as catalog,
        closing(open_vectors(settings.index.data, catalog)) as vectors,
    ):
        index(labelled, (), Workspace(catalog, vectors, embedder, settings), report)
        chat = Chat(catalog, Retriever(catalog, vectors, embedder), Verifier(catalog), decide=None)
        for question in conversations(labelled.folder):
            report(f"{labelled.name}: {question.id}")
            yield _case(labelled, question, chat)


def conversations(folder: Path) -> Iterator[Labelled]:
    """Yield the questions that follow others in the conversations of a set, but of those that are kept back."""
    for path in sorted(folder.glob(CONVERSATIONS)):
        if not any(path.match(kept) for kept in KEPT_BACK):
            yield from (question for question in load_set(folder, path.name).questions if question.history)


def _case(labelled: LabelledSet, question: Labelled, chat: Chat) -> Case:
    meanings = chat.meanings(question.question, [Turn(earlier) for earlier in question.history])
    right = (judge(to_reply(question, one.answer), labelled.texts).right for one in meanings)
    talk = f"{labelled.name}/{question.id.rsplit('-', 1)[0]}"
    rows = tuple(one.evidence for one in meanings)
    return Case(labelled.name, talk, rows, tuple(right), meanings[0].open)
