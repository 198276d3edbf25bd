"""What a visitor corrects: a deed in, the panel as it stands then out.

Nothing here raises: a failed event would leave the page's widgets unusable.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from assistant.filters import number_in, numbers_in
from assistant.page.article_view import article_page
from assistant.page.correction_forms import correction_forms, what
from assistant.page.notices import notice
from assistant.rendering.template import page_html
from assistant.server.failures import attempt
from assistant.server.rate_limits import Rates, TooOften
from assistant.server.visitor import Visitor
from assistant.texts.catalogue import texts_of
from index.corrections import FIELDS
from index.errors import ArticleNotFound, CorrectionRefused

if TYPE_CHECKING:
    from assistant.workspace import Workspace
    from index.corrections import Correction

_REFUSED: Final = "correcting.refused."


class ArticleReading:
    """The panel: an article to read, and to set right what was read in it."""

    def __init__(self, workspace: Workspace, rates: Rates) -> None:
        self.workspace = workspace
        self.rates = rates

    def open(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Return an article for the panel, the cited words marked."""
        return self._shown(str(deed.get("article")), _place(deed), visitor)

    def correct(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Set right who said words, that nobody did, or where they end."""
        article_id, cited = str(deed.get("article")), _place(deed)
        with attempt("correcting a quotation") as outcome:
            self.rates.count("add", visitor.person)
            made = self._corrected((article_id, *cited), deed, visitor)
            cited = _cited(made) or cited
        form = "added" if deed.get("change") == "quotation" else "quotation"
        return self._shown(article_id, cited, visitor, correction_told(outcome.error, form))

    def edit(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Set right what is known of an article."""
        article_id, cited = str(deed.get("article")), _place(deed)
        with attempt("correcting an article") as outcome:
            self.rates.count("add", visitor.person)
            article, correcting = self.workspace.article(article_id), self.workspace.correcting()
            for field in FIELDS:
                given = str(deed.get(field) or "").strip()
                if given != str(getattr(article, field) or ""):
                    correcting.edit(article_id, field, given or None, visitor.person)
        return self._shown(article_id, cited, visitor, correction_told(outcome.error, "article"))

    def undo(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Take corrections back, the last one first; return the article that is open, or that it is done."""
        article_id = str(deed.get("article") or "")
        with attempt("undoing a correction") as outcome:
            self.rates.count("add", visitor.person)
            for number in reversed(numbers_in(deed, "number") or [0]):
                self.workspace.correcting().undo(number)
        told = correction_told(outcome.error, "undo", "correcting.undone")
        if not article_id:
            return notice(told, visitor.lang)
        return self._shown(article_id, _place(deed), visitor, told)

    def merge(self, deed: Mapping[str, Any], visitor: Visitor) -> str:
        """Make two names one; return what was done, with a way back."""
        name, into = str(deed.get("name") or ""), str(deed.get("into") or "")
        with attempt("merging two names") as outcome:
            self.rates.count("add", visitor.person)
            made = self.workspace.correcting().rename(name, into, None, visitor.person)
            texts = texts_of(visitor.lang)
            return page_html("renamed", texts=texts, made=[(made.id, what(made, texts))], now=None, partly="")
        return notice(correction_told(outcome.error, "merge"), visitor.lang)

    def _corrected(self, said: tuple[str, int, int], deed: Mapping[str, Any], visitor: Visitor) -> Correction:
        correcting, change = self.workspace.correcting(), deed.get("change")
        if change == "not_quotation":
            return correcting.drop(said, visitor.person)
        near, speaker = number_in(deed, "near"), str(deed.get("speaker") or "").strip() or None
        if change == "span":
            place = correcting.find_words(said[0], _words(deed), said[1] if near is None else near)
            return correcting.set_span(said, *place, visitor.person)
        if change == "quotation":
            place = correcting.find_words(said[0], _words(deed), near)
            return correcting.add((said[0], *place), speaker, visitor.person)
        return correcting.set_speaker(said, speaker if change == "speaker" else None, visitor.person)

    def _shown(self, article_id: str, cited: tuple[int, int], visitor: Visitor, told: str = "") -> str:
        with attempt("opening an article") as outcome:
            article, texts = self.workspace.article(article_id), texts_of(visitor.lang)
            quotations = self.workspace.quotations(article_id)
            forms = None
            if self.workspace.may("correct"):
                made = self.workspace.corrections(article_id)
                known, done = self.workspace.speakers(), texts.get(told) if told else ""
                refused = (
                    told.removeprefix(_REFUSED) if told not in ("", "correcting.done", "correcting.undone") else ""
                )
                forms = correction_forms(article, quotations, cited, made, known, texts, done, refused)
            return article_page(article, quotations, cited, visitor.lang, forms)
        missing = isinstance(outcome.error, ArticleNotFound)
        return notice("panel.gone" if missing else "page.failed", visitor.lang)


def correction_told(error: Exception | None, of: str, done: str = "correcting.done") -> str:
    """Return the key of what a visitor is told of a correction; ``of``: what was to be corrected."""
    if error is None:
        return done
    if isinstance(error, TooOften):
        return "page.too_often"
    return _REFUSED + of if isinstance(error, CorrectionRefused) else "page.failed"


def _words(deed: Mapping[str, Any]) -> str:
    return str(deed.get("words") or "").replace("\r\n", "\n").strip()


def _cited(made: Correction) -> tuple[int, int] | None:
    """Return where the words stand that a correction moved or made a quotation; None: it did neither."""
    if made.start is None or made.end is None:
        return None
    if made.kind == "span":
        start = made.start + (made.offset or 0)
        return start, start + len(made.value or "")
    return (made.start, made.end) if made.kind == "quotation" else None


def _place(deed: Mapping[str, Any]) -> tuple[int, int]:
    return number_in(deed, "start") or 0, number_in(deed, "end") or 0
