"""An article and its corrections in, what the panel needs to correct it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.texts.catalogue import Texts
from index.corrections import Correction
from index.loaders.dates import named_day
from index.models import Article, Quotation

LONGEST = 80
"""Characters of words that are told in a line."""
HEAD = 1000
"""Characters in which a text tells its own date, if it does."""


@dataclass(frozen=True, slots=True)
class CorrectionForms:
    """What the panel offers to correct.

    Attributes:
        said: the quotation whose words are cited; None: no quotation is.
        words: of it.
        known: names to choose from.
        made: what was corrected, in a line each, by its number.
        offered: a day that the text names, where the article has none.
        told: how the last correction went; empty: there was none.
        refused: the form whose correction was refused, which stays open: "quotation", "added", "article"; else empty.
    """

    said: Quotation | None
    words: str
    known: Sequence[str]
    made: Sequence[tuple[int, str]]
    offered: date | None
    told: str = ""
    refused: str = ""


def correction_forms(
    article: Article,
    quotations: Sequence[Quotation],
    cited: tuple[int, int],
    corrections: Iterable[Correction],
    known: Sequence[str],
    texts: Texts,
    told: str = "",
    refused: str = "",
) -> CorrectionForms:
    """Return what the panel offers to correct of an article that is opened at some words."""
    said = next((each for each in quotations if (each.start, each.end) == cited), None)
    words = article.text[said.start : said.end] if said else ""
    made = [(each.id, what(each, texts)) for each in _made_here(corrections, quotations)]
    offered = None if article.published else named_day(article.text[:HEAD])
    return CorrectionForms(said, words, known, made, offered, told, refused)


def _made_here(corrections: Iterable[Correction], quotations: Iterable[Quotation]) -> list[Correction]:
    """Return the corrections of the article that is open, and of the names that stand in it for others."""
    renamed = {each.speaker for each in quotations if each.corrected}
    return [each for each in corrections if each.article_id is not None or each.value in renamed]


def what(made: Correction, texts: Texts) -> str:
    """Return a correction in a line."""
    if made.kind == "rename":
        return texts.get("correcting.told.rename", name=made.name or "", value=made.value or "")
    key: str = made.kind
    if made.value is None:
        key = {"speaker": "nobody", "quotation": "added_nobody", "not_quotation": made.kind}.get(
            made.kind, f"no_{made.kind}"
        )
    return texts.get(f"correcting.told.{key}", words=_short(made.words), value=_short(made.value))


def corrected_mark(said: Quotation, texts: Texts) -> str:
    """Return that a quotation was corrected, and who was read before; empty: it was not."""
    if not said.corrected:
        return ""
    if said.read_as == said.speaker:
        return texts.get("correcting.corrected")
    return texts.get("correcting.read_as", name=said.read_as or texts.get("answer.unnamed"))


def _short(words: str | None) -> str:
    told = " ".join((words or "").split())
    return told if len(told) <= LONGEST else f"{told[: LONGEST - 1].rstrip()}…"
