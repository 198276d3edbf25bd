"""Where words come from, as a reader would look it up: the file, and the page or the time in it."""

from __future__ import annotations

import re
from bisect import bisect_right

from index.models import Article

_FILE = re.compile(r"[^\\/]+\.[A-Za-z]\w{1,7}$")


def file_name(origin: str | None) -> str | None:
    """Return the name of the file that an origin tells (see ``Article.origin``); None when it tells none.

    Of an entry that is a file itself, in an archive, it is the entry's name.
    """
    path, _, entry = (origin or "").removeprefix("upload:").partition("#")
    if "://" in path or path.startswith("sample:"):
        return None
    packed = None if "://" in entry else _FILE.search(entry)
    return packed[0] if packed else re.split(r"[\\/]", path)[-1] or None


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
