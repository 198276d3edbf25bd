"""Answer in, Markdown out: its words by article, each speaker named once; what comes from an article is escaped."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.models import Answer, Citation, Prose
from assistant.rendering.byline import Said
from assistant.rendering.escaping import as_paragraph, for_markdown
from assistant.rendering.grouping import Block, Group, Run, by_article, headline, runs_of
from assistant.rendering.locations import file_name
from assistant.rendering.sentences import found_at, nearest_heading, outlet_of
from assistant.rendering.telling import Markup, speaker, tell, tell_below
from assistant.texts.catalogue import Texts, texts_of


def markdown(answer: Answer) -> str:
    """Return the answer as Markdown: our own prose, then article by article what is said in it, with its numbers."""
    texts = texts_of(answer.lang)
    asked = answer.understood
    blocks = [f"*{texts.get('answer.understood', question=for_markdown(asked))}*"] if asked else []
    blocks += [_prose(part) for each in answer.paragraphs for part in each if isinstance(part, Prose)]
    blocks += _grouped(runs_of(answer), texts)
    if answer.nearest:
        blocks += [f"*{nearest_heading(answer, texts)}*", *_grouped(runs_of(answer, nearest=True), texts)]
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
        foreign=_italic,
        number=(lambda said: _number(said, texts)) if numbered else (lambda said: ""),
        extract=lambda heading, words: f"{as_paragraph(heading)}\n\n> {as_paragraph(words)}",
        marks=(opening, closing),
    )


def headline_markdown(group: Group, texts: Texts) -> str:
    """Return the line above the words of an article: outlet, date, title, file."""
    told = (headline(group.article, texts), file_name(group.article.origin))
    return f"*{for_markdown(' · '.join(filter(None, told))).strip()}*"


def _prose(part: Prose) -> str:
    return as_paragraph(for_markdown(part.text))


def _grouped(runs: Iterable[Run], texts: Texts) -> list[str]:
    return [
        told
        for group in by_article(runs, texts)
        for told in (headline_markdown(group, texts), *(_block(block, texts) for block in group.blocks))
    ]


def _block(block: Block, texts: Texts) -> str:
    """Return what one speaker says: a sentence, or the name and a list; prose of the article is an extract."""
    markup, (first, *others) = markdown_markup(texts), block.runs
    opening = tell(first.said, texts, markup, first.strong)
    if block.is_extract:
        told = (as_paragraph(tell_below(block.head, run.said, texts, markup, run.strong)) for run in others)
        further = [f"> {each}{_also(run, texts)}" for each, run in zip(told, others, strict=True)]
        return "\n\n".join([f"{opening}{_also(first, texts)}", *further])
    if not others:
        return opening + _also(first, texts)
    lines = [
        f"- {tell_below(block.head, run.said, texts, markup, run.strong)}{_also(run, texts)}" for run in block.runs
    ]
    return "\n".join([speaker(block.head, texts, markup), "", *lines])


def _also(run: Run, texts: Texts) -> str:
    places = [outlet_of(place, each) for each in run.said if isinstance(each, Citation) for place in each.also]
    return f" ({texts.get('answer.also', places=for_markdown(texts.list(places)))})" if places else ""


def _italic(words: str) -> str:
    inner = words.strip()
    return words.replace(inner, f"*{inner}*", 1) if inner else words


def _number(said: Said, texts: Texts) -> str:
    if not isinstance(said, Citation):
        return ""
    return f" [{', '.join([str(said.number), *found_at(said, texts)])}]"
