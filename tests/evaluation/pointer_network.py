"""The networks of the pointers while they learn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from index.quotations.attribution.pointer.inputs import KINDS, LIE
from index.quotations.attribution.pointer.network import packed

EPOCHS = 10
BATCH = 64
RATE = 3e-3
DROPPED = 0.25
UNSEEN = 0.04
"""The share of words that are hidden while it learns, so that it knows what to do with those that it does not know."""
SYMBOL, WIDTH = 32, 64


def taught(network: _Network, numbers: Sequence[Numbers]) -> dict[str, Any]:
    """Teach a network; return its weights as they are kept."""
    rng = np.random.default_rng(0)
    torch.set_num_threads(1)  # with more, sums are taken in another order, and runs differ
    batches = -(-len(numbers) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=0.05)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=EPOCHS * batches, pct_start=0.2)
    for _ in range(EPOCHS):
        for chosen in np.array_split(rng.permutation(len(numbers)), batches):
            optimizer.zero_grad()
            network.loss([numbers[at] for at in chosen]).backward()
            optimizer.step()
            pace.step()
    return {name: packed(value.detach().numpy()) for name, value in network.named_parameters()}


@dataclass(frozen=True, slots=True)
class Numbers:
    """A case as numbers: symbols or states, kind; for each mention the same, how it lies, and what is true of it."""

    words: Any
    kind: int
    mentions: Sequence[Any]
    lie: list[tuple[int, ...]]
    right: tuple[bool, ...]
    written: tuple[bool, ...]
    told: bool


class _Network(nn.Module):
    """The network of ``network.points``, by the same names, while it learns."""

    def __init__(self) -> None:
        super().__init__()
        self.kind = nn.Parameter(torch.randn(KINDS, WIDTH) * 0.1)
        for n, size in enumerate(LIE):
            self.register_parameter(f"lie{n}", nn.Parameter(torch.randn(size, WIDTH) * 0.1))
        self.words, self.mention = nn.LazyLinear(WIDTH), nn.LazyLinear(WIDTH)
        self.both, self.deeper = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.out, self.nobody = nn.Linear(WIDTH, 2), nn.Linear(WIDTH, 1)

    def loss(self, cases: Sequence[Numbers]) -> Tensor:
        """Return how far the network is from pointing at who spoke, and from telling what is written."""
        of = torch.tensor([n for n, case in enumerate(cases) for _ in case.mentions])
        right = torch.tensor([value for case in cases for value in case.right])
        written = torch.tensor([value for case in cases for value in case.written])
        told = torch.tensor([case.told for case in cases])
        points, tells, nobody = self._points(cases, of)
        target = targets(of, right, written, len(cases))
        every = torch.cat([of, torch.arange(len(cases))])
        scores = torch.cat([points, nobody])
        missed = log_sums(scores, every, len(cases)) - log_sums(scores.masked_fill(~target, -1e9), every, len(cases))
        wrong = functional.binary_cross_entropy_with_logits(tells, written.float(), reduction="none")
        return missed.mean() + 2 * (wrong * told[of]).mean()

    def _points(self, cases: Sequence[Numbers], of: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        kinds = self.kind[torch.tensor([case.kind for case in cases])]
        words = torch.relu(self.words(self._seen([case.words for case in cases])) + kinds)
        mentions = self.mention(self._seen([m for case in cases for m in case.mentions]))
        lie = torch.tensor([lie for case in cases for lie in case.lie])
        for n in range(len(LIE)):
            mentions = mentions + self.get_parameter(f"lie{n}")[lie[:, n]]
        mentions, beside = torch.relu(mentions), words[of]
        both = torch.cat([mentions, beside, mentions * beside], dim=1)
        hidden = torch.relu(self.both(functional.dropout(both, DROPPED)))
        hidden = hidden + torch.relu(self.deeper(functional.dropout(hidden, DROPPED)))
        points, tells = self.out(hidden).T
        return points, tells, self.nobody(words)[:, 0]

    def _seen(self, rows: Sequence[Any]) -> Tensor:
        """Return a vector for each row of what is seen."""
        raise NotImplementedError


class SymbolNetwork(_Network):
    """The network of ``network.Pointer``."""

    def __init__(self, known: int) -> None:
        symbols = torch.randn(known, SYMBOL) * 0.3
        super().__init__()
        symbols[0] = 0.0
        self.symbols = nn.Parameter(symbols)

    def _seen(self, rows: Sequence[Sequence[Sequence[int]]]) -> Tensor:
        ids = torch.tensor(rows)
        ids = torch.where((torch.rand(ids.shape) < UNSEEN) & (ids > 0), torch.ones_like(ids), ids)
        known = (ids > 0).unsqueeze(-1).float()  # nothing stays without a vector while the others learn
        return functional.dropout((self.symbols[ids] * known).sum(dim=2).flatten(1), DROPPED)


class StateNetwork(_Network):
    """The network of ``network.StatePointer``."""

    def _seen(self, rows: Sequence[NDArray[np.float32]]) -> Tensor:
        return functional.dropout(torch.from_numpy(np.stack(rows)), DROPPED)


def targets(of: Tensor, right: Tensor, written: Tensor, count: int) -> Tensor:
    """Return what may be pointed at: right mentions, of these the written ones where there are any; else nobody."""
    best = right & written
    has_best, has_right = (torch.zeros(count).index_add(0, of, mask.float()) > 0 for mask in (best, right))
    return torch.cat([torch.where(has_best[of], best, right), ~has_right])


def log_sums(scores: Tensor, of: Tensor, count: int) -> Tensor:
    """Return the logarithm of the sum of exponentials of the scores of each case."""
    most = torch.full((count,), -1e9).scatter_reduce(0, of, scores.detach(), "amax")
    return most + torch.log(torch.zeros(count).index_add(0, of, torch.exp(scores - most[of])) + 1e-30)
