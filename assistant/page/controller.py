"""What the page does with articles that are in, without its widgets: a visitor's action in, what to show out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from assistant.answers.first_questions import sample_articles, sample_questions
from assistant.answers.suggestions import follow_ups
from assistant.filters import article_filter, number_in, statement_filter
from assistant.members import Registry
from assistant.models import Answer
from assistant.page.adding import ArticleAdding
from assistant.page.article_list import SHOWN, article_form, article_list
from assistant.page.chat_view import Message, invitation, messages, questions, unanswered
from assistant.page.conversations import Conversations
from assistant.page.correcting import ArticleReading
from assistant.page.exchange import Exchange, Verdict, turns
from assistant.page.exports import SETS, as_html, conversation_markdown, statements_csv
from assistant.page.feeds import FeedReading
from assistant.page.members import MemberReading
from assistant.page.notices import failed, notice
from assistant.page.people import PeopleReading
from assistant.page.people_list import person_form
from assistant.page.queueing import QueueAdding
from assistant.page.quotation_table import PAGE, statement_form, statement_table
from assistant.page.searching import ExactSearching
from assistant.question.length import LONGEST, MOST_EARLIER, QuestionTooLong, require_askable
from assistant.server.failures import attempt, shown_on_failure
from assistant.server.metrics import Metrics
from assistant.server.rate_limits import Rates
from assistant.server.uploads import Uploads
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of
from index.catalog import ArticleFilter

if TYPE_CHECKING:
    from assistant.workspace import Workspace

ConversationView = tuple[list[Message], str]
"""The conversation as messages, and the questions to click below it."""
PACE = 0.05
"""Seconds between two shown states of an answer: a browser needs about 10 ms for each."""


class PageController:
    """What one visitor does with a workspace: a conversation, articles, one of them open."""

    def __init__(
        self,
        workspace: Workspace,
        rates: Rates,
        uploads: Uploads | None = None,
        metrics: Metrics | None = None,
        workspaces: Callable[[Visitor], Sequence[str]] = lambda _: (),
        registry: Registry | None = None,
    ) -> None:
        """``workspaces``: tells between which a visitor may choose; ``registry``: who is a member of which."""
        self.workspace = workspace
        self.workspaces = workspaces
        self.rates = rates
        self.metrics = metrics or Metrics()
        self.conversations = Conversations(workspace.records)
        adding = QueueAdding if workspace.has_workers else ArticleAdding
        self.adding: ArticleAdding = adding(workspace, rates, uploads)
        self.feeds = FeedReading(workspace, self.adding)
        self.reading = ArticleReading(workspace, rates)
        self.searching = ExactSearching(workspace, rates)
        self.people = PeopleReading(workspace, rates)
        self.members = MemberReading(registry)
        parts = (self, self.adding, self.feeds, self.reading, self.searching, self.people, self.members)
        self._parts: dict[type, object] = {type(part): part for part in parts}

    def part(self, kind: type) -> object:
        """Return the part of a kind."""
        return self._parts[kind]

    # The conversation

    def conversation(self, visitor: Visitor) -> ConversationView:
        """Return the conversation as it stands, with what to ask next."""
        exchanges = self.conversations.of(visitor.id)
        return messages(exchanges, visitor.lang), self._next(exchanges, visitor.lang)

    def ask(self, question: str, visitor: Visitor) -> Iterator[ConversationView]:
        """Answer a question after those of the conversation; yields the conversation as it grows."""
        if question.strip():
            yield from self._answer(Exchange(question.strip()), self.conversations.of(visitor.id), visitor)

    def ask_clicked(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[ConversationView]:
        """Answer the question that was clicked, which leans on nothing that was asked before."""
        if question := str(deed.get("question", "")).strip():
            yield from self._answer(Exchange(question, whole=True), self.conversations.of(visitor.id), visitor)

    def retry(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[ConversationView]:
        """Answer a question of the conversation again; what came after it is forgotten."""
        exchanges = self.conversations.of(visitor.id)
        number = _number(deed, exchanges)
        if number is not None:
            exchange = Exchange(exchanges[number].question, whole=exchanges[number].whole)
            yield from self._answer(exchange, exchanges[:number], visitor)

    def take_as_it_stands(self, deed: Mapping[str, Any], visitor: Visitor) -> Iterator[ConversationView]:
        """Answer a question of the conversation again, by itself; what came after it is forgotten."""
        exchanges = self.conversations.of(visitor.id)
        number = _number(deed, exchanges)
        if number is not None:
            yield from self._answer(Exchange(exchanges[number].question, whole=True), exchanges[:number], visitor)

    def vote(self, deed: Mapping[str, Any], visitor: Visitor) -> list[Message]:
        """Keep what the visitor thinks of an answer; the same again takes it back."""
        exchanges = self.conversations.of(visitor.id)
        number = _number(deed, exchanges)
        if number is not None and (answer := exchanges[number].answer):
            wanted: Verdict = 1 if deed.get("vote") == "up" else -1
            verdict: Verdict = 0 if exchanges[number].vote == wanted else wanted
            with attempt("keeping a vote"):
                cited = dict.fromkeys(citation.article.id for citation in answer.citations)
                self.workspace.add_feedback(exchanges[number].question, list(cited), verdict)
                self.conversations.vote(visitor.id, number, verdict)
        return messages(self.conversations.of(visitor.id), visitor.lang)

    def answering(self, visitor: Visitor) -> bool:
        """Tell whether a question of the visitor's is being answered."""
        return self.conversations.growing(visitor.id)

    def stop(self, visitor: Visitor) -> None:
        """Leave the answer that is growing as it stands."""
        self.conversations.stop(visitor.id)

    def begin_anew(self, visitor: Visitor) -> ConversationView:
        """Forget the conversation."""
        self.conversations.forget(visitor.id)
        return self.conversation(visitor)

    def _answer(self, asked: Exchange, earlier: Sequence[Exchange], visitor: Visitor) -> Iterator[ConversationView]:
        with attempt("asking") as outcome:
            require_askable(asked.question)
            self.rates.count("ask", visitor.person)
        if outcome.error:
            shown, below = self.conversation(visitor)
            why = "page.too_long" if isinstance(outcome.error, QuestionTooLong) else "page.too_often"
            told = texts_of(visitor.lang).get(why, most=LONGEST)
            yield [*shown, *unanswered(asked.question[:LONGEST], told)], below
            return
        place = self.conversations.begin(visitor.id, asked, earlier)
        yield self._growing(visitor)
        exchange = replace(asked, growing=True)
        with attempt("answering") as outcome:
            before = turns(earlier)[-MOST_EARLIER:]
            answers = self.workspace.reply(asked.question, before, visitor.lang, as_is=asked.whole)
            for answer in _paced(self.metrics.measured(answers)):
                exchange = replace(exchange, answer=answer)
                if not self.conversations.grow(place, exchange):
                    break
                yield self._growing(visitor)
        self.conversations.grow(place, replace(exchange, growing=False, failed=outcome.error is not None))
        yield self.conversation(visitor)

    def _growing(self, visitor: Visitor) -> ConversationView:
        exchanges = self.conversations.of(visitor.id)
        return messages(exchanges, visitor.lang, growing=True), questions((), "page.next", visitor.lang)

    @shown_on_failure("suggesting questions", lambda self, exchanges, lang: questions((), "page.next", lang))
    def _next(self, exchanges: Sequence[Exchange], lang: str) -> str:
        if not exchanges:
            return self._first(lang)
        answer, asked = exchanges[-1].answer, [exchange.question for exchange in exchanges]
        return questions(self._after(answer, asked) if answer else (), "page.next", lang)

    def _first(self, lang: str) -> str:
        if not self.workspace.facets().articles and self.workspace.may("add"):
            return invitation(sample_articles(), sample_questions(lang), lang)
        return questions(self.workspace.suggestions(lang), "page.try", lang)

    def _after(self, answer: Answer, asked: Sequence[str]) -> list[str]:
        cited = dict.fromkeys(citation.article.id for citation in answer.citations)
        quotations = [quotation for article in cited for quotation in self.workspace.quotations(article)]
        first = self.workspace.suggestions(answer.lang) if answer.abstained else []
        return follow_ups(answer, asked, quotations, first)

    @shown_on_failure("exporting the conversation", lambda self, deed, visitor: "")
    def export_conversation(self, deed: object, visitor: Visitor) -> str:
        """Return the conversation as a file."""
        exchanges = self.conversations.of(visitor.id)
        answers = [exchange.answer for exchange in exchanges if exchange.answer]
        cited = {citation.article.id for answer in answers for citation in answer.citations}
        listings = self.workspace.listings(ArticleFilter(ids=tuple(cited))) if cited else []
        return as_html(conversation_markdown(exchanges, listings, visitor.lang), time.monotonic_ns())

    # Who said what

    @shown_on_failure("listing the quotations", failed)
    def list_statements(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the quotations that pass the filter."""
        shown = number_in(deed, "shown") or PAGE
        found = self.workspace.said(statement_filter(deed))
        return statement_table(
            found, shown, visitor.lang, self.workspace.in_context, correctable=self.workspace.may("correct")
        )

    @shown_on_failure("exporting the quotations", lambda self, deed, visitor: "")
    def export_statements(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the quotations that pass the filter as a file."""
        statements = self.workspace.in_context(self.workspace.said(statement_filter(deed)))
        made = SETS.get(str(deed.get("format")), statements_csv)
        return as_html(made(statements, visitor.lang), time.monotonic_ns())

    # The articles

    @shown_on_failure("listing what to filter by", lambda self, visitor: (notice("page.failed", visitor.lang),) * 3)
    def forms(self, visitor: Visitor) -> tuple[str, str, str]:
        """Return the filters of articles, of quotations and of names, for what there is to filter now."""
        facets, lang = self.workspace.facets(), visitor.lang
        return article_form(facets, lang), statement_form(facets, lang), person_form(facets, lang)

    @shown_on_failure("listing the articles", failed)
    def list_articles(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return the articles that pass the filter."""
        total, shown = self.workspace.facets().articles, number_in(deed, "shown") or SHOWN
        found, removable = self.workspace.listings(article_filter(deed)), self.workspace.may("correct")
        return article_list(found, total, visitor.lang, shown, removable)


def _paced(answers: Iterable[Answer]) -> Iterator[Answer]:
    """Yield the answers that come at least ``PACE`` after the last one shown, and the last of all."""
    waiting, shown = None, 0.0
    for waiting in answers:
        if time.monotonic() - shown >= PACE:
            yield waiting
            waiting, shown = None, time.monotonic()
    if waiting:
        yield waiting


def _number(deed: Mapping[str, Any], exchanges: Sequence[Exchange]) -> int | None:
    """Return which exchange of the conversation is meant, None when there is no such one."""
    number = number_in(deed, "number")
    return number if number is not None and number < len(exchanges) else None
