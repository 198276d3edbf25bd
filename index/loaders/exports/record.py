"""The paragraphs of one article of an export -> its fields, by a layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from index.loaders.exports.layout import FIELDS, Field, Layout, Order, Place, matched
from index.loaders.exports.paragraph import DocumentParagraph

_HEAD = 60  # paragraphs within which the head of an article ends
_APART = 6  # unlabelled lines that may stand in a head between two that are labelled
_BLOCK = 3  # lines of a headline or an edition
_TAKING_ALL: tuple[Field, ...] = ("title", "lead", "body", "foot")
_TOLD: tuple[Field, ...] = ("title", "source", "date", "author", "id")
_BESIDE_DATE: tuple[Field, ...] = ("source", "title")
_AMONG: Mapping[Field | None, tuple[Field, ...]] = {"body": ("body", "foot", "id"), "foot": ("id",)}
"""What a paragraph can tell where a body or a foot goes on; elsewhere all."""
_MOST_NAMES = 8
_NAME = re.compile(r"(?:[^\W\d_a-zà-ÿ][\w'’.-]*|[a-zà-ÿ]{1,3}|[a-zà-ÿ]{1,2}['’][^\W\d_a-zà-ÿ][\w'’.-]*|[&/])[,;]?")
_WORD = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Record:
    """An article of an export.

    Attributes:
        told: its fields as they are written, without the text.
        body: the paragraphs of its text, what leads to them first.
    """

    told: Mapping[Field, str]
    body: tuple[DocumentParagraph, ...]

    @property
    def is_article(self) -> bool:
        """Whether it has a text, and enough beside it to be an article of an export."""
        known = sum(name in self.told for name in ("title", "source", "date"))
        return known > 1 and any(_WORD.search(paragraph.text) for paragraph in self.body)


@dataclass(slots=True)
class _Line:
    """A paragraph; ``field``: what it tells, None: nothing that is known; ``value``: what is kept of it."""

    paragraph: DocumentParagraph
    field: Field | None
    value: DocumentParagraph | None

    @property
    def is_rule(self) -> bool:
        """Whether it is one of the lines that are drawn between articles, by a layout that knows them."""
        return self.field == "skip" and not _WORD.search(self.paragraph.text)

    def give(self, field: Field) -> None:
        self.field, self.value = field, self.paragraph


def record_of(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> Record:
    """Return what a layout finds in the paragraphs of one article, and perhaps of what stands before the first."""
    lines = _lines(paragraphs, layout)
    body, foot = _first(lines, "body"), _first(lines, "foot")
    end = len(lines) if foot is None else foot
    told, begin = _head(lines, min(end, _HEAD) if body is None else body, body is not None, layout)
    text = (
        [line.paragraph for line in lines[begin:end] if line.field != "id" and not line.is_rule]
        if body is None
        else _values(lines, "body")
    )
    told |= {name: value for name in _TOLD if (value := _value(lines, name))}
    return Record(_cut(told, layout), tuple([*_values(lines[:begin], "lead"), *text]))


def _lines(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> list[_Line]:
    """Return the lines of an article without the one that ends it, unless it tells something."""
    lines = _labelled(paragraphs, layout)
    return [line for line in lines if line.field == "id" or not matched(layout.end, line.paragraph.text)]


def _cut(told: Mapping[Field, str], layout: Layout) -> dict[Field, str]:
    cut = {name: layout.cut[name].sub("", value) if name in layout.cut else value for name, value in told.items()}
    return {name: value.strip() for name, value in cut.items() if value.strip()}


def _values(lines: Sequence[_Line], field: Field) -> list[DocumentParagraph]:
    return [line.value for line in lines if line.field == field and line.value]


def _value(lines: Sequence[_Line], field: Field) -> str:
    values = [value.text for value in _values(lines, field)]
    return " ".join(values if field in _TAKING_ALL else values[:1])


def _labelled(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> Iterator[_Line]:
    """Yield each paragraph with what it tells by its label, its class, or a label before it."""
    awaited: Field | None = None  # by a label with nothing behind it
    going_on: Field | None = None
    for paragraph in _without_foot_above(paragraphs, layout):
        told = layout.told(paragraph, _AMONG.get(going_on, FIELDS))
        if told is None:
            field = awaited or going_on
            awaited = None
            yield _Line(paragraph, field, paragraph if field and field != "foot" else None)
            continue
        field, value = told[0], told[1] and told[1].strip()
        awaited = field if value == "" else None
        going_on = _going_on(going_on, field, awaited)
        yield _Line(paragraph, field, replace(paragraph, text=value) if value else None)


def _without_foot_above(paragraphs: Sequence[DocumentParagraph], layout: Layout) -> Sequence[DocumentParagraph]:
    """Leave out what stands at the top and is the rest of the foot of the article before."""
    first = (at for at, paragraph in enumerate(paragraphs) if not layout.told(paragraph, ("foot",)))
    return paragraphs[next(first, 0) :]


def _going_on(before: Field | None, told: Field, awaited: Field | None) -> Field | None:
    """Return the field of the paragraphs behind a label, as far as they have none of their own."""
    if before == "foot" or told == "id":
        return before
    if told in ("body", "foot"):
        return told
    return awaited if told in _TAKING_ALL else None


def _first(lines: Sequence[_Line], field: Field) -> int | None:
    return next((at for at, line in enumerate(lines) if line.field == field), None)


def _head(lines: Sequence[_Line], end: int, sure: bool, layout: Layout) -> tuple[dict[Field, str], int]:
    """Give the unlabelled lines around the date their fields; return what a line tells beside, and where the head ends.

    Args:
        lines: of an article.
        end: the head ends there, or before.
        sure: it ends there.
        layout: what is to be found.
    """
    date, told = _date(lines[:end], sure, layout)
    last = end - 1 if sure else _last_labelled(lines, 0 if date is None else date, end)
    if date is None:
        return told, last + 1
    for at in _block(lines, date + 1, end) if layout.blocks else []:
        lines[at].field = "skip"
    placed = (_placed(lines, order, date, last, end) for order in layout.orders)
    best = max(placed, key=lambda given: len({"title", "source"} & {*given.values(), *_fields(lines), *told}))
    if layout.blocks:
        best |= _rest_of_title(best, lines, end)
    for at, field in best.items():
        lines[at].give(field)
    return told, max([last, date, *best]) + 1


def _rest_of_title(placed: Mapping[int, Field], lines: Sequence[_Line], end: int) -> dict[int, Field]:
    titles = [at for at, field in placed.items() if field == "title"]
    return {more: "title" for at in titles for more in _block(lines, at + 1, end)}


def _block(lines: Sequence[_Line], begin: int, end: int) -> list[int]:
    """Return the lines that stand in one block with the one before; none where that goes on with what is labelled."""
    block: list[int] = []
    for at in range(begin, min(end, begin + _BLOCK + 1)):
        if not lines[at].paragraph.close:
            return block
        if lines[at].field:
            break
        block.append(at)
    return []


def _date(lines: Sequence[_Line], nearest_last: bool, layout: Layout) -> tuple[int | None, dict[Field, str]]:
    """Return where the date stands, and what its line tells beside it."""
    if (labelled := _first(lines, "date")) is not None:
        return labelled, {}
    for mark in layout.dates:
        found = [at for at, line in enumerate(lines) if not line.field and matched((mark,), line.paragraph.text)]
        if found:
            at = found[-1 if nearest_last else 0]
            lines[at].give("date")
            return at, _beside(matched((mark,), lines[at].paragraph.text))
    return None, {}


def _beside(date: re.Match[str] | None) -> dict[Field, str]:
    groups = date.groupdict() if date else {}
    return {name: groups[name].strip() for name in _BESIDE_DATE if groups.get(name)}


def _last_labelled(lines: Sequence[_Line], begin: int, end: int) -> int:
    """Return the last labelled line of a head that begins there: what is labelled far behind it is none of it."""
    last = begin
    for at in range(begin, end):
        if lines[at].field and not lines[at].is_rule and at - last <= _APART + 1:
            last = at
    return last


def _fields(lines: Sequence[_Line]) -> set[Field]:
    return {line.field for line in lines if line.field and line.value}


def _placed(lines: Sequence[_Line], order: Order, date: int, last: int, end: int) -> dict[int, Field]:
    """Return which unlabelled lines have which fields, the nearest to the date first."""
    known = _fields(lines)
    title = _first(lines, "title")
    begin = max(date, -1 if title is None else title) + 1
    before = [place for place in order.before if place.field not in known]
    after = [place for place in order.after if place.field not in known]
    return _placed_before(before, [at for at in range(date) if not lines[at].field], lines) | _placed_after(
        after, [at for at in range(begin, end) if not lines[at].field], lines, last
    )


def _placed_before(places: Sequence[Place], free: list[int], lines: Sequence[_Line]) -> dict[int, Field]:
    given: dict[int, Field] = {}
    for place in reversed(places):
        if free and (not place.if_author or (len(free) > 1 and is_byline(lines[free[-1]].paragraph.text))):
            given[free.pop()] = place.field
    return given


def _placed_after(places: Sequence[Place], free: list[int], lines: Sequence[_Line], last: int) -> dict[int, Field]:
    given: dict[int, Field] = {}
    for place in places:
        if place.many:
            taken = [at for at in free if at < last]
        else:
            taken = [at for at in free[:1] if not place.if_author or is_byline(lines[at].paragraph.text)]
        given |= dict.fromkeys(taken, place.field)
        free = [at for at in free if at not in taken]
    return given


def is_byline(text: str) -> bool:
    """Tell whether a line looks like the names of those who wrote: "Maud Tassigny", "Ana de Lys et Léo Roux"."""
    words = text.split()
    named = sum(any(map(str.isupper, word)) for word in words)
    return named > 1 and len(words) <= _MOST_NAMES and text[-1] not in '.!?:»”"' and all(map(_NAME.fullmatch, words))
