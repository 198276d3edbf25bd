"""What readers set right: corrections, applied to what was read in an article."""

from index.corrections.applying import corrected, edited, is_found
from index.corrections.models import FIELDS, Correction, CorrectionKind
from index.corrections.places import anchored, words_before

__all__ = [
    "FIELDS",
    "Correction",
    "CorrectionKind",
    "anchored",
    "corrected",
    "edited",
    "is_found",
    "words_before",
]
