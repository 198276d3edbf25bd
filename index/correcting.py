"""Corrections in: what a reader sets right is kept, and applied at once to all that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from index.catalog import Catalog, Requoted, Vectors
from index.corrections import (
    FIELDS,
    Correction,
    CorrectionKind,
    corrected,
    edited,
    kind_called,
    quotation_called,
    require_span,
    require_words,
    span_called,
    without_marks,
    words_before,
)
from index.embedding.embedder import Embedder
from index.errors import CorrectionRefused, shortened
from index.ingestion import Ingestion
from index.models import Article, Quotation, Span, SpeakerKind
from index.reading import quotation_words
from index.typography import words
from index.vectors import VectorIndex

Said = tuple[str, int, int]
"""A quotation: its article's id, start and end."""
_Key = tuple[int, int, str | None]
LONGEST = 300
"""Characters of the longest name, title or outlet."""


class Correcting:
    """Sets right what was read, and takes that back."""

    def __init__(self, catalog: Catalog, vectors: VectorIndex, embedder: Embedder, ingestion: Ingestion) -> None:
        self._catalog = catalog
        self._vectors = vectors
        self._embedder = embedder
        self._ingestion = ingestion

    def find(self, article_id: str, said: str) -> Said:
        """Return where a quotation stands that is named by its place ("319-411") or by some of its words.

        Raises:
            CorrectionRefused: there is none such in the article, or several.
        """
        article = self._catalog.article(article_id)
        found = quotation_called(article, self._catalog.quotations(article_id), said)
        return article.id, found.start, found.end

    def find_words(self, article_id: str, wanted: str, near: int | None = None) -> Span:
        """Return where words stand that a quotation shall be, given by their place or as the article prints them.

        Args:
            article_id: the article.
            wanted: the words, or their place ("319-411").
            near: of several such places, the nearest to this one is meant; None: there must be one alone.

        Raises:
            CorrectionRefused: they do not stand there, or several times.
        """
        return span_called(self._catalog.article(article_id), wanted, near)

    def set_speaker(self, said: Said, name: str | None, by: str = "", kind: SpeakerKind | None = None) -> Correction:
        """Let somebody else have said a quotation, or nobody who is named.

        Args:
            said: the quotation: its article's id, start and end.
            name: None: nobody is named.
            by: who says so.
            kind: what the speaker is; None: as known of that name, else a person.
        """
        article, quotation = self._quotation(*said)
        return self._keep(_about(article, quotation, "speaker", by, **self._speaker(article, name, kind)))

    def add(self, said: Said, name: str | None, by: str = "", kind: SpeakerKind | None = None) -> Correction:
        """Let words that were not read as a quotation be one.

        Args:
            said: where they stand: the article's id, start and end; marks around them are left out.
            name: who said them; None: nobody who is named.
            by: who says so.
            kind: what the speaker is; None: as known of that name, else a person.

        Raises:
            CorrectionRefused: they are not within the text, or reach into a quotation.
        """
        article = self._catalog.article(said[0])
        span = without_marks(article, said[1:])
        require_words(article, span, self._catalog.quotations(article.id))
        quotation = Quotation(article.id, *span, kind_called(article, span))
        return self._keep(_about(article, quotation, "quotation", by, **self._speaker(article, name, kind)))

    def drop(self, said: Said, by: str = "") -> Correction:
        """Let words be no quotation."""
        article, quotation = self._quotation(*said)
        return self._keep(_about(article, quotation, "not_quotation", by))

    def set_span(self, said: Said, start: int, end: int, by: str = "") -> Correction:
        """Let a quotation begin and end elsewhere.

        Raises:
            CorrectionRefused: that is not within the text, not of the same words, or reaches into another quotation.
        """
        article, quotation = self._quotation(*said)
        others = (each for each in self._catalog.quotations(article.id) if each != quotation)
        require_span(article, quotation, (start, end), others)
        told = {"value": article.text[start:end], "offset": start - quotation.start}
        return self._keep(_about(article, quotation, "span", by, **told))

    def rename(self, name: str, value: str, article_id: str | None = None, by: str = "") -> Correction:
        """Let whoever is read under a name be called otherwise, in every article or in one.

        Two names become one when the other name is somebody's already; one name two people's, in a single article.

        Raises:
            CorrectionRefused: nobody goes by that name there.
        """
        name, value = _line("name", name), _line("name", value)
        where = [self._catalog.article(article_id).id] if article_id else self._catalog.articles_with(name)
        kind = self._kind_of(value) or self._kind_of(name)
        correction = Correction("rename", article_id, name=name, value=value, speaker_kind=kind, by=by, at=_now())
        if (kept := self._change(where, correction, None)) is None:
            raise CorrectionRefused(f"{shortened(name)}: nobody there is called so. Write it as quotations tell it.")
        return replace(correction, id=kept)

    def edit(self, article_id: str, field: str, value: str | None, by: str = "") -> Correction:
        """Let an article have another title, outlet ("source"), author or day ("published"); None: none is known.

        Raises:
            CorrectionRefused: it is no field, or no value of it.
        """
        article = self._catalog.article(article_id)
        kind = next((each for each in FIELDS if each == field), None)
        if kind is None:
            raise CorrectionRefused(f"{shortened(field)}: no field of an article. Give one of {', '.join(FIELDS)}.")
        told = None if value is None or not value.strip() else _line(field, value)
        if kind == "title" and told is None:
            raise CorrectionRefused("title: an article has one. Give its headline.")
        if kind == "published":
            _require_day(told)
        before = getattr(article, kind)
        read = before.isoformat() if isinstance(before, date) else before
        return self._edit(article, Correction(kind, article_id, value=told, read=read, by=by, at=_now()), None)

    def undo(self, correction_id: int) -> Correction:
        """Take a correction back; what was read holds again, but for other corrections.

        Raises:
            CorrectionRefused: there is none of that number.
        """
        undone = next((each for each in self._catalog.corrections() if each.id == correction_id), None)
        if undone is None:
            raise CorrectionRefused(f"{correction_id}: no such correction. List them with `dixit correct list`.")
        if undone.kind in FIELDS and undone.article_id:
            article = self._catalog.article(undone.article_id)
            self._edit(article, replace(undone, value=undone.read), undone.id)
            return undone
        where = [undone.article_id] if undone.article_id else self._catalog.articles_with(undone.value or "")
        self._change(where, None, undone.id)
        return undone

    def _keep(self, correction: Correction) -> Correction:
        kept = self._change([correction.article_id or ""], correction, None)
        if kept is None:
            raise CorrectionRefused(f"{shortened(correction.value or '-')}: that is what is stored already.")
        return replace(correction, id=kept)

    def _change(self, article_ids: Sequence[str], made: Correction | None, undone: int | None) -> int | None:
        """Keep a correction or forget one; return its id, None when one that is made would change nothing.

        What another process or thread changed meanwhile is taken into account.
        """
        kept = None
        while kept is None:
            revisions = self._catalog.revisions(article_ids)
            told = [self._requoted(each, revisions[each], made, undone) for each in article_ids if each in revisions]
            changed = [each for each in told if each is not None]
            if made and not changed:
                return None
            kept = self._catalog.correct(made, undone, changed)
        self._vectors.sync()
        return kept

    def _edit(self, article: Article, made: Correction, undone: int | None) -> Correction:
        article = edited(article, [made])
        reading = self._ingestion.read(article) if made.kind == "title" else None  # it has a say in what is found
        kept = self._catalog.edit(article, None if undone else made, undone, reading)
        self._vectors.sync()
        return replace(made, id=kept or undone or 0)

    def _requoted(self, article_id: str, revision: int, made: Correction | None, undone: int | None) -> Requoted | None:
        """Return what an article quotes with one correction more or less; None: what is stored."""
        article, found = self._catalog.article(article_id), self._catalog.as_read(article_id)
        kept = [each for each in self._catalog.corrections(article_id) if each.id != undone]
        last = [replace(made, id=kept[-1].id + 1 if kept else 1)] if made else []
        told = corrected(article, found, [*kept, *last])
        stored = self._catalog.statements(articles=[article_id])
        held = {replace(said, speaker_id=None): vector for said, vector in stored}
        if held.keys() == set(told.quotations) and list(told.people) == self._catalog.people_in(article_id):
            return None
        vectors = self._vectors_of(article, told.quotations, {_key(said): vector for said, vector in held.items()})
        return Requoted(article, revision, told.quotations, vectors, told.people, None if told == found else found)

    def _vectors_of(self, article: Article, quotations: Sequence[Quotation], known: dict[_Key, Vectors]) -> Vectors:
        """Return the vector of each quotation: the known one of the same words and speaker, else a new one."""
        fresh = [said for said in quotations if _key(said) not in known]
        if fresh:
            embedded = self._embedder.embed_passages([quotation_words(article, said) for said in fresh])
            known |= dict(zip(map(_key, fresh), embedded, strict=True))
        vectors = [known[_key(said)] for said in quotations]
        return np.stack(vectors) if vectors else np.empty((0, self._embedder.dimensions), np.float32)

    def _quotation(self, article_id: str, start: int, end: int) -> tuple[Article, Quotation]:
        article = self._catalog.article(article_id)
        for said in self._catalog.quotations(article_id):
            if (said.start, said.end) == (start, end):
                return article, said
        raise CorrectionRefused(
            f"{start} to {end}: no quotation of {shortened(article.key)}. List them with `dixit show --json`."
        )

    def _speaker(self, article: Article, name: str | None, kind: SpeakerKind | None) -> dict[str, Any]:
        """Return what a correction keeps of who said words."""
        told = None if name is None else _line("name", name)
        if told and kind is None:
            here = (person for person in self._catalog.people_in(article.id) if words(person.name) == words(told))
            kind = next((person.kind for person in here), None) or self._kind_of(told)
        return {"value": told, "speaker_kind": kind}

    def _kind_of(self, name: str) -> SpeakerKind | None:
        return next((person.kind for person in self._catalog.people_called(name) if person.name == name), None)


def _about(article: Article, said: Quotation, kind: CorrectionKind, by: str, **told: Any) -> Correction:
    return Correction(
        kind,
        article.id,
        said.start,
        said.end,
        article.text[said.start : said.end],
        words_before(article.text, said.start),
        quotation_kind=said.kind,
        by=by,
        at=_now(),
        **told,
    )


def _key(said: Quotation) -> _Key:
    return said.start, said.end, said.speaker


def _line(what: str, given: str) -> str:
    """Return one line of text that names something.

    Raises:
        CorrectionRefused: it is none.
    """
    told = " ".join(given.split())
    if not told or len(told) > LONGEST or not told.isprintable():
        raise CorrectionRefused(f"{what}: {shortened(given)!r} is none. Write 1 to {LONGEST} printed characters.")
    return told


def _require_day(given: str | None) -> None:
    try:
        date.fromisoformat(given or "2026-01-31")
    except ValueError:
        raise CorrectionRefused(f"published: {shortened(given or '')!r} is no day. Write it as 2026-01-31.") from None


def _now() -> datetime:
    return datetime.now(UTC)
