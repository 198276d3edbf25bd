"""Watched feeds in, HTML for the column of articles out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistant.rendering.template import page_html
from assistant.texts.catalogue import Texts, texts_of
from index.feeds.models import WatchedFeed

NAMED = 5
"""How many of the articles that came from a feed are named."""


def feed_list(feeds: Sequence[WatchedFeed], lang: str) -> str:
    """Return the feeds, each with when it was looked at, what came in and what went wrong, and a field for one more."""
    failures = {feed.address: feed.failure.told(lang) for feed in feeds if feed.failure}
    texts = texts_of(lang)
    days = {feed.checked for feed in feeds if feed.checked} | {feed.due for feed in feeds if feed.failure}
    days |= {entry.came for feed in feeds for entry in feed.news[:NAMED]}
    moments = {day: _moment(day, texts) for day in days}
    return page_html("feed_list", texts=texts, feeds=feeds, failures=failures, named=NAMED, moments=moments)


def _moment(when: datetime, texts: Texts) -> str:
    here = when.astimezone()
    return texts.get("feeds.moment", day=texts.day(here.date()), time=f"{here:%H:%M}")
