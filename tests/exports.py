"""Exports of many articles in the layouts of press databases, written as those write them, from invented articles."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import docx

from index.languages.calendar import months
from tests.documents import Print, pdf

MONTHS_FR = months("fr")
DAYS_FR = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]


@dataclass(frozen=True)
class Piece:
    """An article that goes into an export."""

    title: str
    source: str
    day: date
    author: str
    paragraphs: tuple[str, ...]

    @property
    def french_day(self) -> str:
        return f"{DAYS_FR[self.day.weekday()]} {self.day.day} {MONTHS_FR[self.day.month - 1]} {self.day.year}"

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


Writer = Callable[[Sequence[Piece]], bytes]


def nexis_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = [
        "Date and Time: Monday, March 25, 2024 10:02:00 AM GMT",
        "Job Number: 000000000",
        f"Documents ({len(pieces)})",
    ]
    for number, piece in enumerate(pieces, 1):
        lines += [f"{number}. {piece.title}", "Client/Matter: -None-", "Search Terms: quarry", "Narrowed by:"]
    for piece in pieces:
        lines += ["\f", piece.title, piece.source, f"{piece.day:%B} {piece.day.day}, {piece.day.year} {piece.day:%A}"]
        lines += [f"Copyright 2024 {piece.source} All Rights Reserved", "Section: NEWS; Pg. 4", "Length: 402 words"]
        lines += [f"Byline: {piece.author}", "Body", *piece.paragraphs, "Classification", "Language: ENGLISH"]
        lines += ["Subject: QUARRYING (90%)", "Load-Date: March 19, 2024", "End of Document"]
    return lines


def nexis_french_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = [f"Documents ({len(pieces)})"]
    for piece in pieces:
        lines += [
            "\f",
            piece.title,
            piece.source,
            piece.french_day,
            f"Copyright 2024 {piece.source} Tous droits réservés",
        ]
        lines += [
            "Rubrique: REGION; Pg. 4",
            "Longueur: 402 mots",
            f"Auteur: {piece.author}",
            "Corps",
            *piece.paragraphs,
        ]
        lines += ["Classification", "Langue: FRENCH; FRANÇAIS", "Date de chargement: 19 mars 2024", "Fin du document"]
    return lines


def lexisnexis_lines(pieces: Sequence[Piece], wrapped: int = 0) -> list[str]:
    lines = [
        "Download Request: Select Items: 1-12",
        "Time Of Request: Friday, March 22, 2024  16:51:31",
        "Terms: (quarry)",
    ]
    for number, piece in enumerate(pieces, 1):
        lines += [f"{number} of {len(pieces)} DOCUMENTS", piece.source]
        lines += [f"{piece.day:%B} {piece.day.day}, {piece.day.year} {piece.day:%A}", piece.title]
        lines += [f"BYLINE: {piece.author}", "SECTION: NEWS; Pg. 4", "LENGTH: 402 words", *piece.paragraphs]
        lines += ["LOAD-DATE: March 19, 2024", "LANGUAGE: ENGLISH", "PUBLICATION-TYPE: Newspaper"]
        lines += [f"Copyright 2024 {piece.source}", "All Rights Reserved"]
    return lines


def factiva_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces):
        lines += [
            "News",
            piece.title,
            f"By {piece.author}",
            "310 words",
            f"{piece.day.day} {piece.day:%B} {piece.day.year}",
        ]
        lines += ["09:30 GMT", piece.source, "SKARG", "12", "English", f"© 2024 {piece.source}. All rights reserved."]
        lines += [*piece.paragraphs, f"Document SKARG00020240311ek3b000{number}"]
    return lines


def factiva_code_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces):
        lead, *tail = piece.paragraphs
        codes = [("SE", "News"), ("HD", piece.title), ("BY", f"By {piece.author}"), ("WC", "310 words")]
        codes += [("PD", f"{piece.day.day} {piece.day:%B} {piece.day.year}"), ("SN", piece.source), ("SC", "SKARG")]
        codes += [("LA", "English"), ("CY", f"© 2024 {piece.source}"), ("LP", lead)]
        for code, words in codes:
            lines += [code, words]
        lines += ["TD", *tail] if tail else []
        lines += [
            "IN",
            "i74 : Water Transport",
            "PUB",
            "Skerrow Media",
            "AN",
            f"Document SKARG00020240311ek3b000{number}",
        ]
    return lines


def europresse_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces):
        lines += [f"{piece.source}, no. 1234", f"Région, {piece.french_day}, p. 6", piece.title, piece.author]
        lines += [*piece.paragraphs, f"© 2024 {piece.source}. Tous droits réservés."]
        lines += [f"Numéro de document : news·{piece.day:%Y%m%d}·LC·04{number}"]
        lines += [
            "Certificat émis le 12 mars 2024 à ABONNE-FICTIF à des fins de visualisation personnelle et temporaire."
        ]
    return lines


def labelled_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces, 1):
        lines += ["_" * 40, f"Document {number} of {len(pieces)}", f"Title: {piece.title}", f"Author: {piece.author}"]
        lines += [
            f"Publication title: {piece.source}",
            f"Publication date: {piece.day:%b} {piece.day.day}, {piece.day.year}",
        ]
        lines += ["Full text:", *piece.paragraphs, "Subject: Quarries", "Location: Hallowdale"]
    return lines


def proquest_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces, 1):
        day = f"{piece.day.day} {piece.day:%b} {piece.day.year}"
        lines += ["_" * 60, piece.title, f"Author: {piece.author}"]
        lines += [
            f"Publication info: {piece.source} ; London (UK) [London (UK)]. {day}: 4.",
            "Abstract: None available.",
        ]
        lines += [
            "Links: Linking Service",
            "Full text:",
            *piece.paragraphs,
            "Subject: Quarries",
            f"Title: {piece.title}",
        ]
        lines += [
            f"Publication title: {piece.source}; London (UK)",
            "Pages: 4",
            "Country of publication: United Kingdom",
        ]
        lines += [f"ProQuest document ID: 295481000{number}"]
    return lines


def numbered_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = ["Revue de presse du 4 avril"]
    for number, piece in enumerate(pieces, 1):
        lines += ["-" * 30, f"{number}. {piece.source} – {piece.day:%d/%m/%Y} – p. {number}", piece.title]
        lines += [f"Par {piece.author}", *piece.paragraphs]
    return lines


def numbered_title_lines(pieces: Sequence[Piece]) -> list[str]:
    lines = []
    for number, piece in enumerate(pieces, 1):
        lines += [
            f"{number}) {piece.title} ({piece.source}, {piece.french_day})",
            f"By {piece.author}",
            *piece.paragraphs,
        ]
    return lines


def as_text(lines: Sequence[str]) -> bytes:
    return "\n\n".join(line.replace("\f", "") for line in lines).encode()


def as_close_text(lines: Sequence[str]) -> bytes:
    return "\n".join(line.replace("\f", "") for line in lines).encode()


def as_word(lines: Sequence[str]) -> bytes:
    document = docx.Document()
    for line in lines:
        if line == "\f":
            document.add_page_break()
        else:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_rich_text(lines: Sequence[str]) -> bytes:
    words = "".join("\\page " if line == "\f" else f"{_rich(line)}\\par\n" for line in lines)
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}" + "\n" + words + "}").encode("ascii")


def _rich(line: str) -> str:
    return "".join(
        char if char.isascii() and char not in "\\{}" else f"\\{char}" if char in "\\{}" else f"\\u{ord(char)}?"
        for char in line
    )


def as_page(lines: Sequence[str]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines if line != "\f")
    return f'<html><head><meta charset="utf-8"><title>Export</title></head><body>{body}</body></html>'.encode()


def as_print(lines: Sequence[str], across: int = 80, down: int = 46) -> bytes:
    """Return a PDF whose lines follow each other closely, all in one size."""
    printed: list[str] = []
    for line in lines:
        printed += ["\f"] if line == "\f" else _wrapped(line, across)
    pages: list[list[str]] = [[]]
    for line in printed:
        if line == "\f" or len(pages[-1]) == down:
            pages.append([])
        if line != "\f":
            pages[-1].append(line)
    return pdf([[Print(60, 80 + 14 * at, line) for at, line in enumerate(page)] for page in pages if page])


def _wrapped(line: str, across: int) -> list[str]:
    lines = [""]
    for word in line.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > across:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def as_wrapped_text(lines: Sequence[str]) -> bytes:
    blocks = ["\n".join(_wrapped(line, 78)) for line in lines if line != "\f"]
    return "\n\n".join(blocks).encode("cp1252")


LAYOUTS = {
    "nexis": nexis_lines,
    "nexis-fr": nexis_french_lines,
    "lexisnexis": lexisnexis_lines,
    "factiva": factiva_lines,
    "factiva-codes": factiva_code_lines,
    "europresse": europresse_lines,
    "labelled": labelled_lines,
    "proquest": proquest_lines,
    "numbered": numbered_lines,
    "numbered-titles": numbered_title_lines,
}
FORMS = {
    ".txt": as_text,
    "-close.txt": as_close_text,
    "-wrapped.txt": as_wrapped_text,
    ".docx": as_word,
    ".rtf": as_rich_text,
    ".html": as_page,
    ".pdf": as_print,
}
