"""Answer in, Markdown out; what comes from an article is escaped on the way."""

from __future__ import annotations

from assistant.models import Answer, Citation, Paragraph, Prose, Quoted
from assistant.rendering.byline import Said
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.rendering.pieces import whole, words_of
from assistant.rendering.sentences import cited_by, looked_up, nearest_heading, outlet_of, where
from assistant.rendering.telling import Markup, tell
from assistant.texts.catalogue import Texts, texts_of


def markdown(answer: Answer) -> str:
    """Return the answer as Markdown: paragraphs with numbered quotations, then the list of sources.

    What opens its paragraph is told as a sentence: place and time, the speaker's name, the verb, the words.
    """
    texts = texts_of(answer.lang)
    blocks = [_paragraph(paragraph, answer, texts) for paragraph in answer.paragraphs]
    if answer.understood:
        blocks.insert(0, f"*{texts.get('answer.understood', question=for_markdown(answer.understood))}*")
    if answer.nearest:
        blocks.append(f"*{nearest_heading(answer, texts)}*")
        blocks += [_paragraph((Quoted(citation.number),), answer, texts) for citation in answer.nearest]
    if cited := (*answer.citations, *answer.nearest):
        lines = [_source(citation, texts) for citation in cited]
        blocks.append("\n".join([texts.get("answer.sources") + texts.entry("colon").rstrip(" "), "", *lines]))
    if answer.suggestions:
        lines = [f"- {for_markdown(question)}" for question in answer.suggestions]
        blocks.append("\n".join([texts.get("answer.suggestions") + texts.entry("colon").rstrip(" "), "", *lines]))
    return "\n\n".join(blocks)


def markdown_markup(texts: Texts, numbered: bool = True) -> Markup:
    """Return how a sentence is written in Markdown; ``numbered``: with the numbers of its citations."""
    opening, closing = texts.entry("marks.markdown")
    return Markup(
        text=for_markdown,
        name=lambda name: f"**{name}**",
        strong=lambda words: f"**{words}**",
        foreign=lambda words, lang: _italic(words),
        number=_number if numbered else lambda said: "",
        extract=lambda heading, words: f"{as_paragraph(heading)}\n\n> {as_paragraph(words)}",
        marks=(opening, closing),
    )


def _italic(words: str) -> str:
    inner = words.strip()
    return words.replace(inner, f"*{inner}*", 1) if inner else words


def _number(said: Said) -> str:
    return f" [{said.number}]" if isinstance(said, Citation) else ""


def _paragraph(paragraph: Paragraph, answer: Answer, texts: Texts) -> str:
    quoted = [part for part in paragraph if isinstance(part, Quoted)]
    if paragraph and isinstance(paragraph[0], Quoted):
        run = [cited_by(part, answer) for part in quoted]
        sentence = tell(run, texts, markdown_markup(texts), [part.strong for part in quoted])
        return sentence if run[0].quotation is None else as_paragraph(sentence)
    return as_paragraph("".join(_part(part, answer, texts) for part in paragraph))


def _part(part: Prose | Quoted, answer: Answer, texts: Texts) -> str:
    """Return prose of our own, or words within it."""
    if isinstance(part, Prose):
        return for_markdown(part.text)
    piece, markup = whole(words_of(cited_by(part, answer), part.strong)), markdown_markup(texts)
    before, bold, after = map(for_markdown, piece.thirds)
    words = f"{before}{markup.strong(bold) if bold else ''}{after}"
    shown = f"{markup.marks[0]}{words}{markup.marks[1]}" if piece.marked else words
    return shown + "".join(map(markup.number, piece.cited))


def _source(cited: Citation, texts: Texts) -> str:
    told = [cited.article.title, where(cited.article, texts), *looked_up(cited, texts)]
    also = texts.list([outlet_of(place, cited) for place in cited.also])
    further = f" ({texts.get('answer.also', places=also)})" if also else ""
    return f"- [{cited.number}] " + for_markdown(", ".join(part for part in told if part) + further)
