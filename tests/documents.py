"""Documents in the forms that are read, made anew by each test that needs one."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

import docx
import openpyxl
import pypdfium2
from odf import dc, meta, text
from odf.opendocument import OpenDocumentText
from odf.table import Table, TableCell, TableRow

PAGE = (595, 842)
"""Width and height of a page, in points."""


@dataclass(frozen=True, slots=True)
class Print:
    """A line of print at a place of a page; ``down`` counts from the upper edge, in points."""

    across: float
    down: float
    words: str
    size: float = 10


def block(across: float, down: float, lines: Iterable[str], size: float = 10) -> list[Print]:
    """Return lines of print one beneath the other."""
    return [Print(across, down + 1.2 * size * number, line, size) for number, line in enumerate(lines)]


def pdf(pages: Iterable[Sequence[Print]], properties: Mapping[str, str] | None = None, picture: bool = False) -> bytes:
    """Return a PDF document; its letters are those of Windows-1252. ``picture``: each page shows one."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", _FONT, _PICTURE]
    kids = []
    for page in pages:
        shown = b"q 500 0 0 700 50 50 cm /Im Do Q\n" if picture else b""
        content = shown + b"".join(map(_printed, page))
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R" % (*PAGE, len(objects))
            + b"/Resources<</Font<</F 3 0 R>>/XObject<</Im 4 0 R>>>>>>"
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(kids))
    objects.append(
        b"<<" + b"".join(b"/%b %b" % (k.encode(), _string(v)) for k, v in (properties or {}).items()) + b">>"
    )
    return _assembled(objects)


_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
_PICTURE = (
    b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>"
    b"stream\n\x80\nendstream"
)


def scan(pages: Iterable[Sequence[Print]]) -> bytes:
    """Return a PDF of pictures of such pages, as a scanner makes it."""
    pictures = []
    for page in pypdfium2.PdfDocument(pdf(pages)):
        bitmap = page.render(scale=200 / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        dots = b"".join(rows[at * bitmap.stride :][: bitmap.width] for at in range(bitmap.height))
        pictures.append((bitmap.width, bitmap.height, zlib.compress(dots)))
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for width, height, dots in pictures:
        at = len(objects) + 1
        objects.append(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            % (width, height)
            + b"/Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(dots), dots)
        )
        shown = b"q %d 0 0 %d 0 0 cm /Im Do Q" % PAGE
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R" % (*PAGE, at + 1)
            + b"/Resources<</XObject<</Im %d 0 R>>>>>>" % at
        )
        kids.append(b"%d 0 R" % (at + 2))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), b" ".join(kids))
    return _assembled([*objects, b"<<>>"])


def _printed(line: Print) -> bytes:
    words = line.words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F %g Tf %g %g Td (%b) Tj ET\n" % (line.size, line.across, PAGE[1] - line.down - line.size, words)


def _string(value: str) -> bytes:
    return b"<" + b"\xfe\xff".hex().encode() + value.encode("utf-16-be").hex().encode() + b">"


def _assembled(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer<</Size %d/Root 1 0 R/Info %d 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(objects), len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer


def word(paragraphs: Iterable[str], table: Sequence[str] = (), title: str = "", author: str = "") -> bytes:
    """Return a Word document: paragraphs, then a table of one row, then "Fin."."""
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = title, author
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        row = document.add_table(1, len(table)).rows[0]
        for cell, words in zip(row.cells, table, strict=True):
            cell.text = words
        document.add_paragraph("Fin.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(*sheets: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook of sheets, "Feuil1", "Feuil2" …."""
    book = openpyxl.Workbook(write_only=True)
    for number, rows in enumerate(sheets, start=1):
        made = book.create_sheet(f"Feuil{number}")
        for row in rows:
            made.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def open_document(paragraphs: Iterable[str], table: Sequence[str] = (), title: str = "", author: str = "") -> bytes:
    """Return an OpenDocument text of the same make."""
    document = OpenDocumentText()
    document.meta.addElement(dc.Title(text=title))
    document.meta.addElement(meta.InitialCreator(text=author))
    for paragraph in paragraphs:
        document.text.addElement(text.P(text=paragraph))
    if table:
        made, row = Table(), TableRow()
        for words in table:
            cell = TableCell()
            cell.addElement(text.P(text=words))
            row.addElement(cell)
        made.addElement(row)
        document.text.addElement(made)
        document.text.addElement(text.P(text="Fin."))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def book(chapters: Sequence[str], package: str = "") -> bytes:
    """Return an EPUB book of chapters (HTML) whose package tells ``package`` (XML)."""
    items = "".join(
        f'<item id="c{n}" href="c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    return archive(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": (
                b'<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                b'<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
            ),
            "OEBPS/book.opf": (
                '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                'xmlns:opf="http://www.idpf.org/2007/opf">'
                f"<metadata>{package}</metadata><manifest>{items}</manifest><spine>{spine}</spine></package>"
            ).encode(),
        }
        | {f"OEBPS/c {n}.xhtml": chapter.encode() for n, chapter in enumerate(chapters)}
    )


def archive(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def mail(body: str, html: str = "", attached: Mapping[str, bytes] | None = None, **headers: str) -> bytes:
    """Return a mail; ``html`` is its other body, or its only one when ``body`` is empty."""
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    if body:
        message.set_content(body)
        if html:
            message.add_alternative(html, subtype="html")
    else:
        message.set_content(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()
