"""Question -> findings: the places that answer it, or why there are none; no word of the answer is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.answers.findings import Findings
from assistant.answers.kinds import aggregate, check, fact, speaker, statement
from assistant.answers.sources import Sources
from assistant.question import Question, QuestionKind
from assistant.search.retriever import Search

_BY_KIND: Mapping[QuestionKind, Callable[[Question, Search, Sources], Findings]] = {
    "statement": statement.find,
    "speaker": speaker.find,
    "check": check.find,
    "aggregate": aggregate.find,
    "fact": fact.find,
}
"""How each kind of question is answered; a new kind is a new row."""


def find(question: Question, sources: Sources) -> Findings:
    """Return the places that answer a question, each with where else its words stand, or why there are none."""
    if question.kind == "greeting":
        return Findings("greeting")
    findings = _BY_KIND[question.kind](question, sources.search(question), sources)
    return replace(findings, finds=tuple(replace(find, also=sources.elsewhere(find)) for find in findings.finds))
