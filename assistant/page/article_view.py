"""An article in, HTML for the panel beside the chat out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from assistant.page import speaker_colours
from assistant.page.correction_forms import CorrectionForms, corrected_mark
from assistant.rendering.locations import file_name, web_address
from assistant.rendering.sentences import how_said, named, perhaps, where
from assistant.rendering.speaker_kinds import kinds_of, mark
from assistant.rendering.template import page_html
from assistant.texts.catalogue import Texts, texts_of
from index.models import Article, Quotation
from index.quotations.certainty import surest
from index.text.location import page_at, time_at


@dataclass(frozen=True, slots=True, order=True)
class Layer:
    """A stretch of a text shown in its own way, as an HTML element; the lower ``depth`` holds the other."""

    depth: int
    start: int
    end: int
    tag: str = field(compare=False)
    attributes: dict[str, object] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of a text with the same layers around all of them, after the tags that end and begin before them."""

    closed: list[Layer]
    opened: list[Layer]
    words: str


@dataclass(frozen=True, slots=True)
class ArticleSpeaker:
    """A speaker of an article, in order of appearance, with how many quotations are theirs.

    ``told`` is the name as a reader is told it: "probably Ana Ruiz" when no quotation is surely theirs; ``kind`` the
    word for what the speaker is, empty for a person.
    """

    number: int
    name: str
    told: str
    kind: str
    count: int

    @property
    def colour(self) -> str:
        """The class of a speaker's colour."""
        return speaker_colours.colour(self.number)


def article_page(
    article: Article,
    quotations: Sequence[Quotation],
    cited: tuple[int, int] | None,
    lang: str,
    forms: CorrectionForms | None = None,
) -> str:
    """Return an article to read: its text as it is, each quotation in its speaker's colour.

    ``cited`` is the stretch to mark: start and end in the article's text, in code points; ``forms``: what can be
    corrected.
    """
    texts = texts_of(lang)
    speakers = _speakers(quotations, texts)
    headed = article.text.startswith(article.title)
    layers = [_quotation_layer(quotation, speakers, texts) for quotation in quotations]
    if cited and cited[0] < cited[1]:
        layers.append(Layer(1, *cited, "mark", {"class": "cited", "tabindex": -1}))
    if headed:
        layers.append(Layer(0, 0, len(article.title), "strong", {"class": "headline"}))
    shown = {"article": article, "told": _told(article, cited, texts), "link": web_address(article), "headed": headed}
    shown |= {"forms": forms, "cited": cited or (0, 0)}
    spoken = {"quotations": len(quotations), "speakers": list(speakers.values())}
    return page_html("article_page", texts=texts, text=_layered(article.text, layers), **shown, **spoken)


def _layered(text: str, layers: Sequence[Layer]) -> Iterator[Stretch]:
    """Yield the text with each layer around its stretch, reopened where layers cross."""
    layers = [layer for layer in layers if layer.start < layer.end]
    edges = sorted({0, len(text)} | {edge for layer in layers for edge in (layer.start, layer.end)})
    starting: dict[int, list[Layer]] = {}
    for layer in layers:
        starting.setdefault(layer.start, []).append(layer)
    open_layers: list[Layer] = []
    for start, end in zip(edges, [*edges[1:], len(text)], strict=True):
        shown = sorted([layer for layer in open_layers if layer.end > start] + starting.get(start, []))
        common = sum(1 for _ in takewhile(lambda pair: pair[0] is pair[1], zip(open_layers, shown, strict=False)))
        yield Stretch(open_layers[common:][::-1], shown[common:], text[start:end])
        open_layers = shown


def _speakers(quotations: Sequence[Quotation], texts: Texts) -> dict[str, ArticleSpeaker]:
    """Return the speakers by name, in order of appearance."""
    counts = Counter(quotation.speaker for quotation in quotations if quotation.speaker)
    kinds = kinds_of(quotations)
    return {
        name: ArticleSpeaker(number, name, named(said, texts), mark(kinds[name], texts), counts[name])
        for number, (name, said) in enumerate(surest(quotations).items())
    }


def _quotation_layer(quotation: Quotation, speakers: dict[str, ArticleSpeaker], texts: Texts) -> Layer:
    speaker = speakers[quotation.speaker] if quotation.speaker else None
    told = [named(quotation, texts), perhaps(quotation, texts), texts.get(f"kind.{how_said(quotation)}")]
    told += [texts.get("kind.via", via=quotation.via)] if quotation.via else []
    told += [corrected_mark(quotation, texts)]
    colour = speaker.colour if speaker else speaker_colours.UNNAMED
    whose = {"data-speaker": speaker.number} if speaker else {}
    attributes = {"class": f"quotation {quotation.kind} {colour}", **whose, "title": " · ".join(filter(None, told))}
    return Layer(2, quotation.start, quotation.end, "span", attributes)


def _told(article: Article, cited: tuple[int, int] | None, texts: Texts) -> str:
    """Return where and when the article appeared, by whom it is and where it was found."""
    told = where(article, texts)
    if article.author:
        told = ", ".join(part for part in (told, texts.get("panel.by", author=article.author)) if part)
    return " · ".join(part for part in (told or texts.get("panel.undated"), *_looked_up(article, cited, texts)) if part)


def _looked_up(article: Article, cited: tuple[int, int] | None, texts: Texts) -> list[str | None]:
    """Return the file that the article came in, its form, and page or time of the cited words, as far as known."""
    at = cited[0] if cited and cited[0] < cited[1] else None
    page, time = (None, None) if at is None else (page_at(article, at), time_at(article, at))
    form = texts.form(article.form) if article.form else None
    return [file_name(article.origin), form, texts.get("panel.page", page=str(page)) if page else time]
