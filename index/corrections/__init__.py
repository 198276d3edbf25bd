"""What readers set right: corrections, applied to what was read in an article."""

from index.corrections.applying import corrected, edited
from index.corrections.finding import (
    kind_called,
    quotation_called,
    require_span,
    require_words,
    span_called,
    without_marks,
)
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
    "kind_called",
    "quotation_called",
    "require_span",
    "require_words",
    "span_called",
    "without_marks",
    "words_before",
]
