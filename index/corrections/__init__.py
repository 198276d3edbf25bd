"""What readers set right: corrections, applied to what was read in an article."""

from index.corrections.applying import corrected, edited
from index.corrections.finding import quotation_called, require_span, span_called
from index.corrections.models import FIELDS, Correction, CorrectionKind, Field
from index.corrections.places import anchored, words_before

__all__ = [
    "FIELDS",
    "Correction",
    "CorrectionKind",
    "Field",
    "anchored",
    "corrected",
    "edited",
    "quotation_called",
    "require_span",
    "span_called",
    "words_before",
]
