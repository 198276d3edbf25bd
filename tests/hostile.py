"""Documents made to harm, of full size: what each is, and how Dixit settles it."""

from __future__ import annotations

import io
import random
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.documents import archive, block, pdf, word

KB, MB = 1_000, 1_000_000
BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%b]><x>&z;</x>' % b"".join(
    b'<!ENTITY %c "%b">' % (name, b"&%c;" % (name - 1) * 10) for name in range(ord("b"), ord("z") + 1)
)
"""Ten letters a, as often as ten to the power of 25."""
ENCRYPTED = pdf([block(50, 100, ["Un texte."])]).replace(
    b"trailer<<",
    b"trailer<</ID[<00112233445566778899aabbccddeeff><00112233445566778899aabbccddeeff>]/Encrypt"
    b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"01" * 32 + b">/U<" + b"02" * 32 + b">>>",
)


def replaced(document: bytes, member: str, data: bytes) -> bytes:
    """Return an archive with one of its members replaced."""
    with zipfile.ZipFile(io.BytesIO(document)) as whole:
        return archive({name: data if name == member else whole.read(name) for name in whole.namelist()})


@dataclass(frozen=True, slots=True)
class Hostile:
    """A document to be refused, or taken as the text it is.

    Attributes:
        parts: its bytes, a part after the other.
        reason: part of the line that refuses it; None: it is taken.
        long: taking it in lasts more than some seconds.
    """

    name: str
    file: str
    parts: Callable[[], Iterable[bytes]]
    reason: str | None = None
    long: bool = False

    def write(self, folder: Path) -> Path:
        """Write it into a folder; return where it is."""
        path = folder / self.file
        with path.open("wb") as file:
            for part in self.parts():
                file.write(part)
        return path


def repeated(words: str, length: int, end: str = "") -> Callable[[], Iterable[bytes]]:
    """Return what yields words again and again, up to a number of characters, and then an end."""
    times, at_once = length // len(words), max(1, MB // len(words))
    return lambda: (
        *((words * min(at_once, times - done)).encode() for done in range(0, times, at_once)),
        end.encode(),
    )


def zeros(size: int) -> bytes:
    """Return an archive of one text of so many null bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
        made.open("a.txt", "w", force_zip64=True) as member,
    ):
        for _ in range(size // MB):
            member.write(bytes(MB))
    return out.getvalue()


def lying(method: Literal["deflate", "bzip2", "lzma"], name: str = "a.txt", size: int = 20 * MB) -> bytes:
    """Return an archive of one text, longer than the 1,000 characters that it says it has, whose sum it bears."""
    compress_type = {"deflate": zipfile.ZIP_DEFLATED, "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA}[method]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress_type) as made, made.open(name, "w") as member:
        for _ in range(size // MB):
            member.write(b"a" * MB)
    whole = bytearray(out.getvalue())
    for head, at in ((b"PK\x03\x04", 14), (b"PK\x01\x02", 16)):
        record = whole.index(head) + at
        whole[record : record + 4] = zlib.crc32(b"a" * KB).to_bytes(4, "little")
        whole[record + 8 : record + 12] = KB.to_bytes(4, "little")
    return bytes(whole)


def nested(depth: int) -> bytes:
    """Return an archive of ten archives, each of which holds ten again, down to some texts."""
    inner = archive({f"{n}.txt": b"Un texte. " * KB for n in range(10)})
    for _ in range(depth):
        inner = archive({f"{n}.zip": inner for n in range(10)})
    return inner


def said() -> Iterable[bytes]:
    """Yield as many quotations as find room, each of other words."""
    yield from (f"« Le point numéro {n} est réglé depuis hier », a dit la maire.\n\n".encode() for n in range(3_000))


def attributes() -> Iterable[bytes]:
    """Yield a page of one element with attributes beyond count."""
    yield b"<html><body><p "
    yield from (f'a{n}="1" '.encode() for n in range(200_000))
    yield b">Le maire parle.</p>"


LONGER = "longer than 2,000,000 characters"
DOCUMENTS = [
    Hostile("200 MB of text", "long.txt", repeated("La maire parle. ", 200 * MB), LONGER),
    Hostile("10 MB without a space", "run.txt", repeated("a", 10 * MB), LONGER),
    Hostile("a million null bytes", "null.txt", repeated("\0", MB), "binary"),
    Hostile("a million bytes of noise", "noise.txt", lambda: [random.Random(1).randbytes(MB)], "binary"),
    Hostile("a million spaces", "blank.txt", repeated(" \n", MB), "empty"),
    Hostile("zip bomb, 600 MB", "bomb.zip", lambda: [zeros(600 * MB)], "unpacks to 600 MB"),
    Hostile("zips in a zip in a zip", "nested.zip", lambda: [nested(3)], "archive within a document"),
    Hostile("zip that says it is small", "lying.zip", lambda: [lying("deflate", size=2_000 * MB)], "holds more"),
    Hostile("zip packed by bzip2", "bzip2.zip", lambda: [lying("bzip2", size=200 * MB)], "packed by method 12"),
    Hostile("zip packed by LZMA", "lzma.zip", lambda: [lying("lzma", size=200 * MB)], "packed by method 14"),
    Hostile("element of 200,000 attributes", "attributes.html", attributes, "more than 500 attributes"),
    Hostile("path out of a zip", "out.zip", lambda: [archive({"../../x.txt": b"Un."})], "leads out of the archive"),
    Hostile("entity bomb in a feed", "bomb.xml", lambda: [BOMB], "defines entities"),
    Hostile(
        "entity bomb in a DOCX",
        "bomb.docx",
        lambda: [replaced(word(["Un."]), "word/document.xml", BOMB)],
        "defines entities",
    ),
    Hostile("encrypted PDF", "locked.pdf", lambda: [ENCRYPTED], "protected by a password"),
    Hostile("nothing at all", "empty.txt", lambda: [], "empty"),
    Hostile("broken DOCX", "broken.docx", lambda: [word(["Un."] * KB)[:-400]], "damaged"),
    Hostile("PDF of pictures", "pictures.pdf", lambda: [pdf([[]] * 500, picture=True)], "no text layer"),
    Hostile("PDF of 2,000 pages", "thick.pdf", lambda: [pdf([block(50, 100, ["Un."])] * 2 * KB)], "1,000"),
    Hostile(
        "5 MB of scripts", "scripts.html", repeated("<script>var a = 'La maire parle.';</script>", 5 * MB), "scripts"
    ),
    Hostile("marks, 10,000", "marks.txt", repeated('"', 10 * KB, " mot"), long=True),
    Hostile("marks that nest, 10,000", "guillemets.txt", repeated("« “ ", 20 * KB, "mot" + " ” »" * 5), long=True),
    Hostile("apostrophes, 30,000", "apostrophes.txt", repeated("'a ", 90 * KB), long=True),
    Hostile(
        "overrides of direction", "turned.txt", repeated("\u202eLa maire dit « oui ».\u2066 ", 100 * KB), long=True
    ),
    Hostile("a letter with 100,000 accents", "accents.txt", repeated("\u0301", 100 * KB, "a mot")),
    Hostile("3,000 quotations", "said.txt", said, long=True),
    Hostile("2,000,000 characters, no space", "whole.txt", repeated("a", 2 * MB), long=True),
    Hostile("a sentence of a million characters", "sentence.txt", repeated("la maire dit que ", MB), long=True),
    Hostile("400,000 characters of marks", "allmarks.txt", repeated('" ', 400 * KB, "mot"), long=True),
    Hostile("10,000 paragraphs of a word", "lines.txt", repeated("Oui.\n\n", 60 * KB), long=True),
]

ADDRESSES = [
    ("page that never ends", "/endless", "larger than 20 MB"),
    ("page in drips", "/drip", "took longer than"),
    ("redirects in a loop", "/around/0", "redirects more than 5 times"),
    ("redirect to this machine", "/to/http://localhost/", "is not a public machine"),
    ("redirect to a file", "/to/file:///etc/passwd", "only http:// and https://"),
    ("16 MB in a packed page", "/bomb", "scripts or pictures"),
    ("no such page", "/status/404", "no such page"),
    ("a picture", "/kind/image/png", "not an article"),
    ("a file's address", "file:///etc/passwd", "only http:// and https://"),
    ("another protocol", "ftp://example.org/a.txt", "only http:// and https://"),
    ("this machine", "http://localhost/", "is not a public machine"),
    ("this machine in IPv6", "http://[::ffff:127.0.0.1]/", "is not a public machine"),
    ("this machine as a number", "http://2130706433/", "is not written as a name"),
    ("a private range", "http://192.168.1.1/", "is not a public machine"),
    ("a cloud's metadata", "http://169.254.169.254/latest/meta-data/", "is not a public machine"),
]
"""An address, of the tests' own web server where it begins with a slash, and part of the line that refuses it."""
