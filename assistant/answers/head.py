"""What is told above quotations: how many were found, from where and when, and in which order they stand."""

from __future__ import annotations

import re

from assistant.answers.findings import Findings
from assistant.models import Elsewhere
from assistant.question import Question, Scope
from assistant.rendering.speaker_kinds import counted
from assistant.search.relevance import Find
from assistant.texts.catalogue import Texts
from index.languages.times import Period
from index.text.marks import DOUBLE

COUNTED = ("count", "articles", "quoting", "mentioning", "most_quoted", "compared")
"""Verdicts that are told with a count of their own."""
NAMED = 100
"""How many people are named at most."""


def head(findings: Findings, question: Question, texts: Texts) -> str:
    """Return how many quotations were found and their order; nothing where one is shown and was asked for."""
    if not findings.finds:
        return ""
    about = texts.get("found.loosely", scope=told_scope(question.scope, texts)) if findings.loosely else ""
    undated = texts.get("found.undated") if findings.undated else ""
    return " ".join(filter(None, (_how_many(findings, question, texts), about, undated)))


def _how_many(findings: Findings, question: Question, texts: Texts) -> str:
    shown = sum(1 + len(_other_articles(find)) for find in findings.finds)
    total = max(findings.total, shown)
    if not findings.order or (total == 1 and not question.scope):
        return ""
    where = "" if findings.loosely else told_scope(question.scope, texts)
    told = {"of": _of_whom(findings, question, texts), "scope": where, "days": _when(findings, question, texts)}
    if shown < total:
        first = texts.get(f"found.first.{findings.order}", count=len(findings.finds))
        return texts.get("found.some", count=total, first=first, **told)
    order = f"{texts.entry('found.order')}{texts.get(f'order.{findings.order}')}" if total > 1 else ""
    return texts.get("found.all", count=total, order=order, **told)


def _of_whom(findings: Findings, question: Question, texts: Texts) -> str:
    """Return whose words they are, and that they are on a topic: " of Ana Ruiz on this"."""
    asked = findings.asked
    alone = asked is not None and not asked.others and findings.verdict == "said"
    whose = texts.get("found.of", name=asked.name) if asked and alone else ""
    return whose + (texts.get("found.about") if whose and question.topic.strip() else "")


def _when(findings: Findings, question: Question, texts: Texts) -> str:
    """Return between which days the articles appeared, where the question does not tell: ", 3 to 9 March 2025"."""
    if findings.days is None or question.scope.periods:
        return ""
    first, last = findings.days
    if first == last:
        return texts.get("found.on", day=texts.day(last))
    return texts.get("found.between", first=texts.day(first, before=last), last=texts.day(last))


def counted_head(findings: Findings, question: Question, texts: Texts) -> str:
    """Return what is told of a count: how often somebody is quoted, everybody who is, how many articles there are."""
    if findings.tally:
        return _tallied(findings, question, texts)
    shown = len(findings.finds)
    values = {
        "name": findings.asked.name if findings.asked else "",
        "topic": told_topic(question),
        "scope": told_scope(question.scope, texts),
        "articles": texts.get("found.in_articles", count=findings.articles),
        "count": findings.total,
    }
    told = texts.get(f"reply.{findings.verdict}", **values)
    first = question.order or "newest"
    if shown >= findings.total or question.most:
        return told
    return f"{told} {texts.get('found.shown', count=shown, order=texts.get(f'order.{first}'))}"


def _tallied(findings: Findings, question: Question, texts: Texts) -> str:
    """How often each of several people is quoted."""
    named = findings.tally[: min(findings.named or NAMED, NAMED)]
    people = texts.list([texts.get("found.tally", name=each.name, count=each.quotations) for each in named])
    key = f"reply.{findings.verdict}" if len(named) == len(findings.tally) else "reply.most"
    voices = counted((each.kind for each in findings.tally), texts)
    return texts.get(key, people=people, voices=voices, scope=told_scope(question.scope, texts))


def told_topic(question: Question) -> str:
    """Return a topic as our own sentences tell it: without the marks that the question has round some of it."""
    return re.sub(rf"\s*[{DOUBLE}]\s*", " ", question.topic).strip()


def told_scope(scope: Scope, texts: Texts) -> str:
    """Return where and when, as it was asked, with the days that are meant where the words do not tell: " since …"."""
    days = {day for period in scope.periods for day in (period.after, period.before) if day}
    told = texts.list([" ".join(words.split()) for words in scope.told])
    lowered = told[:1].lower() + told[1:]
    if not days or re.search(r"\d{4}", told):
        return f" {lowered}" if told else ""
    return f" {lowered} ({', '.join(_days(period, texts) for period in scope.periods)})"


def _days(period: Period, texts: Texts) -> str:
    days = [texts.day(day) for day in dict.fromkeys((period.after, period.before)) if day]
    if len(days) == 1 and period.after != period.before:
        return texts.get("found.from" if period.after else "found.until", day=days[0])
    return " – ".join(days)


def _other_articles(find: Find) -> list[Elsewhere]:
    """Near-duplicates of a find's article with the same words, copies of it left out."""
    return [place for place in find.also if place.article.id != find.cached.article.id]
