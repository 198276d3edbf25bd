"""Answer in, plain values for JSON out."""

from __future__ import annotations

from typing import Any

from assistant.models import Answer, Citation, Elsewhere
from assistant.rendering.markdown import markdown


def answer_json(answer: Answer, id: str | None, seconds: float) -> dict[str, Any]:
    """Return the answer as the JSON object that ``dixit ask --json`` prints on one line."""
    return {
        "id": id,
        "question": answer.question,
        "lang": answer.lang,
        "abstained": answer.abstained,
        "text": markdown(answer),
        "citations": [_json_citation(citation) for citation in answer.citations],
        "mentions": [
            {"name": mention.name, "articles": mention.articles, "quotations": mention.quotations}
            for mention in answer.mentions
        ],
        "seconds": round(seconds, 3),
    }


def _json_citation(cited: Citation) -> dict[str, Any]:
    return {
        "article": cited.article,
        "title": cited.title,
        "published": cited.published.isoformat() if cited.published else None,
        "start": cited.start,
        "end": cited.end,
        "quote": cited.quote,
        "speaker": cited.speaker,
        "kind": cited.kind,
        "page": cited.page,
        "file": cited.file,
        "also": [_json_place(place) for place in cited.also],
    }


def _json_place(place: Elsewhere) -> dict[str, Any]:
    return {
        "article": place.article,
        "title": place.title,
        "source": place.source,
        "published": place.published.isoformat() if place.published else None,
        "start": place.start,
        "end": place.end,
    }
