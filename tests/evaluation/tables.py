"""Scores -> tables in Markdown, aligned so that they read well in a terminal too; and rows of JSON."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from tests.evaluation.answers import AnswerScores, Verdict
from tests.evaluation.causes import CAUSES, Cause
from tests.evaluation.quotations import GROUPS, Finding, QuotationScores

Causes = dict[Cause, list[Verdict]]

_MEDIAN, _SLOWEST = 0.5, 0.95
_SHOWN = 90
"""Characters of a quotation that a list of misses shows."""
_QUOTATION_HEAD = ("kind", "labelled", "found", "precision", "recall", "F1", "F1, right speaker")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; all columns but the first are aligned to the right."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    lines = [
        [row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))] for row in cells
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in (lines[0], rule, *lines[1:]))


def quotation_table(scores: QuotationScores) -> str:
    """Return the figures of a set's quotations, by kind."""
    rows = []
    for group in GROUPS:
        f = scores.figures(group)
        rows.append((group, f.labelled, f.found, *map(_share, (f.precision, f.recall, f.f1, f.joint_f1))))
    facts = ("verbatim", scores.verbatim), ("wrong_speaker", scores.wrong_speaker), ("scare", scores.scare)
    return f"{table(_QUOTATION_HEAD, rows)}\n\n" + ", ".join(f"{name} {_share(value)}" for name, value in facts)


def answer_table(scores: AnswerScores, causes: Causes) -> str:
    """Return the figures of a set's answers, by type of question, and how many are wrong by cause."""
    rows = [(group, share.total, share.right, _share(share.value)) for group, share in scores.shares().items()]
    wrong = [(cause, len(causes[cause])) for cause in CAUSES if causes[cause]]
    return "\n\n".join(
        [
            table(("answers", "asked", "right", "share"), rows),
            f"invented_quotes {scores.count('invented')}, misattributed {scores.count('misattributed')}; seconds an "
            f"answer: p50 {scores.seconds(_MEDIAN):.3f}, p95 {scores.seconds(_SLOWEST):.3f}",
            table(("cause of a wrong answer", "answers"), wrong),
        ]
    )


def quotation_misses(scores: QuotationScores) -> list[str]:
    """Return a line for each quotation that is missed, misnamed or not labelled, and each mark without speech."""
    lines = [_miss(finding) for finding in scores.findings if not finding.named]
    return lines + [f"SCARE   {place.article} {place.quote!r}" for place in scores.misreported]


def missed_questions(causes: Causes) -> list[str]:
    """Return a line for each cause with the ids of the questions that are answered wrongly because of it."""
    return [f"{cause}: {', '.join(v.reply.question.id for v in causes[cause])}" for cause in CAUSES if causes[cause]]


def answer_misses(causes: Causes) -> list[str]:
    """Return a line for each wrong answer, by cause."""
    return [
        f"{cause.upper()}: {v.reply.question.id} [{v.reply.question.type}] {v.fault} {v.detail!r} — "
        f"{v.reply.question.question}"
        for cause in CAUSES
        for v in causes[cause]
    ]


def quotation_json(scores: QuotationScores) -> dict[str, Any]:
    """Return the figures of a set's quotations as one JSON object."""
    figures = {group: scores.figures(group) for group in GROUPS}
    return {
        group: {
            "labelled": f.labelled,
            "found": f.found,
            "precision": round(f.precision, 3),
            "recall": round(f.recall, 3),
            "f1": round(f.f1, 3),
            "joint_f1": round(f.joint_f1, 3),
        }
        for group, f in figures.items()
    } | {
        "verbatim": round(scores.verbatim, 4),
        "wrong_speaker": round(scores.wrong_speaker, 3),
        "scare": round(scores.scare, 3),
    }


def answer_json(scores: AnswerScores, causes: Causes) -> dict[str, Any]:
    """Return the figures of a set's answers as one JSON object, with the ids of wrong ones by cause."""
    return {
        "questions": len(scores.verdicts),
        "invented_quotes": scores.count("invented"),
        "misattributed": scores.count("misattributed"),
        "shares": {group: round(share.value, 3) for group, share in scores.shares().items()},
        "p50": round(scores.seconds(_MEDIAN), 4),
        "p95": round(scores.seconds(_SLOWEST), 4),
        "misses": {cause: [verdict.reply.question.id for verdict in causes[cause]] for cause in CAUSES},
    }


def by_cause(found: Iterable[tuple[Cause, Verdict]]) -> Causes:
    """Return wrong answers by their causes, every cause included."""
    causes: Causes = defaultdict(list)
    for cause, verdict in found:
        causes[cause].append(verdict)
    return {cause: causes[cause] for cause in CAUSES}


def _miss(finding: Finding) -> str:
    label, found = finding.label, finding.found
    if label and found:
        return f"SPEAKER {label.article} said {found.speaker!r}, is {label.speaker!r}: {label.quote[:_SHOWN]!r}"
    if label:
        return f"MISSED  {label.article} [{label.kind}] {label.speaker}: {label.quote[:_SHOWN]!r}"
    assert found
    return f"EXTRA   {found.article} [{found.kind}] {found.speaker}: {found.quote[:_SHOWN]!r}"


def _share(value: float) -> str:
    return f"{value:.3f}"
