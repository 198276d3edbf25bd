"""Answer -> Answer: nothing leaves that the articles do not bear out."""

from __future__ import annotations

import logging

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
        return all(self._holds(citation) for citation in answer.citations)

    def _holds(self, citation: Citation) -> bool:
        try:
            text = self._catalog.article(citation.article_id).text
        except ArticleNotFound:  # removed while the answer was being written
            return False
        same_words = text[citation.start : citation.end] == citation.quote
        if not (same_words and self._spoken(citation)):
            log.warning("citation not borne out: %s [%d:%d]", citation.article, citation.start, citation.end)
            return False
        return True

    def _spoken(self, citation: Citation) -> bool:
        if citation.speaker is None:
            return True
        return any(
            (q.start, q.end, q.speaker) == (citation.start, citation.end, citation.speaker)
            for q in self._catalog.quotations(citation.article_id)
        )
