"""A place in an article's text -> the page it is on, or the time at which it is said."""

from __future__ import annotations

from bisect import bisect_right

from index.models import Article


def page_at(article: Article, at: int) -> int | None:
    """Return the page that a place in an article's text is on, the first is 1; None when it has no pages."""
    return bisect_right(article.pages, at) or None


def time_at(article: Article, at: int) -> str | None:
    """Return when a place in an article's text is said, "00:12:34"; None when it is of no recording."""
    cue = bisect_right(article.times, at, key=lambda time: time[0])
    if not cue:
        return None
    minutes, seconds = divmod(article.times[cue - 1][1], 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"
