"""Answer in, Markdown or JSON out; what comes from an article is escaped on the way."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.models import Answer, Citation, Elsewhere, Paragraph, Prose, Quoted
from assistant.rendering.byline import according, place_and_time, reporting
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.texts.catalogue import Words, words


def where(source: str | None, published: date | None, say: Words) -> str:
    """Return "outlet, date", as far as they are known."""
    return ", ".join(part for part in (source, say.day(published) if published else None) if part)


def markdown(answer: Answer) -> str:
    """Return the answer as Markdown: paragraphs with numbered quotations, then the list of sources.

    A quotation that opens its paragraph stands after its speaker's name, the reporting words and its kind.
    """
    say = words(answer.lang)
    blocks = [_markdown_paragraph(paragraph, answer, say) for paragraph in answer.paragraphs]
    if answer.understood:
        blocks.insert(0, f"*{say.say('answer.understood', question=for_markdown(answer.understood))}*")
    if answer.citations:
        lines = [_markdown_source(citation, say) for citation in answer.citations]
        blocks.append("\n".join([say.say("answer.sources") + say.entry("colon").rstrip(" "), "", *lines]))
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


def _markdown_paragraph(paragraph: Paragraph, answer: Answer, say: Words) -> str:
    opener = paragraph[0] if paragraph else None
    byline = _markdown_byline(cited_by(opener, answer), say) if isinstance(opener, Quoted) else ""
    parts = (
        for_markdown(part.text) if isinstance(part, Prose) else _markdown_quote(cited_by(part, answer), part, say)
        for part in paragraph
    )
    return as_paragraph(byline + "".join(parts))


def _markdown_quote(cited: Citation, part: Quoted, say: Words) -> str:
    opening, closing = say.entry("marks.markdown")
    before, strong, after = (for_markdown(piece) for piece in pieces(cited, part))
    return f"{opening}{before}{f'**{strong}**' if strong else ''}{after}{closing} [{cited.number}]"


def _markdown_byline(cited: Citation, say: Words) -> str:
    """The sentence that leads to the words: "Le 3 mars, dans Le Courrier, **Claire Besson** a prévenu : "."""
    told = for_markdown(place_and_time(cited, say))
    if cited.kind == "passage":
        return f"{told or say.say('answer.article')}{say.entry('colon')}"
    name = f"**{for_markdown(speaker_of(cited, say))}**"
    if according(cited):
        said = say.say("byline.according", speaker=name)
        said = said if told else said[:1].upper() + said[1:]
    else:
        said = f"{name} {for_markdown(reporting(cited, say))}"
    return f"{', '.join(filter(None, (told, said)))}{_markdown_tags(cited, say)}{say.entry('colon')}"


def _markdown_tags(cited: Citation, say: Words) -> str:
    foreign = [f"*{for_markdown(cited.cue)}*"] if cited.cue and cited.lang != say.lang else []
    tags = [*foreign, *(for_markdown(tag) for tag in tags_of(cited, say)[cited.kind == "direct" :])]
    return f" ({', '.join(tags)})" if tags else ""


def _markdown_source(cited: Citation, say: Words) -> str:
    told = [cited.title, where(cited.source, cited.published, say), *looked_up(cited, say)]
    also = say.list([outlet_of(place, cited) for place in cited.also])
    further = f" ({say.say('answer.also', places=also)})" if also else ""
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


def speaker_of(cited: Citation, say: Words) -> str:
    """Return whose words they are, as far as the article tells."""
    if cited.speaker:
        return cited.speaker
    return (cited.source or say.say("answer.article")) if cited.kind == "passage" else say.say("answer.unnamed")


def looked_up(cited: Citation, say: Words) -> list[str]:
    """Return the page and the file in which the words are found, as far as there are such."""
    return [
        *([say.say("answer.page", page=str(cited.page))] if cited.page else []),
        *([cited.file] if cited.file else []),
    ]


def outlet_of(place: Elsewhere, cited: Citation) -> str:
    """Return what to call a place that has the words of a citation too: its outlet, or its title if that tells more."""
    return place.source if place.source and place.source != cited.source else place.title


def tags_of(cited: Citation, say: Words) -> list[str]:
    """Return how the words were said: the kind, and who reports them."""
    return [say.say(f"kind.{cited.kind}")] + ([say.say("kind.via", via=cited.via)] if cited.via else [])
