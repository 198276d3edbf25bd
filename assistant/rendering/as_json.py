"""Quotations, articles and answers -> plain values for JSON, under the same keys wherever other programs read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from typing import Any, Final

from assistant.models import Answer, Citation, Elsewhere
from assistant.rendering.locations import file_name
from assistant.rendering.markdown import markdown
from index.catalog import Job
from index.corrections import Correction
from index.feeds.models import WatchedFeed
from index.ingestion import AddResult
from index.jobs.results import results_of
from index.models import Article, ArticleCard, KnownPerson, Listing, Mention, Passage, Quotation, Statement
from index.quotations.certainty import certainty

_PASSAGE: Final = {known.name: None for known in fields(Quotation)} | {"kind": "passage"}


def quotation_json(article: ArticleCard, said: Quotation | Passage, quote: str) -> dict[str, Any]:
    """Return a quotation, or a passage that is cited like one, and what is known of its article.

    Each field of ``Quotation`` is a key of its name. ``quote`` is the article's text from start to end.
    """
    told = {"certainty": certainty(said) if isinstance(said, Quotation) else None}
    return {"article": article.key, "quote": quote} | _PASSAGE | asdict(said) | told | source_json(article)


def quotations_json(article: Article, quotations: Iterable[Quotation]) -> list[dict[str, Any]]:
    """Return the quotations of one article."""
    return [quotation_json(article, said, article.text[said.start : said.end]) for said in quotations]


def statement_json(statement: Statement) -> dict[str, Any]:
    """Return a quotation of a list."""
    return quotation_json(statement.article, statement.quotation, statement.quote)


def answer_json(answer: Answer, id: str | None, seconds: float) -> dict[str, Any]:
    """Return the answer as the JSON object that ``dixit ask --json`` prints on one line."""
    return {
        "id": id,
        "question": answer.question,
        "lang": answer.lang,
        "abstained": answer.abstained,
        "total": answer.total,
        "text": markdown(answer),
        "understood": answer.understood,
        "as_is": answer.as_is,
        "citations": [_citation_json(citation) for citation in answer.citations],
        "refusal": answer.refusal,
        "nearest": [_citation_json(citation) for citation in answer.nearest],
        "suggestions": list(answer.suggestions),
        "mentions": [
            {"name": mention.name, "articles": mention.articles, "quotations": mention.quotations}
            for mention in answer.mentions
        ],
        "seconds": round(seconds, 3),
    }


def listing_json(listing: Listing) -> dict[str, Any]:
    """Return an article in a list, without the place on this machine that it came from."""
    article = listing.article
    return {
        "id": article.id,
        "key": article.key,
        "title": article.title,
        "lang": article.lang,
        "published": _iso(article.published),
        "source": article.source,
        "author": article.author,
        "url": article.url,
        "quotations": listing.quotations,
        "form": article.form,
        "version": listing.version,
        "added_at": _iso(listing.added_at),
        "updated_at": _iso(listing.updated_at),
    }


def person_json(person: KnownPerson) -> dict[str, Any]:
    """Return somebody whom the articles name, or some body or place."""
    return asdict(person) | {"roles": list(person.roles)}


def mention_json(mention: Mention) -> dict[str, Any]:
    """Return a place that names somebody."""
    article = mention.article
    told = {"article": article.key, "start": mention.start, "end": mention.end, "words": mention.words}
    return told | {"name": mention.name} | source_json(article)


def correction_json(made: Correction) -> dict[str, Any]:
    """Return what a reader set right; not who did, whom an open page knows by an address alone."""
    return {name: value for name, value in asdict(made).items() if name != "by"} | {"at": _iso(made.at)}


def article_json(article: Article) -> dict[str, Any]:
    """Return all that is known of an article but its text."""
    return asdict(article.card) | {"published": _iso(article.published), "pages": article.pages, "times": article.times}


def _citation_json(cited: Citation) -> dict[str, Any]:
    said = cited.quotation or Passage(cited.article.id, cited.start, cited.end)
    return {
        **quotation_json(cited.article, said, cited.quote),
        "page": cited.page,
        "time": cited.time,
        "file": file_name(cited.article.origin),
        "also": [_elsewhere_json(place) for place in cited.also],
    }


def _elsewhere_json(place: Elsewhere) -> dict[str, Any]:
    told = {"article": place.article.key, "start": place.start, "end": place.end}
    return told | source_json(place.article)


def source_json(article: ArticleCard) -> dict[str, Any]:
    """Return where a quotation stands, as its readers name it."""
    return {
        "article_id": article.id,
        "title": article.title,
        "published": _iso(article.published),
        "source": article.source,
        "url": article.url,
        "lang": article.lang,
    }


def feed_json(feed: WatchedFeed) -> dict[str, Any]:
    """Return what is known of a watched feed; times are ISO 8601 in UTC."""
    return {
        "address": feed.address,
        "checked": feed.checked.isoformat(timespec="seconds") if feed.checked else None,
        "due": feed.due.isoformat(timespec="seconds"),
        "failure": str(feed.failure) if feed.failure else None,
        "failures": feed.failures,
        "unread": feed.unread,
        "news": [
            {"article_id": new.article_id, "title": new.title, "came": new.came.isoformat(timespec="seconds")}
            for new in feed.news
        ],
    }


def job_json(job: Job) -> dict[str, Any]:
    """Return what is known of a source that is queued; not who asked; times are ISO 8601 in UTC."""
    return {
        "job": job.id,
        "kind": job.kind,
        "name": job.name,
        "state": job.state,
        "attempts": job.attempts,
        "why": str(job.why) if job.why else None,
        "asked": job.asked.isoformat(timespec="seconds"),
        "due": job.due.isoformat(timespec="seconds"),
        "changed": job.changed.isoformat(timespec="seconds"),
        "results": [result_json(result) for result in results_of(job)],
    }


def result_json(result: AddResult) -> dict[str, Any]:
    """Return what became of a source, or of an article in it."""
    told = {"source": result.source, "outcome": result.outcome, "reason": str(result.reason) if result.reason else None}
    return told | {"article_id": result.article_id, "title": result.title}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
