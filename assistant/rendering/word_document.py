"""Quotations -> a Word document: by article, each speaker named once, the references in footnotes."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
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
from assistant.rendering.grouping import Block, by_article, headline, together
from assistant.rendering.plain import plain_markup
from assistant.rendering.reference import kind_mark, reference
from assistant.rendering.telling import speaker, tell, tell_below
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
    document = Document()
    notes: list[str] = []
    document.core_properties.author = ""
    document.core_properties.title = texts.get("export.quotations")
    document.add_heading(texts.get("export.quotations"), level=1)
    for group in by_article(together(said), texts):
        document.add_heading(_line(headline(group.article, texts)), level=2)
        for style, told, each in (line for block in group.blocks for line in _lines(block, texts)):
            paragraph = document.add_paragraph(_line(f"{told} {kind_mark(each, texts)}" if each else told), style)
            if each:
                notes.append(_footnote(len(notes) + 1, reference(each, texts)))
                # the element itself is the way to what python-docx lacks
                paragraph._p.append(_mark(len(notes)))  # noqa: SLF001
    _add_footnotes(document, notes)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(block: Block, texts: Texts) -> Iterator[tuple[str | None, str, Said | None]]:
    """Yield the paragraphs of a speaker, each with its style: a sentence, or the name and a list below it."""
    markup, alone_in_it = plain_markup(texts), len(block.runs) == 1
    if not alone_in_it and not block.is_extract:
        yield None, speaker(block.head, texts, markup), None
    for number, run in enumerate(block.runs):
        if alone_in_it or (block.is_extract and number == 0):
            yield None, tell(run.said, texts, markup), run.first
        else:
            yield "List Bullet", tell_below(block.head, run.said, texts, markup), run.first


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
    return " ".join(visible(text).split())
