"""Question -> findings: the places that answer it, or why there are none; no word of the answer is written here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from assistant.answers.findings import Findings, Verdict
from assistant.answers.kinds import aggregate, articles, change, check, count, fact, speaker, statement
from assistant.answers.refusals import explained
from assistant.answers.sources import Sources
from assistant.question import ANYWHERE, Question, QuestionKind
from assistant.search.retriever import Search
from assistant.search.scope import is_dated

_BY_KIND: Mapping[QuestionKind, Callable[[Question, Search, Sources], Findings]] = {
    "statement": statement.find,
    "speaker": speaker.find,
    "check": check.find,
    "aggregate": aggregate.find,
    "fact": fact.find,
    "count": count.find,
    "articles": articles.find,
    "change": change.find,
}
"""How each kind of question is answered; a new kind is a new row."""


def find(question: Question, sources: Sources, everything: bool = False) -> Findings:
    """Return the places that answer a question, each with where else its words stand, or why there are none.

    ``everything``: all of them, not the first.
    """
    if question.kind == "greeting":
        return Findings("greeting")
    everything = everything or question.everything
    findings = _best(question, sources, everything)
    undated = bool(question.scope.periods) and not any(map(is_dated, findings.finds))
    finds = tuple(replace(find, also=sources.elsewhere(find)) for find in findings.finds)
    return replace(findings, finds=finds, undated=undated and not findings.loosely)


def _best(question: Question, sources: Sources, everything: bool) -> Findings:
    """What answers a question within its scope, else around it; else why nothing does, with what comes nearest."""
    findings = _scoped(question, sources, everything)
    if question.scope.behind_topic and not findings.finds:
        about = replace(question, scope=replace(question.scope, loosely=True))
        findings = replace(_scoped(about, sources, everything), loosely=True)
    if question.scope and not findings.finds:
        return out_of_scope(question, sources)
    if not findings.finds:
        findings = explained(question, findings, sources.within(question.scope, everything))
    return findings


def _scoped(question: Question, sources: Sources, everything: bool) -> Findings:
    scoped = sources.within(question.scope, everything)
    return _BY_KIND[question.kind](question, scoped.search(question), scoped)


def out_of_scope(question: Question, sources: Sources) -> Findings:
    """Return how much would answer a question if it did not ask for a time, an outlet or a language."""
    unscoped, anywhere = replace(question, scope=ANYWHERE), sources.within(ANYWHERE, everything=True)
    findings = _counted(_BY_KIND[question.kind](unscoped, anywhere.search(unscoped), anywhere))
    return findings if findings.total else explained(unscoped, findings, sources.within(ANYWHERE))


def _counted(found: Findings) -> Findings:
    """Return how much was found where nothing of the scope was; what was found, when that is nothing."""
    if found.verdict in ("near", "near_own", "no"):  # nothing of it answers
        return Findings("not_about" if found.asked else "nobody", (), found.asked)
    total = found.total or len(found.finds)
    return Findings(_out(found.verdict), (), found.asked, total=total) if total else found


def _out(verdict: Verdict) -> Verdict:
    """What is counted that is not of a scope: articles, places in them, somebody's words."""
    if verdict in ("quoting", "mentioning", "articles"):
        return "out_of_scope_articles"
    return "out_of_scope_places" if verdict in ("fact", "contested") else "out_of_scope"
