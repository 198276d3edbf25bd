"""Where words come from, as a reader would look it up: the file, and the page or the time in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from urllib.parse import quote

from assistant.rendering.byline import Said
from index.models import Article, ArticleCard

_FILE = re.compile(r"[^\\/]+\.[A-Za-z]\w{1,7}(?: \(\d+\))?$")

_ENDS = 4
"""Words at each end of a quotation by which a browser finds it."""


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


def web_address(article: ArticleCard) -> str | None:
    """Return the article's address if a browser may open it, which "javascript:" and the like may not be."""
    url = article.url or ""
    return url if re.fullmatch(r"https?://[^\s<>\"]+", url, re.IGNORECASE) else None


def place_link(said: Said) -> str | None:
    """Return an address that opens the article at its words, in a browser that can find words; None: it has no address.

    The words stand in it as a text fragment (https://wicg.github.io/scroll-to-text-fragment/): the first, the last.
    """
    url, words = web_address(said.article), said.quote.split()
    if url is None or not words or "#" in url:
        return url
    ends = [words] if len(words) <= 2 * _ENDS else [words[:_ENDS], words[-_ENDS:]]
    fragment = ",".join(quote(" ".join(end), safe="", errors="replace").replace("-", "%2D") for end in ends)
    return f"{url}#:~:text={fragment}"
