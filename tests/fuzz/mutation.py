"""What is true of a door whatever comes in, tried on seeds that are changed at random: no library is needed."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

from tests.anything import refuse_broken_promise, refuse_broken_transcript
from tests.documents import archive
from tests.fuzz.seeds import DOORS, SEEDS

_LONGEST = 20_000
_WORDS = (
    """< > [ ] { } , ; - -- --> &#0; \\u \\' ** --- 00:00: 03/04/2024 31/13/0000 NaN <p> <![CDATA[ ]]> From Title:"""
)
_BYTES = (
    b"\n",
    b"\n\n",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xad",
    b"\xed\xa0\x80",
    b"\xe2\x80\xa8",
    b"\xc3\x83\xc2\xa9",
    b'"',
    b"9" * 30,
)
_PIECES = (*map(str.encode, _WORDS.split()), *_BYTES)


def fuzz(door: str, seconds: float, seed: int = 0) -> int:
    """Try changed seeds on a door for so long; return how many were tried. What breaks it is kept, and raised."""
    seeds = [path.read_bytes() for path in sorted((SEEDS / door).iterdir())]
    chance, tried, until = random.Random(seed), 0, time.monotonic() + seconds
    promise = refuse_broken_transcript if door == "transcript" else refuse_broken_promise
    while time.monotonic() < until:
        data = changed(chance.choice(seeds), chance)
        tried += 1
        try:
            promise(data, f"a.{DOORS[door]}")
        except BaseException:
            Path(f"crash-{door}-{tried}").write_bytes(data)
            raise
    return tried


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes changed at some places; of an archive, one of its parts, so that it can still be opened."""
    if data.startswith(b"PK") and chance.random() < 0.9:
        packed = zipfile.ZipFile(io.BytesIO(data))
        parts = {name: packed.read(name) for name in packed.namelist()}
        name = chance.choice(sorted(parts))
        return archive(parts | {name: changed(parts[name], chance)})
    for _ in range(chance.choice((1, 1, 2, 3, 6, 20))):
        at = chance.randrange(len(data) + 1)
        to = at + chance.choice((0, 1, 3, 10, 60))
        new = (chance.choice(_PIECES), chance.randbytes(chance.choice((1, 4))), data[at:to] * 2, b"")[
            chance.randrange(4)
        ]
        data = data[:at] + new + data[to:]
    return data[:_LONGEST]
