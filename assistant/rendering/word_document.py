"""Quotations -> a Word document: a paragraph each, its reference in a footnote."""

from __future__ import annotations

import io
from collections.abc import Iterable
from html import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from assistant.rendering.byline import Said
from assistant.rendering.escaping import visible
from assistant.rendering.plain import plain
from assistant.rendering.reference import kind_mark, reference
from assistant.texts.catalogue import Texts

_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def word_document(said: Iterable[Said], texts: Texts) -> bytes:
    """Return the quotations as DOCX, whose footnotes are a part of our own: python-docx, which writes it, has none."""
    document, notes = Document(), []
    document.core_properties.author = ""
    document.core_properties.title = texts.get("export.quotations")
    document.add_heading(texts.get("export.quotations"), level=1)
    for number, each in enumerate(said, start=1):
        paragraph = document.add_paragraph(f"{_line(plain(each, texts))} {kind_mark(each, texts)}")
        paragraph._p.append(_mark(number))  # noqa: SLF001 (the element itself is the way to what python-docx lacks)
        notes.append(_footnote(number, reference(each, texts)))
    _add_footnotes(document, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _mark(number: int) -> object:
    """Return the run that leads to a footnote."""
    run, properties = OxmlElement("w:r"), OxmlElement("w:rPr")
    raised, mark = OxmlElement("w:vertAlign"), OxmlElement("w:footnoteReference")
    raised.set(qn("w:val"), "superscript")
    mark.set(qn("w:id"), str(number))
    properties.append(raised)
    run.append(properties)
    run.append(mark)
    return run


def _footnote(number: int, told: str) -> str:
    text = escape(f" {_line(told)}", quote=False)
    return (
        f'<w:footnote w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p></w:footnote>'
    )


def _add_footnotes(document: WordDocument, notes: Iterable[str]) -> None:
    xml = f'<w:footnotes xmlns:w="{_NAMESPACE}">{_SEPARATORS}{"".join(notes)}</w:footnotes>'
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, (head + xml).encode("utf-8"), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _line(text: str) -> str:
    return " ".join(visible(text).replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd").split())
