"""Whether somebody spoke at all, asked after other questions: the sentence shown that says that they did not."""

from __future__ import annotations

from assistant.answers.findings import Findings
from assistant.answers.kinds.check import ANY_WORDS
from assistant.answers.refusals import declined
from assistant.answers.sources import Sources
from assistant.question import Conversation, Question


def silence(question: Question, conversation: Conversation, sources: Sources) -> Findings | None:
    """Return that somebody did not speak, as the articles shown tell: "Did he comment?"; None: they do not tell it."""
    if not question.people or question.act not in ANY_WORDS or not _claims_nothing(question, conversation):
        return None
    person, search = question.people[0], sources.search(question)
    silent = declined(person, search, sources)
    shown = tuple(find for find in silent if find.cached.article.id in conversation.articles)
    return Findings("declined", shown, person) if shown else None


def _claims_nothing(question: Question, conversation: Conversation) -> bool:
    """Tell whether a question claims nothing of its own: its topic is that of the question before, or none."""
    before = conversation.answered
    return not question.topic.strip() or (before is not None and question.topic == before.topic)
