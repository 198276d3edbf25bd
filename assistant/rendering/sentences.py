"""What the chat and the Markdown of an answer tell of its citations, in the same words; nothing here is escaped."""

from __future__ import annotations

from datetime import date

from assistant.models import Answer, Citation, Elsewhere, Quoted
from assistant.texts.catalogue import Texts


def where(source: str | None, published: date | None, texts: Texts) -> str:
    """Return "outlet, date", as far as they are known."""
    return ", ".join(part for part in (source, texts.day(published) if published else None) if part)


def cited_by(part: Quoted, answer: Answer) -> Citation:
    """Return the citation whose words a part of an answer shows."""
    return next(citation for citation in answer.citations if citation.number == part.number)


def pieces(cited: Citation, part: Quoted) -> tuple[str, str, str]:
    """Return the quote before, in and after its strong part, which neither starts nor ends with a space."""
    start, end = part.strong or (0, 0)
    strong = cited.quote[start:end].strip()
    start = cited.quote.find(strong, start)
    return cited.quote[:start], strong, cited.quote[start + len(strong) :]


def speaker_of(cited: Citation, texts: Texts) -> str:
    """Return whose words they are, as far as the article tells."""
    if cited.speaker:
        return cited.speaker
    return (cited.source or texts.get("answer.article")) if cited.kind == "passage" else texts.get("answer.unnamed")


def looked_up(cited: Citation, texts: Texts) -> list[str]:
    """Return the page and the file in which the words are found, as far as there are such."""
    return [
        *([texts.get("answer.page", page=str(cited.page))] if cited.page else []),
        *([cited.file] if cited.file else []),
    ]


def outlet_of(place: Elsewhere, cited: Citation) -> str:
    """Return what to call a place that has the words of a citation too: its outlet, or its title if that tells more."""
    return place.source if place.source and place.source != cited.source else place.title


def tags_of(cited: Citation, texts: Texts) -> list[str]:
    """Return how the words were said: the kind, and who reports them."""
    return [texts.get(f"kind.{cited.kind}")] + ([texts.get("kind.via", via=cited.via)] if cited.via else [])
