"""Text -> fingerprint: a few numbers by which texts that share most of their wording are found.

MinHash (Broder, "On the resemblance and containment of documents", 1997) over runs of three words, read without
accents, capitals and punctuation. Two texts are near-duplicates when their fingerprints share a band, which an index
can look up (Leskovec, Rajaraman and Ullman, "Mining of Massive Datasets", chapter 3), and agree in enough places.
"""

from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.typography import words

Fingerprint = NDArray[np.uint32]
"""``PLACES`` numbers; two texts agree in about as many of them as they share of all their runs of words."""

PLACES = 128
ROWS = 4
"""Places of a band. With 32 bands, texts that share .6 of their runs are found 99 times in 100, .3: 23 times."""
RUN = 3
FEWEST_WORDS = 24
"""A shorter text has too few words to count as the same story."""
FEWEST_PAIRS = 6
"""A text with fewer pairs of words tells too little to be no version of another."""
SHARED = 0.5
"""The share of the shorter text's pairs of words that versions of one article have in common."""
ENOUGH = 0.55
"""The share of places in which near-duplicates agree; see the table of cases in ``tests/index/test_fingerprint.py``."""


def fingerprint(text: str) -> Fingerprint | None:
    """Return the fingerprint of a text; None when it has fewer than ``FEWEST_WORDS`` words.

    It depends on the text alone and is kept in catalogs: seed and scheme must stay as they are.
    """
    from datasketch import MinHash  # takes a second to import

    held = words(text).split()
    if len(held) < FEWEST_WORDS:
        return None
    sketch = MinHash(num_perm=PLACES, seed=1, scheme="affine32")
    sketch.update_batch({" ".join(held[at : at + RUN]).encode() for at in range(len(held) - RUN + 1)})
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


def may_be_versions(one: str, other: str) -> bool:
    """Tell whether two texts may be versions of one: they share half of the pairs of words of the shorter.

    A text of a few words tells too little to say no.
    """
    pairs = [set(pairwise(words(text).split())) for text in (one, other)]
    fewest = min(map(len, pairs))
    return fewest < FEWEST_PAIRS or len(pairs[0] & pairs[1]) >= SHARED * fewest


def bands(print_: Fingerprint) -> list[int]:
    """Return the bands of a fingerprint, each as a number of 64 bits, signed, that tells the band and its places."""
    keys = (
        hashlib.blake2b(band.tobytes(), digest_size=8, salt=bytes([at])).digest()
        for at, band in enumerate(print_.astype("<u4").reshape(-1, ROWS))
    )
    return [int.from_bytes(key, "little", signed=True) for key in keys]


def near_duplicates(print_: Fingerprint, others: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell which fingerprints (a row each) are those of near-duplicates: they share a band, and enough places."""
    same = others == print_
    banded = same.reshape(len(others), PLACES // ROWS, ROWS).all(axis=2).any(axis=1)
    return np.asarray(banded & (same.mean(axis=1) >= ENOUGH))
