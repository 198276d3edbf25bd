"""Articles in, HTML for the panels beside the chat out: an article, the list, what became of added files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING

from assistant.escaping import for_html
from assistant.rendering import place, where
from assistant.words import LANGUAGES, Words, words
from index.models import Article, Quotation

if TYPE_CHECKING:
    from index.ingestion import AddResult

VIEWS = ("library", "chat", "source")
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
        f"{_header(article, quotations, voices, say)}{title}"
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


def article_list(articles: Sequence[Article], lang: str) -> str:
    """Return the list of articles; each opens in the panel, or goes away after a second thought."""
    say = words(lang)
    if not articles:
        return notice("shelf.empty", lang)
    items = "".join(_list_item(article, say) for article in articles)
    count = for_html(say.say("shelf.count", count=len(articles)))
    return f'<p class="count">{count}</p><ul class="shelf">{items}</ul>'


def progress(results: Sequence[AddResult], done: int, total: int, doing: str | None, lang: str) -> str:
    """Return what became of each source so far and, while it lasts, what is being done.

    ``done`` of ``total`` sources are done; ``doing`` is the one being read, None when all are done.
    """
    say = words(lang)
    rows = "".join(_result(result, say) for result in results)
    if doing is None:
        head = f"<p>{for_html(say.say('adding.done', count=total))}</p>"
    else:
        told = for_html(say.say("adding.doing", name=short_name(doing)))
        count = for_html(say.say("adding.progress", done=done, total=total))
        head = f'<p>{told} <span class="count">{count}</span></p>'
        head += f'<progress max="{total}" value="{done}"></progress>'
    return f'<div class="adding" role="status">{head}<ul>{rows}</ul></div>'


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
    """Return the speakers, in order of appearance, each with the number of its colour."""
    names = dict.fromkeys(quotation.speaker for quotation in quotations if quotation.speaker)
    return {name: number % VOICES for number, name in enumerate(names)}


def _quotation_layer(quotation: Quotation, voices: dict[str, int], say: Words) -> Layer:
    name = quotation.speaker or quotation.speaker_as_written or say.say("answer.unnamed")
    told = [name, say.say(f"kind.{quotation.kind}")]
    told += [say.say("kind.via", via=quotation.via)] if quotation.via else []
    voice = f"voice-{voices[quotation.speaker]}" if quotation.speaker else "voice-none"
    opening = f'<span class="quotation {quotation.kind} {voice}" title="{for_html(" · ".join(told))}">'
    return Layer(2, quotation.start, quotation.end, opening, "</span>")


def _header(article: Article, quotations: Sequence[Quotation], voices: dict[str, int], say: Words) -> str:
    told = where(article.source, article.published, say)
    if article.author:
        told = ", ".join(part for part in (told, say.say("panel.by", author=article.author)) if part)
    link = _link(article.url, say) if article.url else ""
    return (
        f'<header><p class="title"><bdi>{for_html(article.title)}</bdi></p>'
        f'<p class="where"><bdi>{for_html(told or say.say("panel.undated"))}</bdi>{link}</p>'
        f"{_speakers(quotations, voices, say)}</header>"
    )


def _link(url: str, say: Words) -> str:
    if not url.lower().startswith(("http://", "https://")):
        return ""  # "javascript:" and the like
    told = for_html(say.say("panel.link"))
    return f' · <a href="{for_html(url)}" target="_blank" rel="noopener noreferrer">{told}</a>'


def _speakers(quotations: Sequence[Quotation], voices: dict[str, int], say: Words) -> str:
    if not quotations:
        return f'<p class="steps">{for_html(say.say("panel.quiet"))}</p>'
    names = "".join(
        f'<li class="voice-{number}"><bdi>{for_html(name)}</bdi>'
        f' <span class="count">{sum(quotation.speaker == name for quotation in quotations)}</span></li>'
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


def _list_item(article: Article, say: Words) -> str:
    title = for_html(article.title)
    told = for_html(where(article.source, article.published, say) or say.say("panel.undated"))
    remove, sure, yes = (for_html(say.say(f"shelf.{key}", title=article.title)) for key in ("remove", "sure", "yes"))
    return (
        f'<li><a class="open" href="{place(article.id)}"><bdi>{title}</bdi>'
        f'<span class="where">{told} · <abbr>{for_html(article.lang.upper())}</abbr></span></a>'
        f'<details class="remove"><summary title="{remove}" aria-label="{remove}">×</summary>'
        f'<div role="group"><span>{sure}</span>'
        f'<button type="button" data-do="remove" data-article="{for_html(article.id)}">{yes}</button>'
        f"</div></details></li>"
    )


def _result(result: AddResult, say: Words) -> str:
    outcome = for_html(say.say(f"adding.{result.outcome}"))
    reason = f'<span class="reason">{for_html(result.reason)}</span>' if result.reason else ""
    name = f"<bdi>{for_html(short_name(result.source))}</bdi>"
    if result.article_id:
        name = f'<a href="{place(result.article_id)}">{name}</a>'
    return f'<li class="{for_html(result.outcome)}">{name} <span class="outcome">{outcome}</span>{reason}</li>'


def short_name(source: str) -> str:
    """Return a file's name without its folders; an address stays whole."""
    return source if "://" in source else source.replace("\\", "/").rsplit("/", 1)[-1]
