"""Quotations that were found, and labels -> how many are right.

A found quotation matches a label of the same article when their intersection over union, edges trimmed, is at least
0.8, or 0.5 for indirect speech, whose edges are a matter of taste; the likest pairs first, each label and each
quotation once. A found one that lies within a label it does not match (words quoted within a quotation) counts
neither for nor against. A matched quotation counts under the label's kind, an unmatched one under its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.models import Kind
from tests.evaluation.labels import LabelledSet, Place, Said
from tests.evaluation.naming import same_person
from tests.evaluation.overlap import Span, is_inside, likeness, trimmed

NEEDED: dict[str, float] = {"direct": 0.8, "mixed": 0.8, "indirect": 0.5}
GROUPS: dict[str, tuple[Kind, ...]] = {
    "direct": ("direct",),
    "mixed": ("mixed",),
    "marked": ("direct", "mixed"),
    "indirect": ("indirect",),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A label with the quotation that matches it, a label that was missed, or a quotation without a label."""

    label: Said | None
    found: Said | None

    @property
    def kind(self) -> str:
        """The label's kind, else that of what was found."""
        said = self.label or self.found
        return said.kind if said else ""

    @property
    def matched(self) -> bool:
        """Whether the words were found."""
        return self.label is not None and self.found is not None

    @property
    def named(self) -> bool:
        """Whether the words were found under the right speaker."""
        return bool(self.label and self.found and same_person(self.found.speaker, self.label.speaker))

    @property
    def misnamed(self) -> bool:
        """Whether the words were found under a wrong speaker; naming nobody is not wrong."""
        return self.matched and not self.named and bool(self.found and self.found.speaker)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one group of kinds; each share is 0 to 1, and 0 when there is nothing to share."""

    labelled: int
    found: int
    matched: int
    named: int

    @property
    def precision(self) -> float:
        """The share of the found quotations that are labelled."""
        return _share(self.matched, self.found)

    @property
    def recall(self) -> float:
        """The share of the labels that were found."""
        return _share(self.matched, self.labelled)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.matched, self.found + self.labelled)

    @property
    def joint_f1(self) -> float:
        """The same, when only quotations under the right speaker count as found."""
        return _share(2 * self.named, self.found + self.labelled)


@dataclass(frozen=True, slots=True)
class QuotationScores:
    """What is right of the quotations that were found in a set.

    Attributes:
        verbatim: the share of them whose words are the article's slice.
        scare: the share of the marks without speech that were taken for somebody's words.
        misreported: those marks.
    """

    findings: tuple[Finding, ...]
    verbatim: float
    scare: float
    misreported: tuple[Place, ...]

    def figures(self, group: str) -> Figures:
        """Return the counts of a group of ``GROUPS``."""
        findings = [finding for finding in self.findings if finding.kind in GROUPS[group]]
        return Figures(
            labelled=sum(finding.label is not None for finding in findings),
            found=sum(finding.found is not None for finding in findings),
            matched=sum(finding.matched for finding in findings),
            named=sum(finding.named for finding in findings),
        )

    @property
    def wrong_speaker(self) -> float:
        """The share of the matched quotations that stand under a wrong speaker."""
        return _share(sum(f.misnamed for f in self.findings), sum(f.matched for f in self.findings))


def score_quotations(labelled: LabelledSet, found: Sequence[Said]) -> QuotationScores:
    """Score quotations found in the articles of a labelled set."""
    texts = labelled.texts
    verbatim = sum(texts[said.article][said.start : said.end] == said.quote for said in found)
    misreported = tuple(other for other in labelled.others if _is_reported(other, found, texts[other.article]))
    return QuotationScores(
        findings=tuple(finding for key in texts for finding in _findings(labelled, found, key)),
        verbatim=_share(verbatim, len(found)) if found else 1.0,
        scare=_share(len(misreported), len(labelled.others)),
        misreported=misreported,
    )


def _findings(labelled: LabelledSet, found: Sequence[Said], article: str) -> Iterator[Finding]:
    text = labelled.texts[article]
    labels = [said for said in labelled.quotations if said.article == article]
    quotations = [said for said in found if said.article == article]
    label_spans, spans = ([trimmed(text, said.start, said.end) for said in group] for group in (labels, quotations))
    pairs = _pairs(labels, label_spans, spans)
    for position, label in enumerate(labels):
        yield Finding(label, quotations[pairs[position]] if position in pairs else None)
    for position, quotation in enumerate(quotations):
        nested = any(is_inside(spans[position], span) for span in label_spans)
        if position not in pairs.values() and not nested:
            yield Finding(None, quotation)


def _pairs(labels: Sequence[Said], label_spans: Sequence[Span], spans: Sequence[Span]) -> dict[int, int]:
    """Return which quotation each label is matched by, by their positions."""
    likest = sorted(
        ((likeness(span, label), at, to) for at, span in enumerate(spans) for to, label in enumerate(label_spans)),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for like, at, to in likest:
        if like >= NEEDED[labels[to].kind] and to not in pairs and at not in pairs.values():
            pairs[to] = at
    return pairs


def _is_reported(other: Place, found: Sequence[Said], text: str) -> bool:
    span = trimmed(text, other.start, other.end)
    return any(
        likeness(span, trimmed(text, said.start, said.end)) >= NEEDED["direct"]
        for said in found
        if said.article == other.article
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
