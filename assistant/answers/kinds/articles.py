"""Which articles quote or mention somebody, or tell of something, and how many they are."""

from __future__ import annotations

from assistant.answers.findings import Findings, Verdict
from assistant.answers.order import newest, oldest
from assistant.answers.sources import Sources
from assistant.question import Question
from assistant.search.retriever import Search

MOST = 10


def find(question: Question, search: Search, sources: Sources) -> Findings:
    """Find the articles, the newest first, each with the sentence of it that tells most of what is asked."""
    found, total = sources.articles(question, search, question.most or MOST)
    if not found:
        return Findings("silent")
    ordered = oldest(found) if question.order == "oldest" else newest(found)
    verdict: Verdict = "quoting" if question.people else "mentioning" if question.topic.strip() else "articles"
    person = question.people[0] if question.people else None
    return Findings(verdict, sources.once(ordered, question.most or MOST), person, total=total)
