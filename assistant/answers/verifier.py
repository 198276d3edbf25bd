"""Answer -> Answer: nothing leaves that the articles do not bear out."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import cache

from assistant.models import Answer, Citation
from index.catalog import Catalog
from index.errors import ArticleNotFound

log = logging.getLogger(__name__)


class Verifier:
    """Checks each citation against the stored article, whoever wrote the answer."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def verified(self, answer: Answer) -> bool:
        """Tell whether every citation is its article's exact slice, under the speaker that the catalog holds."""
        read = cache(self._read)  # each article once
        return all(_holds(citation, read(citation.article.id)) for citation in (*answer.citations, *answer.nearest))

    def outdated(self, answer: Answer) -> bool:
        """Tell whether a quotation of an earlier answer is somebody else's now, or none: a reader corrected it."""
        spoken, there = cache(self._spoken), cache(self._catalog.contains)  # each article once
        said = [citation for citation in answer.citations if citation.quotation is not None]
        return any(
            (cited.start, cited.end, cited.speaker) not in spoken(cited.article.id)
            for cited in said
            if there(cited.article.id)
        )

    def _spoken(self, article_id: str) -> set[tuple[int, int, str | None]]:
        return {(q.start, q.end, q.speaker) for q in self._catalog.quotations(article_id)}

    def _read(self, article_id: str) -> _Stored | None:
        try:
            text = self._catalog.article(article_id).text
        except ArticleNotFound:  # removed while the answer was being written
            return None
        return _Stored(text, self._spoken(article_id))


@dataclass(frozen=True, slots=True)
class _Stored:
    """An article's text, and its quotations: start, end, speaker."""

    text: str
    spoken: set[tuple[int, int, str | None]]


def _holds(citation: Citation, stored: _Stored | None) -> bool:
    if stored is None:
        return False
    place = (citation.start, citation.end)
    same_words = stored.text[slice(*place)] == citation.quote
    if same_words and (citation.speaker is None or (*place, citation.speaker) in stored.spoken):
        return True
    log.warning("citation not borne out: %s [%d:%d]", citation.article.key, *place)
    return False
