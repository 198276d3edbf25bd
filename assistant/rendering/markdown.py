"""Answer in, Markdown or JSON out; what comes from an article is escaped on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.models import Answer, Citation, Elsewhere, Paragraph, Prose, Quoted
from assistant.rendering.byline import according, place_and_time, reporting
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.texts.catalogue import Texts, texts_of


def where(source: str | None, published: date | None, texts: Texts) -> str:
    """Return "outlet, date", as far as they are known."""
    return ", ".join(part for part in (source, texts.day(published) if published else None) if part)


def markdown(answer: Answer) -> str:
    """Return the answer as Markdown: paragraphs with numbered quotations, then the list of sources.

    A quotation that opens its paragraph stands after its speaker's name, the reporting words and its kind.
    """
    texts = texts_of(answer.lang)
    blocks = [_markdown_paragraph(paragraph, answer, texts) for paragraph in answer.paragraphs]
    if answer.understood:
        blocks.insert(0, f"*{texts.get('answer.understood', question=for_markdown(answer.understood))}*")
    if answer.citations:
        lines = [_markdown_source(citation, texts) for citation in answer.citations]
        blocks.append("\n".join([texts.get("answer.sources") + texts.entry("colon").rstrip(" "), "", *lines]))
    return "\n\n".join(blocks)


def to_json(answer: Answer, id: str | None, seconds: float) -> dict[str, Any]:
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


def _markdown_paragraph(paragraph: Paragraph, answer: Answer, texts: Texts) -> str:
    opener = paragraph[0] if paragraph else None
    byline = _markdown_byline(cited_by(opener, answer), texts) if isinstance(opener, Quoted) else ""
    parts = (
        for_markdown(part.text) if isinstance(part, Prose) else _markdown_quote(cited_by(part, answer), part, texts)
        for part in paragraph
    )
    return as_paragraph(byline + "".join(parts))


def _markdown_quote(cited: Citation, part: Quoted, texts: Texts) -> str:
    opening, closing = texts.entry("marks.markdown")
    before, strong, after = (for_markdown(piece) for piece in pieces(cited, part))
    return f"{opening}{before}{f'**{strong}**' if strong else ''}{after}{closing} [{cited.number}]"


def _markdown_byline(cited: Citation, texts: Texts) -> str:
    """The sentence that leads to the words: "Le 3 mars, dans Le Courrier, **Claire Besson** a prévenu : "."""
    told = for_markdown(place_and_time(cited, texts))
    if cited.kind == "passage":
        return f"{told or texts.get('answer.article')}{texts.entry('colon')}"
    name = f"**{for_markdown(speaker_of(cited, texts))}**"
    if according(cited):
        said = texts.get("byline.according", speaker=name)
        said = said if told else said[:1].upper() + said[1:]
    else:
        said = f"{name} {for_markdown(reporting(cited, texts))}"
    return f"{', '.join(filter(None, (told, said)))}{_markdown_tags(cited, texts)}{texts.entry('colon')}"


def _markdown_tags(cited: Citation, texts: Texts) -> str:
    foreign = [f"*{for_markdown(cited.cue)}*"] if cited.cue and cited.lang != texts.lang else []
    tags = [*foreign, *(for_markdown(tag) for tag in tags_of(cited, texts)[cited.kind == "direct" :])]
    return f" ({', '.join(tags)})" if tags else ""


def _markdown_source(cited: Citation, texts: Texts) -> str:
    told = [cited.title, where(cited.source, cited.published, texts), *looked_up(cited, texts)]
    also = texts.list([outlet_of(place, cited) for place in cited.also])
    further = f" ({texts.get('answer.also', places=also)})" if also else ""
    return f"- [{cited.number}] " + for_markdown(", ".join(part for part in told if part) + further)


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


# What the chat shares


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
