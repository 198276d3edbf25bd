"""Answer in, Markdown out; what comes from an article is escaped on the way."""

from __future__ import annotations

from assistant.models import Answer, Citation, Paragraph, Prose, Quoted
from assistant.rendering.byline import according, naming, place_and_time, reporting
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.rendering.sentences import cited_by, looked_up, outlet_of, perhaps, pieces, speaker_of, tags_of, where
from assistant.texts.catalogue import Texts, texts_of


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
    key = naming(cited)
    said = texts.get(key, speaker=name) if key else name
    said = said if told else said[:1].upper() + said[1:]
    said = said if according(cited) else f"{said} {for_markdown(reporting(cited, texts))}"
    return f"{', '.join(filter(None, (told, said)))}{_markdown_tags(cited, texts)}{texts.entry('colon')}"


def _markdown_tags(cited: Citation, texts: Texts) -> str:
    foreign = [f"*{for_markdown(cited.cue)}*"] if cited.cue and cited.article.lang != texts.lang else []
    told = [perhaps(cited.quotation, texts), *tags_of(cited, texts)[cited.kind == "direct" :]]
    tags = [*foreign, *(for_markdown(tag) for tag in told if tag)]
    return f" ({', '.join(tags)})" if tags else ""


def _markdown_source(cited: Citation, texts: Texts) -> str:
    told = [cited.article.title, where(cited.article, texts), *looked_up(cited, texts)]
    also = texts.list([outlet_of(place, cited) for place in cited.also])
    further = f" ({texts.get('answer.also', places=also)})" if also else ""
    return f"- [{cited.number}] " + for_markdown(", ".join(part for part in told if part) + further)
