"""A PDF document whose references lead somewhere."""

from __future__ import annotations

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFObjectNotFound
from pdfminer.pdftypes import PDFObjRef

MOST_REFERENCES = 100
"""So often may an object be nothing but a reference to another."""


class FiniteDocument(PDFDocument):
    """A PDF document in which an object that refers to itself, over others or not, is not there.

    The library follows such references for ever.
    """

    def getobj(self, objid: int) -> object:
        """Return an object that is no reference.

        Raises:
            PDFObjectNotFound: there is none; where a document may lack it, the library goes on.
        """
        found = super().getobj(objid)
        for _ in range(MOST_REFERENCES):
            if not isinstance(found, PDFObjRef):
                return found
            found = super().getobj(found.objid)
        raise PDFObjectNotFound(objid)
