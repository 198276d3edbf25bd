"""Words in an article -> the sentence that tells them with a reference to their place, ready to be pasted elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from assistant.rendering.byline import Said
from assistant.rendering.escaping import as_paragraph, for_markdown, visible
from assistant.rendering.locations import web_address
from assistant.rendering.markdown import markdown_markup
from assistant.rendering.plain import plain_markup
from assistant.rendering.predicate import predicates
from assistant.rendering.sentences import doubts, found_at, how_said
from assistant.rendering.telling import heading, named, tell
from assistant.rendering.template import page_html
from assistant.texts.catalogue import Texts


def reference(said: Said, texts: Texts) -> str:
    """Return where words stand: author, outlet, title, date, page or time, address, as far as they are known."""
    article = said.article
    day = texts.day(article.published) if article.published else None
    told = (article.author, article.source, article.title, day, *found_at(said, texts), web_address(article))
    return visible(", ".join(part for part in told if part))


def kind_mark(said: Said, texts: Texts) -> str:
    """Return the mark that goes with words wherever they are pasted: "[cité]", "[propos rapportés]"."""
    return f"[{texts.get(f'kind.{how_said(said.quotation)}')}]"


def copied(run: Sequence[Said], texts: Texts, form: str) -> str:
    """Return words of one speaker with their reference, in one of ``FORMS``."""
    return FORMS[form](run, texts)


def _text(run: Sequence[Said], texts: Texts) -> str:
    sentence = visible(tell(run, texts, plain_markup(texts)))
    return f"{sentence} {kind_mark(run[0], texts)}\n{reference(run[0], texts)}"


def _markdown(run: Sequence[Said], texts: Texts) -> str:
    sentence = tell(run, texts, markdown_markup(texts, numbered=False))
    told = sentence if run[0].quotation is None else as_paragraph(sentence)
    return f"{told} \\{kind_mark(run[0], texts)}\n\n— {for_markdown(reference(run[0], texts))}"


def _footnote(run: Sequence[Said], texts: Texts) -> str:
    return f"{reference(run[0], texts)} {kind_mark(run[0], texts)}"


def _html(run: Sequence[Said], texts: Texts) -> str:
    said = run[0]
    first, *others = predicates(run, texts)
    before, name = named(said, first, texts)
    return page_html(
        "copied",
        texts=texts,
        address=web_address(said.article),
        lang=said.article.lang,
        heading=heading(texts),
        before=before,
        name=name,
        doubts=", ".join(doubts(said, texts)),
        first=first,
        shown=[first, *others],
        mark=kind_mark(said, texts),
        place=reference(said, texts),
    )


FORMS: Final[Mapping[str, Callable[[Sequence[Said], Texts], str]]] = {
    "text": _text,
    "markdown": _markdown,
    "footnote": _footnote,
    "html": _html,
}
"""How words can be copied, by name."""
