"""The label before somebody's words: "M. Hubert Sancey, ministre des fleuves.", "[00:01:12] Wilma Strand:", "Q."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from index.quotations.transcripts.vocabulary import Vocabulary, begins_with
from index.typography import fold

LabelKind = Literal["asking", "answering", "titled", "person", "role", "voice", "initials", "other"]
"""What a label says of its speaker; other: capitals that may be a name."""
Style = Literal["colon", "dash", "stop", "line"]
"""What stands between a label and the words; line: the label has a line of its own."""

_LONGEST = 110
"""Characters of the longest label."""
_MOST_WORDS = 7
_MOST_OF_ROLE = 12
_OFFICE = 4
"""Letters of the shortest office in capitals; shorter ones are parties'."""
TIME = r"[\[(]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_LEAD = re.compile(rf"(?:{TIME}|\(?\d{{1,4}}[.)°](?=\D)|>>+|[–—•*_#>-]+|[ \t\u00a0\u202f])*")
_SEPARATOR = re.compile(
    r"[ \u00a0\u202f]*:(?=[\s*_]|$)|[ \u00a0\u202f]*\.?[ \u00a0\u202f]*(?:[—–]|--)|[ ]-(?=[ ])|\.(?=\s)"
)
_AFTER = re.compile(r"[\s*_—–]*(?:-+\s+)?")
_NOTE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_TIME_ALONE = re.compile(rf"(?:^|\s){TIME}(?=$|\s)")
INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[- ]?){2,4}")
_BARE_QUESTION = re.compile(r"Q[ \t\u00a0]+(?=[A-ZÀ-Þ«“\"])")
_DOUBLE_BRACKETS = re.compile(r"\(\(([^()\n]{1,60})\)\)[ \t\u00a0]*:?[ \t\u00a0]*")
_BRACKETED = re.compile(r"[\[<]([^\[\]<>\n]{1,60})[\]>][ \t\u00a0]*:?[ \t\u00a0]+(?=\S)")
_NUMBER = re.compile(r"\s*(?:n[°o]\s*|#)?\d{1,3}$")
_SENTENCE = re.compile(r"[?!;«»“”\"|/@]|[a-zà-ÿ]{4}\.\s+[a-zà-ÿ]")


@dataclass(frozen=True, slots=True)
class Label:
    """Who a line says that its words are of; offsets count code points of the text.

    Attributes:
        name: as printed, without what brackets and commas add.
        role: what stands behind a comma ("ministre des fleuves"), "" without.
        words_at: where the words begin; ``timed``: whether the line tells a time.
    """

    start: int
    end: int
    name: str
    role: str
    kind: LabelKind
    style: Style
    words_at: int
    timed: bool = False

    @property
    def key(self) -> str:
        """What is equal for the labels of one speaker."""
        return fold(self.name).replace(".", "").strip()

    @property
    def strong(self) -> bool:
        """Whether it can hardly be anything but somebody who speaks."""
        return self.kind not in ("initials", "other")


class LabelReader:
    """Reads the labels of one text.

    Args:
        vocabulary: the words by which labels are told.
        names: the names that the text gives people, folded, and their surnames.
    """

    def __init__(self, vocabulary: Vocabulary, names: frozenset[str]) -> None:
        self._vocabulary, self._names = vocabulary, names

    def read(self, text: str, start: int, end: int) -> Label | None:
        """Return the label before the words of a line, None when there is none."""
        lead = _LEAD.match(text, start, end)
        at = lead.end() if lead else start
        timed = bool(re.search(r"\d:\d\d", text[start:at]))
        row = text[at : min(end, at + _LONGEST)]
        enclosed = self._enclosed(row, at, timed)
        if enclosed is not None:
            return enclosed
        for found in _SEPARATOR.finditer(row):
            style: Style = "colon" if ":" in found[0] else "stop" if found[0] == "." else "dash"
            label = self._label(row[: found.start()], at, style, timed)
            if label is not None:
                after = _AFTER.match(text, at + found.end(), end)
                words_at = after.end() if after else end
                return _placed(label, words_at, end)
        return self._alone(row, at, end, timed) if end - at < _LONGEST else None

    def _enclosed(self, row: str, at: int, timed: bool) -> Label | None:
        """Return a label that nothing but its own form parts from the words: "((WN)) How", "[Vidal] How", "Q How"."""
        bare, doubled = _BARE_QUESTION.match(row), _DOUBLE_BRACKETS.match(row) or _BRACKETED.match(row)
        if bare is not None:
            return Label(at, at + 1, row[0], "", "asking", "colon", at + bare.end(), timed)
        kind = self._kind(doubled[1].strip()) if doubled else None
        if doubled is None or kind is None or begins_with(doubled[1], self._vocabulary.directions):
            return None
        name = " ".join(doubled[1].split())
        return Label(at + doubled.start(1), at + doubled.end(1), name, "", kind, "colon", at + doubled.end(), timed)

    def _alone(self, row: str, at: int, end: int, timed: bool) -> Label | None:
        """Return the label that is a whole line: "WILMA STRAND", "Speaker 1  0:12"."""
        told = _TIME_ALONE.search(row)
        label = self._label(row[: told.start()] if told else row.rstrip(" *_"), at, "line", timed or bool(told))
        certain = label is not None and (
            label.timed or label.kind in ("titled", "person", "voice") or label.name.isupper()
        )
        return _placed(label, end, end) if label is not None and certain else None

    def _label(self, row: str, at: int, style: Style, timed: bool) -> Label | None:
        written = row.strip(" *_\u00a0\u202f[]<>")
        if not written or _SENTENCE.search(written):
            return None
        note = _NOTE.search(written)
        bare = _NOTE.sub(" ", written).strip()
        timed = timed or bool(note and re.search(r"\d:\d\d", note[0]))
        name, role = self._name_and_role(bare, note[0].strip(" ()[]\u00a0") if note else "")
        kind = self._kind(name.strip())
        if kind is None or not self._is_role(role) or not _fits(kind, style, name.strip()):
            return None
        start = at + row.index(written)
        end = start + len(name.rstrip()) if written.startswith(name.rstrip()) else start + len(written)
        return Label(start, end, " ".join(name.split()), " ".join(role.split()), kind, style, end, timed)

    def _name_and_role(self, bare: str, note: str) -> tuple[str, str]:
        """Return a name and the role behind it, of "Strand, Wilma" and "Speaker 2 (Wilma Strand)" the whole name."""
        name, _, role = bare.partition(",")
        first = role.split()
        if len(first) == 1 and self._vocabulary.is_first_name(first[0]) and self._is_name(name.split() or [""]):
            return f"{first[0]} {name.strip()}", ""
        if self._is_person(note) and self._kind(name.strip()) == "voice":
            return note, ""
        return name, role

    def _is_person(self, name: str) -> bool:
        words = name.split()
        return len(words) > 1 and self._is_name(words) and not any(c.isdigit() for c in name)

    def _is_role(self, role: str) -> bool:
        words = role.split()
        if not words:
            return True
        known = any(self._vocabulary.has("roles.any", w) or self._vocabulary.has("roles.media", w) for w in words)
        return len(words) <= _MOST_OF_ROLE and (known or words[0][:1].isupper())

    def _kind(self, name: str) -> LabelKind | None:
        words = name.split()
        if not words or len(words) > _MOST_WORDS:
            return None
        for kind in (self._asked_or_answered(name), self._titled(words), self._office(words), self._named(name, words)):
            if kind is not None:
                return kind
        return None

    def _asked_or_answered(self, name: str) -> LabelKind | None:
        """Return what a label of the languages' lists is, a number behind it left out: "Q1", "Speaker 2"."""
        known = self._vocabulary
        if not name[:1].isupper():
            return None
        plain = fold(_NUMBER.sub("", name)).strip(" .")
        named = plain.partition(" ")[0] in known.asking and _is_capitalised(name.split()[1:])
        if plain in known.asking or named:
            return "asking"
        if plain in known.answering:
            return "answering"
        return "voice" if plain in known.voices else None

    def _titled(self, words: Sequence[str]) -> LabelKind | None:
        """Return "titled" for "Mme Roxane Ferlet", "M. le président", "Mr. HARROW"."""
        rest = list(words)
        while rest and self._vocabulary.has("names.titles", rest[0]):
            rest = rest[1:]
        if len(rest) == len(words) or not rest:
            return None
        return "titled" if self._is_name(rest) or self._is_office(rest) else None

    def _office(self, words: Sequence[str]) -> LabelKind | None:
        """Return "role" for "LA MAIRE", "Le président", "The CHAIR": an office printed as a name."""
        return "role" if words[0][:1].isupper() and self._is_office(words) else None

    def _is_office(self, words: Sequence[str]) -> bool:
        """Tell whether words are an office behind an article, or in capitals, or one that is a label by itself."""
        bare = self._vocabulary.without_article(words)
        determined = bare != list(words)
        if determined and _is_capitals(bare) and not words[0].isupper():
            return True  # "The PRESIDING OFFICER"
        office = any(self._vocabulary.has("roles.any", noun) for noun in bare[:2])  # "le Premier ministre"
        if self._is_chair(bare):
            return determined or len(bare) == 1 or "".join(words).isupper()
        return office and (determined or "".join(words).isupper())

    def _is_chair(self, bare: Sequence[str]) -> bool:
        return any(fold(noun) in self._vocabulary.chairs for noun in bare[:1])

    def _named(self, name: str, words: Sequence[str]) -> LabelKind | None:
        if INITIALS.fullmatch(name):
            return "initials"
        if not self._is_name(words) or any(c.isdigit() for c in name):
            return None
        folded = fold(name)
        if len(words) > 1 and (folded in self._names or self._vocabulary.is_first_name(words[0])):
            return "person"
        return "person" if folded in self._names else "other"

    def _is_name(self, words: Sequence[str]) -> bool:
        """Tell whether words are capitalised, particles aside, as names are."""
        inner = (
            w for w in words if not (w[:1].islower() and self._vocabulary.has("grammar.particles", w.split("'")[0]))
        )
        bare = [re.sub(r"^[dl]['’](?=[^a-zà-ÿ])", "", w) for w in inner]
        return words[-1][-1:].isalpha() and _is_capitalised(bare) and words[0][:1].isupper()


def _placed(label: Label, words_at: int, end: int) -> Label:
    return replace(label, style="line" if words_at >= end else label.style, words_at=words_at)


def _fits(kind: LabelKind, style: Style, name: str) -> bool:
    """Tell whether a label of a kind may be parted from the words as this one is."""
    if style == "stop":
        return kind in ("titled", "asking", "answering") or (
            kind == "role" and any(w.isupper() and len(w) > 1 for w in name.split())
        )
    if style == "dash":
        return kind != "other" or name.isupper() or " " in name
    return True


def _is_capitals(words: Sequence[str]) -> bool:
    letters = "".join(words)
    return letters.isupper() and len(letters) >= _OFFICE


def _is_capitalised(words: Sequence[str]) -> bool:
    return all(w[:1].isupper() for w in words)


def capitals_of(words: Sequence[str]) -> Iterator[str]:
    """Yield the first letters of a name's words, those parted by a hyphen too."""
    for word in words:
        yield from (part[0] for part in word.split("-") if part[:1].isupper())
