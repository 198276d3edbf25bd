"""Answers, and labelled questions -> how many are right, and why the others are not.

An answer to a question that can be answered is right when it does not abstain, cites the evidence, holds every
expected string, names every expected speaker (a fact has none), and credits nobody else with the evidence. One to a
question that cannot be answered is right when it abstains. Every citation must be the article's exact slice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.question import Question
from tests.evaluation.labels import Labelled, LabelledSet, Said
from tests.evaluation.naming import folded, is_credited, same_person
from tests.evaluation.overlap import covers

Fault = Literal["invented", "answered", "abstained", "elsewhere", "incomplete", "unnamed", "misattributed"]
"""invented: a citation is not the article's slice; answered: what the articles do not say; elsewhere: it cites, but not
the evidence; incomplete: it lacks an expected string; unnamed: it lacks an expected speaker."""
GROUPS = (
    *("all", "answerable", "statement", "speaker", "check", "aggregate", "fact", "followup"),
    *("refusals", "same_language", "cross_language"),
)
"""What answers are counted by, in the order in which it is told."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant made of a labelled question.

    Attributes:
        text: the answer as shown, quoted words included.
        citations: the words it cites, each with its speaker.
        seconds: how long it took.
        understood: how the question was read; None: not told.
    """

    question: Labelled
    abstained: bool
    text: str
    citations: tuple[Said, ...]
    seconds: float = 0.0
    understood: Question | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reply is right.

    Attributes:
        fault: the first rule that it breaks, None when it is right.
        detail: the string or the name that the rule is about.
    """

    reply: Reply
    fault: Fault | None = None
    detail: str = ""

    @property
    def right(self) -> bool:
        """Whether it breaks no rule."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some answers are right."""

    right: int
    total: int

    @property
    def value(self) -> float:
        """0 to 1; 0 when there are none."""
        return self.right / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class AnswerScores:
    """What is right of the answers to the questions of a set, whose articles are in ``lang``."""

    lang: str
    verdicts: tuple[Verdict, ...]

    def shares(self) -> dict[str, Share]:
        """Return how many are right: of all, by type of question, of refusals, within and across languages."""
        groups: dict[str, list[Verdict]] = {group: [] for group in GROUPS}
        for verdict in self.verdicts:
            for group in self._groups(verdict.reply.question):
                groups[group].append(verdict)
        return {
            group: Share(sum(verdict.right for verdict in verdicts), len(verdicts))
            for group, verdicts in groups.items()
            if verdicts
        }

    def count(self, fault: Fault) -> int:
        """Return how many answers have that fault."""
        return sum(verdict.fault == fault for verdict in self.verdicts)

    def seconds(self, part: float) -> float:
        """Return the time within which that part of the answers came (0.95: all but the slowest twentieth)."""
        return percentile([verdict.reply.seconds for verdict in self.verdicts], part)

    def _groups(self, question: Labelled) -> Iterator[str]:
        yield "all"
        yield "answerable" if question.answerable else "refusals"
        yield "same_language" if question.lang == self.lang else "cross_language"
        if question.type != "unanswerable":
            yield question.type


def score_answers(labelled: LabelledSet, replies: Iterable[Reply], further: Mapping[str, str]) -> AnswerScores:
    """Score replies to the questions of a labelled set.

    Args:
        labelled: the set.
        replies: one a question, in any order.
        further: the texts of articles outside the set that were indexed too, by their keys.
    """
    texts = {**further, **labelled.texts}
    return AnswerScores(labelled.lang, tuple(judge(reply, texts) for reply in replies))


def judge(reply: Reply, texts: Mapping[str, str]) -> Verdict:
    """Tell which rule a reply breaks first, if any."""
    question = reply.question
    for cited in reply.citations:
        if texts.get(cited.article, "")[cited.start : cited.end] != cited.quote:
            return Verdict(reply, "invented", cited.quote)
    if not question.answerable:
        return Verdict(reply, None if reply.abstained else "answered")
    if reply.abstained:
        return Verdict(reply, "abstained")
    on_evidence = evident(reply)
    if not on_evidence:
        return Verdict(reply, "elsewhere")
    return _faulty(reply, on_evidence) or Verdict(reply)


def evident(reply: Reply) -> list[Said]:
    """Return the citations that show the evidence."""
    return [cited for cited in reply.citations if any(covers(cited, place) for place in reply.question.evidence)]


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that at least that part of the values does not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else 0.0


def _faulty(reply: Reply, on_evidence: Sequence[Said]) -> Verdict | None:
    question = reply.question
    shown = folded(" ".join([reply.text, *(cited.quote for cited in reply.citations)]))
    for wanted in question.must_contain:
        if folded(wanted) not in shown:
            return Verdict(reply, "incomplete", wanted)
    for wanted in question.speakers if question.type != "fact" else ():
        if not any(same_person(cited.speaker, wanted) for cited in reply.citations):
            return Verdict(reply, "unnamed", wanted)
    for wrong in question.must_not_attribute:
        if any(is_credited(cited.speaker, wrong) for cited in on_evidence):
            return Verdict(reply, "misattributed", wrong)
    return None
