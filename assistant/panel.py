"""An article in, HTML for the panel beside the chat out; and the head of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from assistant.escaping import for_html
from assistant.origins import file_name, page_at
from assistant.rendering import where
from assistant.translation import translated
from assistant.words import LANGUAGES, Words, words
from index.models import Article, Quotation

VIEWS = ("library", "chat", "voices", "source")
"""What the page can show, in the order of its tabs."""
VOICES = 8
"""How many colours there are for speakers; the ninth speaker shares the first one's."""


@dataclass(frozen=True, slots=True, order=True)
class Layer:
    """A stretch of a text shown in its own way; the lower ``depth`` holds the other."""

    depth: int
    start: int
    end: int
    opening: str = field(compare=False)
    closing: str = field(compare=False)


def article_page(article: Article, quotations: Sequence[Quotation], cited: tuple[int, int] | None, lang: str) -> str:
    """Return an article to read: its text as it is, each quotation in its speaker's colour.

    ``cited`` is the stretch to mark: start and end in the article's text, in code points.
    """
    say = words(lang)
    voices = _voices(quotations)
    layers = [_quotation_layer(quotation, voices, say) for quotation in quotations]
    if cited and cited[0] < cited[1]:
        layers.append(Layer(1, *cited, '<mark class="cited" tabindex="-1">', "</mark>"))
    if article.text.startswith(article.title):
        layers.append(Layer(0, 0, len(article.title), '<strong class="headline">', "</strong>"))
        title = ""
    else:
        title = f'<h2 class="headline"><bdi>{for_html(article.title)}</bdi></h2>'
    return (
        f'<article class="reading" lang="{for_html(article.lang)}">'
        f"{_header(article, cited, quotations, voices, say)}{title}"
        f'<div class="verbatim">{_layered(article.text, layers)}</div></article>'
    )


def header(lang: str) -> str:
    """Return the head of the page: its name, its views, the other language."""
    say = words(lang)
    tabs = "".join(
        f'<button type="button" class="view-{view}" data-show="{view}">{for_html(say.say(f"page.{view}"))}</button>'
        for view in VIEWS
    )
    languages = "".join(
        f'<button type="button" data-lang="{other}" lang="{other}" title="{for_html(words(other).say("lang.name"))}" '
        f'aria-pressed="{str(other == lang).lower()}">{other.upper()}</button>'
        for other in sorted(LANGUAGES, reverse=True)
    )
    return (
        f'<div class="brand"><h1>Dixit</h1><p>{for_html(say.say("page.tagline"))}</p></div>'
        f'<nav aria-label="{for_html(say.say("page.views"))}">{tabs}</nav>'
        f'<div class="languages" role="group" aria-label="{for_html(say.say("lang.choose"))}">{languages}</div>'
    )


def notice(key: str, lang: str) -> str:
    """Return a sentence of ours to stand where an article or a list would."""
    return f'<p class="notice">{for_html(words(lang).say(key))}</p>'


def _layered(text: str, layers: Sequence[Layer]) -> str:
    """Return the text with each layer's tags around its stretch, reopened where layers cross."""
    layers = [layer for layer in layers if layer.start < layer.end]
    edges = sorted({0, len(text)} | {edge for layer in layers for edge in (layer.start, layer.end)})
    starting: dict[int, list[Layer]] = {}
    for layer in layers:
        starting.setdefault(layer.start, []).append(layer)
    opened: list[Layer] = []
    out: list[str] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        wanted = sorted([layer for layer in opened if layer.end > start] + starting.get(start, []))
        kept = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(opened, wanted, strict=False)))
        out += [layer.closing for layer in reversed(opened[kept:])]
        out += [layer.opening for layer in wanted[kept:]]
        out.append(for_html(text[start:end]))
        opened = wanted
    return "".join(out)


def _voices(quotations: Sequence[Quotation]) -> dict[str, int]:
    """Return the speakers, in order of appearance, each with its number."""
    names = dict.fromkeys(quotation.speaker for quotation in quotations if quotation.speaker)
    return {name: number for number, name in enumerate(names)}


def _quotation_layer(quotation: Quotation, voices: dict[str, int], say: Words) -> Layer:
    name = quotation.speaker or quotation.speaker_as_written or say.say("answer.unnamed")
    told = [name, say.say(f"kind.{quotation.kind}")]
    told += [say.say("kind.via", via=quotation.via)] if quotation.via else []
    voice = voices[quotation.speaker] if quotation.speaker else None
    colour, whose = ("voice-none", "") if voice is None else (f"voice-{voice % VOICES}", f' data-voice="{voice}"')
    opening = f'<span class="quotation {quotation.kind} {colour}"{whose} title="{for_html(" · ".join(told))}">'
    return Layer(2, quotation.start, quotation.end, opening, "</span>")


def _header(
    article: Article,
    cited: tuple[int, int] | None,
    quotations: Sequence[Quotation],
    voices: dict[str, int],
    say: Words,
) -> str:
    told = where(article.source, article.published, say)
    if article.author:
        told = ", ".join(part for part in (told, say.say("panel.by", author=article.author)) if part)
    told = " · ".join(part for part in (told or say.say("panel.undated"), *_looked_up(article, cited, say)) if part)
    link = _link(article.url, say) if article.url else ""
    return (
        f'<header><p class="title"><bdi>{for_html(article.title)}</bdi></p>'
        f'<p class="where"><bdi>{for_html(told)}</bdi>{link}</p>'
        f"{_speakers(quotations, voices, say)}</header>"
    )


def _looked_up(article: Article, cited: tuple[int, int] | None, say: Words) -> list[str | None]:
    """The file that the article came in, its form, and the page of the cited words, as far as there are such."""
    page = page_at(article, cited[0]) if cited and cited[0] < cited[1] else None
    form = translated(article.form, say.lang) if article.form else None
    return [file_name(article.origin), form, say.say("panel.page", page=str(page)) if page else None]


def _link(url: str, say: Words) -> str:
    if not url.lower().startswith(("http://", "https://")):
        return ""  # "javascript:" and the like
    told = for_html(say.say("panel.link"))
    return f' · <a href="{for_html(url)}" target="_blank" rel="noopener noreferrer">{told}</a>'


def _speakers(quotations: Sequence[Quotation], voices: dict[str, int], say: Words) -> str:
    if not quotations:
        return f'<p class="steps">{for_html(say.say("panel.quiet"))}</p>'
    names = "".join(
        f'<li class="voice-{number % VOICES}"><button type="button" data-voice="{number}" '
        f'title="{for_html(say.say("panel.next_of", speaker=name))}"><bdi>{for_html(name)}</bdi>'
        f' <span class="count">{sum(quotation.speaker == name for quotation in quotations)}</span></button></li>'
        for name, number in voices.items()
    )
    steps = "".join(
        f'<button type="button" data-step="{by}" title="{told}" aria-label="{told}">{sign}</button>'
        for by, sign, told in (
            (-1, "↑", for_html(say.say("panel.previous"))),
            (1, "↓", for_html(say.say("panel.next"))),
        )
    )
    count = for_html(say.say("panel.quotations", count=len(quotations)))
    label = for_html(say.say("panel.voices"))
    return f'<p class="steps">{count} {steps}</p><ul class="voices" aria-label="{label}">{names}</ul>'
