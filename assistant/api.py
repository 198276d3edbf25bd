"""What other programs call: plain values in, plain values out, over Gradio's API or as tools over MCP.

A parameter left empty keeps everything. What cannot be done is an error whose one line says what to do instead.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import cache, partial, wraps
from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, get_args

from anyio import CapacityLimiter, to_thread

from assistant.filters import article_filter, person_filter, statement_filter
from assistant.models import Turn
from assistant.rendering.as_json import (
    answer_json,
    correction_json,
    feed_json,
    job_json,
    listing_json,
    mention_json,
    person_json,
    result_json,
    statement_json,
)
from assistant.rendering.exact_search import counted_json, search_json
from assistant.search.exact_list import Match, lines_of
from assistant.server import request_ids
from assistant.server.calls import FAILED
from assistant.server.metrics import Metrics
from assistant.server.own_client import MARK
from assistant.server.rate_limits import Rates
from assistant.server.visitor import Request, Visitor, visiting
from index.catalog.jobs import STATES
from index.errors import IndexingError, shortened
from index.jobs.queue import Asker
from index.query.models import Order
from index.reason import Reason

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from index.ingestion import AddResult
    from index.models import Statement

log = logging.getLogger("dixit.programs")

COUNTED = {
    "ask": "ask",
    "find_quotations": "read",
    "search_articles": "read",
    "count_list": "read",
    "list_articles": "read",
    "list_people": "read",
    "list_mentions": "read",
    "list_corrections": "read",
    "list_feeds": "read",
    "list_jobs": "read",
    "add_article": "add",
    "watch_feed": "add",
    "check_feed": "add",
    "unwatch_feed": "add",
    "correct_quotation": "add",
    "correct_name": "add",
    "correct_article": "add",
    "undo_correction": "add",
}
"""The functions that a rate limits, each with the name of its rate."""
AT_ONCE = {"ask": 4, "add": 2, "read": 2}
"""How many calls of each kind run at a time; the page's questions count among those that ask.

What programs read does not hold up what visitors look at, which has a limit of its own.
"""

MOST_QUOTATIONS = 500
"""How many quotations one call returns; the rest comes with further calls."""
Lend = Callable[[Visitor], AbstractContextManager["Workspace"]]


MOST_JOBS = 500
"""How many jobs one call returns."""


class Programs:
    """A workspace as other programs see it."""

    def __init__(
        self,
        workspace: Workspace,
        rates: Rates,
        metrics: Metrics | None = None,
        lend: Lend | None = None,
        person: str = "",
    ) -> None:
        """Take the parts.

        Args:
            workspace: what is asked.
            rates: how often a person may ask.
            metrics: where what is asked is counted.
            lend: gives the workspace that a visitor asks in; without it, all ask in the one.
            person: who asks, as far as is known.
        """
        self._workspace = workspace
        self._lend = lend or (lambda _: nullcontext(workspace))
        self._rates = rates
        self._metrics = metrics or Metrics()
        self._person = person

    def endpoints(self) -> list[Callable[..., Any]]:
        """Return what can be called."""
        reading: list[Callable[..., Any]] = [
            self.ask, self.find_quotations, self.search_articles, self.count_list, self.list_articles,
            self.list_people, self.list_mentions, self.list_corrections, self.list_feeds,
            self.list_jobs,
        ]  # fmt: skip
        changing: list[Callable[..., Any]] = [
            self.add_article, self.watch_feed, self.check_feed, self.unwatch_feed,
            self.correct_quotation, self.correct_name, self.correct_article, self.undo_correction,
        ]  # fmt: skip
        return reading if self._workspace.read_only else [*reading, *changing]

    def call(self, endpoint: Callable[..., Any], values: Sequence[Any], person: str, over_mcp: bool) -> Any:
        """Return what an endpoint makes of its values, for an MCP client as one line of JSON; it counts for the person.

        Raises:
            IndexingError: it cannot be done, or not yet again.
        """
        if kind := COUNTED.get(endpoint.__name__):
            self._rates.count(kind, person)
        value = endpoint(*values)
        return json.dumps(value, ensure_ascii=False) if over_mcp else value

    def _call_for(self, visitor: Visitor, name: str, values: Sequence[Any], over_mcp: bool) -> Any:
        with self._lend(visitor) as workspace:
            own = Programs(workspace, self._rates, self._metrics, person=visitor.person)
            return own.call(getattr(own, name), values, visitor.person, over_mcp)

    def handlers(
        self, request_type: type, refusal: Callable[[str], Exception]
    ) -> Iterator[tuple[Callable[..., Any], str]]:
        """Yield what can be called as Gradio calls it, with a request of its type, each with its kind.

        ``refusal`` makes an error of Gradio's out of the line that is told to the program.
        """
        for endpoint in self.endpoints():
            yield self._handler(endpoint, request_type, refusal), COUNTED[endpoint.__name__]

    def _handler(
        self, endpoint: Callable[..., Any], request_type: type, refusal: Callable[[str], Exception]
    ) -> Callable[..., Any]:
        # Gradio's queue holds to it, but a direct call goes round the queue; made in the event loop that it belongs to
        limiter = cache(lambda: CapacityLimiter(AT_ONCE[COUNTED[endpoint.__name__]]))

        @wraps(endpoint)
        async def called(request: Request, *values: Any) -> Any:
            over_mcp = request.headers.get(MARK) == "mcp"  # the guard lets nobody else say so
            calling = partial(self._call_for, visiting(request), endpoint.__name__, values, over_mcp)
            with request_ids.within(request_ids.of(request)):
                try:
                    return await to_thread.run_sync(calling, limiter=limiter())
                except IndexingError as error:
                    raise refusal(str(error)) from error
                except Exception as error:  # noqa: BLE001 - a program is told in a line, whatever happens below
                    log.exception("calling %s failed", endpoint.__name__)
                    raise refusal(FAILED) from error

        # Gradio reads the signature and fills in the request
        own = [Parameter("request", Parameter.POSITIONAL_OR_KEYWORD), *signature(endpoint).parameters.values()]
        vars(called)["__signature__"] = signature(endpoint).replace(parameters=own)
        called.__annotations__ = {"request": request_type} | endpoint.__annotations__
        return called

    def ask(self, question: str, history: list[str] | None = None, as_is: bool = False) -> dict[str, Any]:
        """Answer a question from the articles, with the words that bear the answer out, or say that they do not say.

        Args:
            question: in French or English.
            history: earlier questions of the conversation, the oldest first.
            as_is: take the question as it stands, whatever was asked before.

        Returns:
            question, lang, abstained, text (Markdown), understood (the question made whole from earlier ones, or null),
            as_is, mentions, total (how many places answer) and citations, each with what find_quotations tells of
            a quotation, and page, time, file and also (where the same words stand in other articles). When the
            articles do not say: refusal (of which kind), nearest (what comes nearest, as citations), suggestions.
        """
        begun = time.perf_counter()
        answer = self._workspace.answer(question, [Turn(earlier) for earlier in history or []], as_is=as_is)
        self._metrics.answered(answer, time.perf_counter() - begun)
        told = answer_json(answer, None, 0.0)
        return {name: value for name, value in told.items() if name not in ("id", "seconds")}

    def find_quotations(
        self,
        search: str = "",
        speaker: str = "",
        outlet: str = "",
        since: str = "",
        until: str = "",
        limit: int = 100,
        offset: int = 0,
        source: str = "",
        person: int = 0,
    ) -> list[dict[str, Any]]:
        """Find what was said: the words as the article prints them, who said them, and where they stand.

        Args:
            search: words that the quotation, its speaker or its title holds; beginnings of words count.
            speaker: the speaker's whole name.
            outlet: what `source` was called before; it goes with the next release but one.
            since: the first day of publication, as 2026-01-31.
            until: the last day of publication, as 2026-01-31.
            limit: the most quotations to return, from 0 to 500; the newest articles' come first.
            offset: how many of the first to leave out; 500 for those that come after the first 500.
            source: the outlet's whole name.
            person: the speaker's id, as list_people tells, under whatever name articles quote them; 0: anybody.

        Returns:
            for each all that is known of it, as in a citation: quote (as the article prints it), speaker, kind, cue,
            and so on, its article (the key) with start and end in it, article_id, title, published, source, url and
            lang; words and key are quote and article by their former names.

        Raises:
            IndexingError: a day is not written as one, or limit or offset is out of range.
        """
        first, most = _page(limit, offset)
        _require_day("since", since)
        _require_day("until", until)
        fields = {"search": search, "speaker": speaker, "source": source or outlet, "since": since, "until": until}
        said = self._workspace.said(statement_filter(fields | {"person": int(person) or None}))
        return [statement_json(statement) | _former(statement) for statement in said[first : first + most]]

    def search_articles(self, query: str, limit: int = 20, offset: int = 0, order: str = "newest") -> dict[str, Any]:
        """Find the articles whose whole texts hold words exactly, with each place and the sentence around it.

        Args:
            query: words, all of which must be there; "a phrase"; AND, OR, NOT and brackets; NEAR(a b, 5); begin*;
                title:, author:, outlet:, speaker:, text:, quoted: (within quotations), date:, since:, until: and
                language: before what a field must hold.
            limit: the most articles to return, from 0 to 500.
            offset: how many of the first to leave out.
            order: "newest" first, or "relevance": those first that hold most of it for their length.

        Returns:
            query, articles and hits (how many of each there are) and found: for each article what is known of it, its
            hits, and excerpts, each a sentence (text, from start on) with its places (start, end, quote); further:
            the places that no excerpt shows.

        Raises:
            IndexingError: the query cannot be read, limit or offset is out of range, or order is none.
        """
        first, most = _page(limit, offset)
        if order not in get_args(Order):
            raise IndexingError(f"order: {order[:50]!r} is none. Give newest or relevance.")
        return search_json(self._workspace.search(query, most, first, order))  # type: ignore[arg-type]

    def count_list(self, lines: list[str], match: str = "phrase") -> list[dict[str, Any]]:
        """Look for each name or claim of a list in the whole texts of the articles, and count.

        Args:
            lines: names, claims or queries (see search_articles), at most 1000.
            match: how a line that is no query is looked for: "phrase", as it stands, or "words", by all its words
                wherever they stand in an article.

        Returns:
            for each line: line, query (which finds the same), articles and hits (how many hold it, and places in
            them), first (the newest articles, each with its first excerpt) and refused (why the line could not be
            looked for, or null).

        Raises:
            IndexingError: the list is empty or too long, or match is none.
        """
        if match not in get_args(Match):
            raise IndexingError(f"match: {match[:50]!r} is none. Give phrase or words.")
        counted = self._workspace.count_lines(lines_of("\n".join(lines)), match)  # type: ignore[arg-type]
        return [counted_json(each) for each in counted]

    def list_articles(
        self, search: str = "", outlet: str = "", lang: str = "", source: str = ""
    ) -> list[dict[str, Any]]:
        """List the articles, the newest first, each with the number of quotations found in it and its version.

        Args:
            search: words that a passage of the article or its title holds; beginnings of words count.
            outlet: what `source` was called before; it goes with the next release but one.
            lang: ISO 639-1 code of the article's language.
            source: the outlet's whole name.
        """
        fields = {"search": search, "source": source or outlet, "lang": lang}
        return [listing_json(listing) for listing in self._workspace.listings(article_filter(fields))]

    def list_people(
        self,
        called: str = "",
        limit: int = 100,
        offset: int = 0,
        search: str = "",
        kind: str = "",
        order: str = "quoted",
    ) -> list[dict[str, Any]]:
        """List the people, bodies and places that the articles name, whether they are quoted or not.

        Args:
            called: a whole name, or a role as articles print it ("the mayor of Hask"); what follows is left aside then.
            limit: the most to return, from 0 to 500.
            offset: how many of the first to leave out; 500 for those that come after the first 500.
            search: a part of the name or of a role, in whatever case and accents.
            kind: "person", "body" or "place".
            order: "quoted" (those with most quotations first), "mentioned" (those with most mentions) or "name".

        Returns:
            for each id (a quotation's speaker_id), name, kind, gender, roles, articles, mentions and quotations.

        Raises:
            IndexingError: limit or offset is out of range.
        """
        first, most = _page(limit, offset)
        workspace, fields = self._workspace, {"search": search, "kind": kind, "order": order}
        found = workspace.people_called(called) if called.strip() else workspace.everyone(person_filter(fields))
        return [person_json(person) for person in found[first : first + most]]

    def list_mentions(self, person: int, limit: int = 100, offset: int = 0) -> list[dict[str, Any]]:
        """List the places where the articles name somebody or call them by a role, the newest article's first.

        Args:
            person: the id, as list_people tells; a quotation's speaker_id.
            limit: the most to return, from 0 to 500.
            offset: how many of the first to leave out; 500 for those that come after the first 500.

        Returns:
            for each its article (the key) with start and end in it, words (as the article prints them), name (the
            fullest form that the article gives), article_id, title, published, source and url.

        Raises:
            IndexingError: limit or offset is out of range.
        """
        first, most = _page(limit, offset)
        return [mention_json(place) for place in self._workspace.mentions(int(person))[first : first + most]]

    def add_article(self, text: str = "", title: str = "", url: str = "") -> dict[str, Any]:
        """Add an article, by its text or its address; from then on its quotations are found and asked about.

        Args:
            text: the article; it is kept exactly as it is.
            title: the text's headline; without one, its first line.
            url: instead of a text, the address that the article is fetched from; a feed's gives every entry's.

        Returns:
            outcome ("added", "unchanged" or "updated"), article_id and title; of a feed, those of the first entry.
            Where workers take articles in, outcome is "queued", and job the number by which list_jobs tells more.

        Raises:
            IndexingError: both are given, or neither, or nothing at the address can be read.
        """
        if bool(text.strip()) == bool(url.strip()):
            raise IndexingError("Give either a text or a url.")
        if self._workspace.has_workers:
            return self._queued(text, title, url.strip())
        result = self._fetched(url) if url.strip() else self._workspace.add_text(text, title or None)
        return {"outcome": result.outcome, "article_id": result.article_id, "title": result.title}

    def list_jobs(self, job: int = 0, state: str = "") -> list[dict[str, Any]]:
        """List the sources that were queued for workers, in the order they came, at most the latest 500.

        Args:
            job: the number of one, as add_article told; 0: all.
            state: "waiting", "at_work", "done", "refused" (there is nothing in it to be read) or "failed" (it was tried
                too often); empty: all.

        Returns:
            for each job (its number), kind, name, state, attempts, why (it was refused, failed or is tried again, else
            null), asked, due and changed (times), and results, for each article source, outcome, reason, article_id
            and title.

        Raises:
            IndexingError: state is none.
        """
        if state and state not in STATES:
            raise IndexingError(f"state: {state[:50]!r} is none. Give one of {', '.join(STATES)}.")
        table = self._workspace.queue.table
        found = filter(None, [table.job(int(job))]) if job else table.jobs(most=MOST_JOBS)
        return [job_json(each) for each in found if state in ("", each.state)]

    def list_feeds(self) -> list[dict[str, Any]]:
        """List the feeds that are watched, by address: when each is looked at, what came in, what went wrong.

        Returns:
            for each its address, checked (when it was last read, or null), due (when it is looked at next), failure
            (why the latest look failed, or null), failures (how many in a row), unread (entries that were refused)
            and news (what came in from it, the latest first: article_id, title, came).
        """
        return [feed_json(feed) for feed in self._workspace.feeds()]

    def watch_feed(self, url: str) -> list[dict[str, Any]]:
        """Watch a feed from now on: what stands in it is added, and what comes later while the page is served.

        Args:
            url: the feed's address.

        Returns:
            for each of its entries source (the entry's address), outcome ("added", "updated", "refused" or "noted"),
            reason (of a refusal or a note, else null), article_id and title; nothing of those that were in.

        Raises:
            IndexingError: it cannot be fetched, is no feed, is watched already, or would be one too many.
        """
        watched = len(self._workspace.feeds())
        results = list(self._workspace.feed_watching().watch(url))
        if len(self._workspace.feeds()) == watched:
            raise IndexingError(f"{shortened(url)}: {results[-1].reason}")
        return [result_json(result) for result in results]

    def check_feed(self, url: str = "") -> list[dict[str, Any]]:
        """Look at a watched feed now, instead of when it is due, and add what is new in it.

        Args:
            url: the feed's address, as list_feeds tells; empty: all that are watched.

        Returns:
            what watch_feed returns, of what is new; a feed that cannot be read is a row of its own, refused.

        Raises:
            IndexingError: no such feed is watched.
        """
        watching = self._workspace.feed_watching()
        addresses = [url] if url.strip() else [feed.address for feed in watching.feeds()]
        results = [result for address in addresses for result in watching.check(address)]
        for result in results:
            if result.reason == Reason("not_watched"):
                raise IndexingError(f"{shortened(url)}: {result.reason}")
        return [result_json(result) for result in results]

    def unwatch_feed(self, url: str) -> dict[str, Any]:
        """Watch a feed no more; its articles stay.

        Args:
            url: the feed's address, as list_feeds tells.

        Returns:
            url, and outcome: "removed".

        Raises:
            IndexingError: no such feed is watched.
        """
        if not self._workspace.feed_watching().unwatch(url):
            raise IndexingError(f"{shortened(url)}: {Reason('not_watched')}")
        return {"url": url, "outcome": "removed"}

    def list_corrections(self, article_id: str = "") -> list[dict[str, Any]]:
        """List what readers set right, the earliest first.

        Args:
            article_id: the article; what holds in every one is listed with it. Empty: all.

        Returns:
            for each its id, kind, article_id (null: every article), start, end and words (as they stood), name (who
            was read), value (what holds instead; null: nobody, nothing), read, by and at.
        """
        return [correction_json(made) for made in self._workspace.corrections(article_id or None)]

    def correct_quotation(
        self,
        article_id: str,
        start: int,
        end: int,
        change: str = "speaker",
        speaker: str = "",
        new_start: int = 0,
        new_end: int = 0,
    ) -> dict[str, Any]:
        """Set right what was read of a quotation; it holds when the article is read again.

        Args:
            article_id: the article.
            start: of the quotation, as find_quotations tells.
            end: of the quotation.
            change: "speaker", "not_quotation", "span" for other ends, or "quotation": the words from start to end,
                which were not read as one, are one.
            speaker: with "speaker" or "quotation", who said the words; empty: nobody who is named.
            new_start: with "span", where the words begin.
            new_end: with "span", one past their last character.

        Returns:
            the correction, as list_corrections tells of it.

        Raises:
            IndexingError: there is no such quotation, or the change cannot be.
        """
        correcting, said = self._workspace.correcting(), (article_id, int(start), int(end))
        if change == "span":
            return correction_json(correcting.set_span(said, int(new_start), int(new_end)))
        if change == "not_quotation":
            return correction_json(correcting.drop(said))
        if change == "quotation":
            return correction_json(correcting.add(said, speaker.strip() or None))
        if change != "speaker":
            raise IndexingError(f"change: {change[:50]!r} is none. Give speaker, quotation, not_quotation or span.")
        return correction_json(correcting.set_speaker(said, speaker.strip() or None))

    def correct_name(self, name: str, becomes: str, article_id: str = "") -> dict[str, Any]:
        """Let whoever is read under a name go by another, so that two names become one.

        Args:
            name: as quotations tell it.
            becomes: the name that holds; it may be another speaker's.
            article_id: only in this article, where the name is somebody else's; empty: in all, and in those to come.

        Returns:
            the correction, as list_corrections tells of it.

        Raises:
            IndexingError: nobody is called so.
        """
        return correction_json(self._workspace.correcting().rename(name, becomes, article_id or None))

    def correct_article(self, article_id: str, field: str, value: str = "") -> dict[str, Any]:
        """Set right what is known of an article.

        Args:
            article_id: the article.
            field: "title", "source" (the outlet), "author" or "published" (a day, as 2026-01-31).
            value: what holds; empty: nothing is known.

        Returns:
            the correction, as list_corrections tells of it.

        Raises:
            IndexingError: there is no such article or field, or the value is none of it.
        """
        return correction_json(self._workspace.correcting().edit(article_id, field, value or None))

    def undo_correction(self, number: int) -> dict[str, Any]:
        """Take a correction back: what was read holds again.

        Args:
            number: its id, as list_corrections tells.

        Returns:
            the correction that is no more.

        Raises:
            IndexingError: there is none of that id.
        """
        return correction_json(self._workspace.correcting().undo(int(number)))

    def _queued(self, text: str, title: str, url: str) -> dict[str, Any]:
        self._workspace.require_addable()
        queue, asker = self._workspace.queue, Asker(person=self._person, request=request_ids.current())
        job = queue.add_address(url, asker) if url else queue.add_text(text, title, asker)
        return {"outcome": "queued", "article_id": None, "title": title or None, "job": job}

    def _fetched(self, url: str) -> AddResult:
        results = list(self._workspace.add_address(url))
        for result in results:
            if result.article_id:
                return result
        reason = results[0].reason if results else "there is nothing at it. Give the address of a page."
        raise IndexingError(f"{results[0].source if results else url}: {reason}")


def _page(limit: int, offset: int) -> tuple[int, int]:
    """Return how many to leave out and how many to return."""
    if not 0 <= limit <= MOST_QUOTATIONS:
        raise IndexingError(
            f"limit: {limit} is not from 0 to {MOST_QUOTATIONS}. Ask for more with offset={MOST_QUOTATIONS}, and so on."
        )
    if offset < 0:
        raise IndexingError(f"offset: {offset} is less than 0. Give how many quotations to leave out.")
    return int(offset), int(limit)


def _require_day(name: str, given: str) -> None:
    try:
        date.fromisoformat(given or "2026-01-31")
    except ValueError:
        raise IndexingError(f"{name}: {given[:50]!r} is no day. Write it as 2026-01-31.") from None


def _former(statement: Statement) -> dict[str, Any]:
    """Return what the keys were called before; they go with the next release but one."""
    return {"key": statement.article.key, "words": statement.quote}
