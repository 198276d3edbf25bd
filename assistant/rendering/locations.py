"""Where words come from, as a reader would look it up: the file, the address."""

from __future__ import annotations

import re
from urllib.parse import quote

from assistant.rendering.byline import Said
from index.models import ArticleCard

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
