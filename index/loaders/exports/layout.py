"""The layouts of exports, as ``layouts/*.toml`` describes them."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, get_args

from index.loaders.dates import date_pattern, weekday_pattern
from index.loaders.exports.paragraph import DocumentParagraph

Field = Literal["title", "source", "date", "author", "lead", "id", "skip", "body", "foot"]
"""What a paragraph tells. lead: stands before the body and is printed with it; skip: nothing that is kept;
foot: nothing, as all behind it."""
Marks = tuple[re.Pattern[str], ...]

FIELDS: tuple[Field, ...] = get_args(Field)
_KEYS = """name begin end needs counts each dates orders label fields patterns classes cut
begin_class begin_label blocks least"""
_LABEL = r"{name}\s*:\s*(?:(?P<value>\S.*)|(?P<next>))"
_SKIPPED = r"{name}\s*:.*"
_DATES = ["(?:{weekday}\\.?,? )?{date}.{0,60}"]
_LONGEST = 1_000  # characters of a paragraph that are looked at: a mark is short


@dataclass(frozen=True, slots=True)
class Place:
    """A field that stands unlabelled beside the date.

    Attributes:
        field: which.
        if_author: it stands there only if it looks like a name.
        many: all that stand there are of it.
    """

    field: Field
    if_author: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What stands unlabelled around the date, in order."""

    before: tuple[Place, ...]
    after: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """How a service prints the articles of an export; docs/forms.md tells how to write one.

    Attributes:
        name: of the service.
        begin: match the paragraph that begins an article; none: where the one before has ended.
        end: match the paragraph that ends an article; none: where the next one begins.
        needs: match a paragraph that every file in this layout has.
        counts: match what tells in the file how many articles it holds, as group "count".
        each: match what stands once in each article, to count those that could not be read.
        dates: the first that matches any paragraph tells where the date stands.
        orders: what stands around the date; the first that finds a title and an outlet counts.
        fields: what a paragraph tells by its beginning or as a whole; group "value" is what is kept of it; where there
            is a group "next" in its place, the next paragraph is.
        classes: what a paragraph tells by a class of a page's elements.
        begin_class: the class whose first paragraph begins an article.
        begin_label: the label that is the first in the file begins an article each time it comes again.
        blocks: lines of one block belong together: below the date stands the edition, a headline may have several.
        least: how many articles a file must have to count as one in this layout.
        cut: for a field, what is taken out of it.
    """

    name: str
    begin: Marks
    end: Marks
    needs: Marks
    counts: Marks
    each: Marks
    dates: Marks
    orders: tuple[Order, ...]
    fields: Mapping[Field, Marks]
    classes: Mapping[Field, frozenset[str]]
    begin_class: str | None
    begin_label: bool
    blocks: bool
    least: int
    cut: Mapping[Field, re.Pattern[str]]

    def told(self, paragraph: DocumentParagraph, among: Iterable[Field] = FIELDS) -> tuple[Field, str | None] | None:
        """Return what a paragraph tells by its label or class, else None.

        With it comes the value: empty when what follows is the value, None when there is none.
        """
        for field in among:
            if paragraph.classes & self.classes.get(field, frozenset()):
                return field, paragraph.text
            if found := matched(self.fields.get(field, ()), paragraph.text):
                groups = found.groupdict()
                return field, groups.get("value") or groups.get("next")
        return None

    def may_be(self, paragraphs: Sequence[DocumentParagraph], text: str) -> bool:
        """Tell whether a document has what every document in this layout has, before more is looked for.

        Args:
            paragraphs: of the document.
            text: their beginnings, a line each (see ``lines_of``).
        """
        if self.needs and not stands_in(text, self.needs):
            return False
        if self.begin_label or stands_in(text, self.begin + self.end):
            return True
        return self.begin_class is not None and any(self.begin_class in p.classes for p in paragraphs)

    def is_mark(self, paragraph: DocumentParagraph) -> bool:
        """Tell whether a line stands alone, whatever is printed around it."""
        return bool(self.told(paragraph) or matched(self.begin + self.end + self.dates, paragraph.text))


def matched(marks: Marks, text: str) -> re.Match[str] | None:
    """Return how a whole paragraph matches one of some marks."""
    return next((found for mark in marks if (found := mark.fullmatch(text[:_LONGEST]))), None)


def lines_of(paragraphs: Iterable[DocumentParagraph]) -> str:
    """Return the beginnings of paragraphs, as far as marks reach, a line each."""
    return "\n".join(paragraph.text[:_LONGEST] for paragraph in paragraphs)


def stands_in(text: str, marks: Marks) -> bool:
    """Tell whether a line of a text matches one of some marks: much faster than line by line."""
    return any(_line(mark).search(text) for mark in marks)


@functools.cache
def _line(mark: re.Pattern[str]) -> re.Pattern[str]:
    return re.compile(f"^(?:{mark.pattern})$", re.MULTILINE)


@functools.cache
def layouts() -> tuple[Layout, ...]:
    """Return every layout, those of one service in the order of its file.

    Raises:
        ValueError: a file says what cannot be read, with its name and what is allowed.
    """
    found: list[Layout] = []
    for path in sorted((files("index.loaders.exports") / "layouts").iterdir(), key=lambda path: path.name):
        if path.name.endswith(".toml"):
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            found += [layout_of({**data, **row}, path.name) for row in data.pop("layout", [{}])]
    return tuple(found)


@functools.cache
def told_by_classes() -> frozenset[str]:
    """Return the classes by which elements of a page tell something in some layout."""
    return frozenset().union(*(names for layout in layouts() for names in layout.classes.values()))


def layout_of(row: Mapping[str, Any], file: str = "a layout") -> Layout:
    """Return the layout that a row describes; see ``docs/forms.md``.

    Raises:
        ValueError: it says what cannot be read.
    """
    try:
        return _layout(row)
    except (re.error, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"{file}: {error}. docs/forms.md tells how a layout is written.") from error


def _layout(row: Mapping[str, Any]) -> Layout:
    _refuse_unknown(row, _KEYS.split())
    for table in ("fields", "patterns", "classes", "cut"):
        _refuse_unknown(row.get(table, {}), FIELDS)
    return Layout(
        name=row["name"],
        **{key: _marks(row.get(key)) for key in ("begin", "end", "needs", "counts", "each")},
        dates=_marks(row.get("dates", _DATES)),
        orders=tuple(map(_order, row.get("orders", ["date"]))),
        fields={field: _labels(row, field) for field in FIELDS},
        classes={field: frozenset(words) for field, words in row.get("classes", {}).items()},
        begin_class=row.get("begin_class"),
        begin_label=row.get("begin_label", False),
        blocks=row.get("blocks", False),
        least=row.get("least", 1),
        cut={field: _pattern(pattern) for field, pattern in row.get("cut", {}).items()},
    )


def _refuse_unknown(row: Mapping[str, Any], known: Sequence[str]) -> None:
    if unknown := sorted(set(row).difference(known)):
        raise ValueError(f"{', '.join(unknown)} is none of {', '.join(sorted(known))}")


def _labels(row: Mapping[str, Any], field: Field) -> Marks:
    names = "|".join(sorted(row.get("fields", {}).get(field, []), key=len, reverse=True))
    label = (
        [row.get("label", _SKIPPED if field == "skip" else _LABEL).replace("{name}", f"(?:{names})")] if names else []
    )
    return _marks([*label, *row.get("patterns", {}).get(field, [])])


def _marks(patterns: str | list[str] | None) -> Marks:
    return tuple(map(_pattern, [patterns] if isinstance(patterns, str) else patterns or []))


def _pattern(written: str) -> re.Pattern[str]:
    written = written.replace("{date}", f"(?i:{date_pattern()})").replace("{weekday}", f"(?i:{weekday_pattern()})")
    return re.compile(written)


def _order(written: str) -> Order:
    words = written.split()
    if words.count("date") != 1:
        raise ValueError(f"{written!r} has not one date")
    at = words.index("date")
    return Order(tuple(map(_place, words[:at])), tuple(map(_place, words[at + 1 :])))


def _place(written: str) -> Place:
    field = next((field for field in FIELDS if field == written.rstrip("?*")), None)
    if field is None:
        raise ValueError(f"{written} is none of {', '.join(FIELDS)}")
    return Place(field, if_author=written.endswith("?"), many=written.endswith("*"))
