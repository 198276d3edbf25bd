"""What the page does, without its widgets: a visitor's deed in, what to show out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant import panel
from assistant.conversations import Conversations, Exchange, Verdict, turns
from assistant.followups import follow_ups
from assistant.messages import Message, messages, questions
from assistant.outcome import attempt
from assistant.pacing import paced
from assistant.visitor import Visitor
from assistant.words import words
from index.errors import ArticleNotFound
from index.ingestion import AddResult

if TYPE_CHECKING:
    from assistant.workspace import Workspace

Talk = tuple[list[Message], str]
"""The conversation as messages, and the questions to click below it."""


class Desk:
    """A reader's desk over a workspace: a conversation, articles, one of them open."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.conversations = Conversations()

    # The conversation

    def talk(self, visitor: Visitor) -> Talk:
        """Return the conversation as it stands, with what to ask next."""
        exchanges = self.conversations.of(visitor.id)
        return messages(exchanges, visitor.lang), self._next(exchanges, visitor.lang)

    def ask(self, question: str, visitor: Visitor) -> Iterator[Talk]:
        """Answer a question after those of the conversation; yields the conversation as it grows."""
        if question.strip():
            yield from self._answer(question.strip(), self.conversations.of(visitor.id), visitor)

    def ask_clicked(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[Talk]:
        """Answer the question that was clicked."""
        yield from self.ask(str(deed.get("question", "")), visitor)

    def retry(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[Talk]:
        """Answer a question of the conversation anew; what came after it is forgotten."""
        exchanges = self.conversations.of(visitor.id)
        number = _number(deed, exchanges)
        if number is not None:
            yield from self._answer(exchanges[number].question, exchanges[:number], visitor)

    def vote(self, deed: Mapping[str, Any], visitor: Visitor) -> list[Message]:
        """Keep what the visitor thinks of an answer; the same again takes it back."""
        exchanges = list(self.conversations.of(visitor.id))
        number = _number(deed, exchanges)
        if number is not None and (answer := exchanges[number].answer):
            wanted: Verdict = 1 if deed.get("vote") == "up" else -1
            verdict: Verdict = 0 if exchanges[number].vote == wanted else wanted
            with attempt("keeping a vote") as outcome:
                cited = dict.fromkeys(citation.article_id for citation in answer.citations)
                self.workspace.add_feedback(exchanges[number].question, list(cited), verdict)
            if not outcome.error:
                exchanges[number] = replace(exchanges[number], vote=verdict)
                self.conversations.keep(visitor.id, exchanges)
        return messages(exchanges, visitor.lang)

    def begin_anew(self, visitor: Visitor) -> Talk:
        """Forget the conversation."""
        self.conversations.keep(visitor.id, ())
        return self.talk(visitor)

    def _answer(self, question: str, earlier: Sequence[Exchange], visitor: Visitor) -> Iterator[Talk]:
        exchanges = [*earlier, Exchange(question)]

        def shown(growing: bool = True) -> Talk:
            self.conversations.keep(visitor.id, exchanges)
            asked = "" if growing else self._next(exchanges, visitor.lang)
            return messages(exchanges, visitor.lang, growing), asked or questions((), "page.next", visitor.lang)

        yield shown()
        with attempt("answering") as outcome:
            for answer in paced(self.workspace.reply(question, turns(earlier))):
                exchanges[-1] = Exchange(question, answer)
                yield shown()
        if outcome.error:
            exchanges[-1] = replace(exchanges[-1], failed=True)
        yield shown(growing=False)

    def _next(self, exchanges: Sequence[Exchange], lang: str) -> str:
        with attempt("suggesting questions"):
            if not exchanges:
                return questions(self.workspace.suggestions(lang), "page.try", lang)
            if answer := exchanges[-1].answer:
                cited = dict.fromkeys(citation.article_id for citation in answer.citations)
                quotations = [quotation for article in cited for quotation in self.workspace.quotations(article)]
                asked = [exchange.question for exchange in exchanges]
                return questions(follow_ups(answer, asked, quotations), "page.next", lang)
        return questions((), "page.next", lang)

    # The articles

    def shelf(self, visitor: Visitor) -> str:
        """Return the list of articles as it is now."""
        with attempt("listing the articles"):
            return panel.article_list(self.workspace.articles(), visitor.lang)
        return panel.notice("page.failed", visitor.lang)

    def open(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return an article for the panel, the cited words marked."""
        with attempt("opening an article") as outcome:
            article = self.workspace.article(str(deed["article"]))
            cited = (int(deed["start"]), int(deed["end"]))
            return panel.article_page(article, self.workspace.quotations(article.id), cited, visitor.lang)
        missing = isinstance(outcome.error, ArticleNotFound)
        return panel.notice("panel.gone" if missing else "page.failed", visitor.lang)

    def remove(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Remove an article; return what to show in the panel instead."""
        with attempt("removing an article"):
            self.workspace.remove(str(deed["article"]))
            return panel.notice("panel.empty", visitor.lang)
        return panel.notice("page.failed", visitor.lang)

    def add_files(self, paths: Sequence[str], visitor: Visitor) -> Iterator[str]:
        """Add files one by one; yields what became of each so far."""
        lang, results = visitor.lang, list[AddResult]()
        for done, path in enumerate(paths):
            yield panel.progress(results, done, len(paths), path, lang)
            with attempt(f"adding {path!r}") as outcome:
                results += self.workspace.add([Path(path)], uploaded=True)
            if outcome.error:
                sorry = words(lang).say("adding.failed", name=panel.short_name(path))
                results.append(AddResult(path, "refused", sorry))
        yield panel.progress(results, len(paths), len(paths), None, lang)

    def add_text(self, title: str, text: str, visitor: Visitor) -> tuple[str, bool]:
        """Add a pasted text; return what became of it, and whether it went in."""
        if not text.strip():
            return panel.notice("adding.nothing", visitor.lang), False
        with attempt("adding a text"):
            result = self.workspace.add_text(text, title.strip() or None)
            return panel.progress([result], 1, 1, None, visitor.lang), result.outcome != "refused"
        return panel.notice("page.failed", visitor.lang), False


def _number(deed: Mapping[str, Any], exchanges: Sequence[Exchange]) -> int | None:
    """Return which exchange of the conversation is meant, None when there is no such one."""
    given = str(deed.get("number", ""))
    return int(given) if given.isdecimal() and int(given) < len(exchanges) else None
