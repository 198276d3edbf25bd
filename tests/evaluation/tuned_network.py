"""The network over states while it learns: the embedding model's next layers, and a pointer on top of them.

The embedding model was taught what texts mean; its layers after the sixth are taught here which mention is of who
speaks (fine-tuning, Devlin et al. 2019), a text's words marked as what they are. What is learnt is kept as a file for
onnxruntime, in whole numbers of seven bits as the embedding model itself.
"""

from __future__ import annotations

import json
import tempfile
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from index.embedding.bundled_weights import Weights, read_weights, weights_path
from index.embedding.split_model import LAYER
from index.quotations.attribution.pointer.inputs import KINDS, LIE, PointerInput
from index.quotations.attribution.pointer.sight import MARKS, Sight
from index.quotations.attribution.pointer.tuned import inputs
from tests.evaluation.pointer_network import log_sums, targets

LAYERS = 3
EPOCHS = 3
BATCH = 16
RATES = (1.5e-4, 1e-3)
"""Of the embedding model's layers, and of what is new."""
DROPPED = 0.2
WIDTH = 128
_NOISE = 25
"""Tokens by which lengths are blurred before words of like length are put together."""
_DROPPED_INSIDE = 0.1


@dataclass(frozen=True, slots=True)
class TunedCase:
    """Some words as the network over states sees them, and what is true of each mention."""

    given: PointerInput
    seen: Sight
    right: tuple[bool, ...]
    written: tuple[bool, ...] | None


class Layer(nn.Module):
    """A layer of the embedding model (BERT's: attention, then two linear layers, each normalised with its input)."""

    def __init__(self, weights: Weights, number: int) -> None:
        super().__init__()
        self._kept, self._prefix = weights, f"l{number}."
        size, inner = weights.hidden, weights.inner
        self.q, self.k, self.v = (self._linear(name, size, size) for name in "qkv")
        self.o = self._linear("ao", size, size)
        self.fi, self.fo = self._linear("fi", size, inner), self._linear("fo", inner, size)
        self.n1, self.n2 = self._norm("aln"), self._norm("oln")
        self.heads, self.drop = weights.heads, nn.Dropout(_DROPPED_INSIDE)
        del self._kept

    def _tensor(self, name: str) -> Tensor:
        return torch.from_numpy(np.array(self._kept.tensors[self._prefix + name], np.float32))

    def _linear(self, name: str, size: int, found: int) -> nn.Linear:
        linear = nn.Linear(size, found)
        linear.weight.data = self._tensor(f"{name}.w").reshape(found, size)
        linear.bias.data = self._tensor(f"{name}.b")
        return linear

    def _norm(self, name: str) -> nn.LayerNorm:
        norm = nn.LayerNorm(self._kept.hidden, eps=self._kept.epsilon)
        norm.weight.data, norm.bias.data = self._tensor(f"{name}.w"), self._tensor(f"{name}.b")
        return norm

    def forward(self, states: Tensor, hidden: Tensor) -> Tensor:
        """Return the next states, shape (cases, tokens, size); ``hidden`` is added where a token may not look."""
        cases, tokens, size = states.shape

        def parted(linear: nn.Linear) -> Tensor:
            return linear(states).view(cases, tokens, self.heads, size // self.heads).transpose(1, 2)

        q, k, v = parted(self.q), parted(self.k), parted(self.v)
        looks = torch.softmax(q @ k.transpose(2, 3) / (size // self.heads) ** 0.5 + hidden, dim=-1)
        seen = (looks @ v).transpose(1, 2).reshape(cases, tokens, size)
        states = self.n1(states + self.drop(self.o(seen)))
        found: Tensor = self.n2(states + self.drop(self.fo(functional.gelu(self.fi(states)))))
        return found


class TunedNetwork(nn.Module):
    """The network of ``pointer.tuned``."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        size = self._size = weights.hidden
        self.marks = nn.ModuleList(nn.Embedding(count, size) for count in MARKS)
        self.layers = nn.ModuleList(Layer(weights, LAYER + n) for n in range(LAYERS))
        self.lie = nn.ModuleList(nn.Embedding(count, WIDTH) for count in LIE)
        for table, noise in ((self.marks, 0.02), (self.lie, 0.1)):
            for embedding in table:
                nn.init.normal_(embedding.weight, std=noise)
        self.kind = nn.Embedding(KINDS, WIDTH)
        self.words, self.mention = nn.Linear(3 * size, WIDTH), nn.Linear(3 * size, WIDTH)
        self.both, self.deeper = nn.Linear(3 * WIDTH, WIDTH), nn.Linear(WIDTH, WIDTH)
        self.out, self.nobody = nn.Linear(WIDTH, 2), nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(DROPPED)

    def forward(
        self, states: Tensor, marks: Tensor, words: Tensor, mentions: Tensor, lie: Tensor, kind: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of one case's mentions, of their being written beside the words, and of nobody."""
        of = torch.zeros_like(mentions[:, 0])
        here = torch.zeros(1, 1, 1, 1)
        return self.scores(states[None], marks[None], here, words[None], of, mentions, lie, kind)

    def scores(
        self,
        states: Tensor,
        marks: Tensor,
        hidden: Tensor,
        words: Tensor,
        of: Tensor,
        mentions: Tensor,
        lie: Tensor,
        kind: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of the mentions of some cases; ``of`` tells whose each mention is."""
        for n, embedding in enumerate(self.marks):
            states = states + embedding(marks[:, :, n])
        for layer in self.layers:
            states = layer(states, hidden)
        states = functional.layer_norm(states, (self._size,))
        said = torch.relu(self.words(self.drop(self._words(states, marks, words))) + self.kind(kind))
        mentioned = self.mention(self.drop(self._mentions(states, of, mentions)))
        for n, embedding in enumerate(self.lie):
            mentioned = mentioned + embedding(lie[:, n])
        mentioned, beside = torch.relu(mentioned), said[of]
        both = torch.relu(self.both(self.drop(torch.cat([mentioned, beside, mentioned * beside], dim=1))))
        both = both + torch.relu(self.deeper(self.drop(both)))
        found = self.out(both)
        return found[:, 0], found[:, 1], self.nobody(said)[:, 0]

    def _words(self, states: Tensor, marks: Tensor, words: Tensor) -> Tensor:
        """Return for each case the mean of its words' states, the first and the last."""
        own = (marks[:, :, :1] == 1).to(states.dtype)
        mean = (states * own).sum(1) / own.sum(1)
        at = torch.arange(states.shape[0])
        return torch.cat([mean, states[at, words[:, 0]], states[at, words[:, 1]]], dim=1)

    def _mentions(self, states: Tensor, of: Tensor, mentions: Tensor) -> Tensor:
        """Return for each mention the mean of its states, the first and the last; zeros: it is out of sight."""
        sums = torch.cat([torch.zeros_like(states[:, :1]), states.cumsum(1)], dim=1)
        first, last = mentions[:, 0].clamp(min=0), mentions[:, 1].clamp(min=1)
        mean = (sums[of, last] - sums[of, first]) / (last - first).clamp(min=1)[:, None]
        inside = (mentions[:, :1] >= 0).to(states.dtype)
        return torch.cat([mean, states[of, first], states[of, last - 1]], dim=1) * inside

    def loss(self, cases: Sequence[TunedCase]) -> Tensor:
        """Return how far the network is from pointing at who spoke, and from telling what is written."""
        given = _together(cases)
        of = given["of"]
        right = torch.tensor([value for case in cases for value in case.right], dtype=torch.bool)
        written = [case.written or (False,) * len(case.right) for case in cases]
        tells = torch.tensor([value for row in written for value in row], dtype=torch.bool)
        told = torch.tensor([case.written is not None for case in cases])
        points, telling, nobody = self.scores(**given)
        target = targets(of, right, tells, len(cases))
        every, scores = torch.cat([of, torch.arange(len(cases))]), torch.cat([points, nobody])
        missed = log_sums(scores, every, len(cases)) - log_sums(scores.masked_fill(~target, -1e9), every, len(cases))
        wrong = functional.binary_cross_entropy_with_logits(telling, tells.float(), reduction="none")
        return missed.mean() + 2 * (wrong * told[of]).mean()


def _together(cases: Sequence[TunedCase]) -> dict[str, Tensor]:
    """Return cases as one input, the shorter ones filled up with tokens that nobody looks at."""
    rows = [inputs(case.given, case.seen) for case in cases]
    most, size = max(len(row["states"]) for row in rows), rows[0]["states"].shape[1]
    states = np.zeros((len(rows), most, size), np.float32)
    marks = np.zeros((len(rows), most, len(MARKS)), np.int64)
    hidden = np.full((len(rows), 1, 1, most), -1e4, np.float32)
    for n, row in enumerate(rows):
        count = len(row["states"])
        states[n, :count], marks[n, :count], hidden[n, :, :, :count] = row["states"], row["marks"], 0
    arrays = {
        "states": states,
        "marks": marks,
        "hidden": hidden,
        "words": np.stack([row["words"] for row in rows]),
        "of": np.repeat(np.arange(len(rows)), [len(row["mentions"]) for row in rows]),
        "mentions": np.concatenate([row["mentions"] for row in rows]),
        "lie": np.concatenate([row["lie"] for row in rows]),
        "kind": np.concatenate([row["kind"] for row in rows]),
    }
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def taught(cases: Sequence[TunedCase], weights: Weights | None = None) -> TunedNetwork:
    """Return a network that some cases have taught; by default one that begins as the embedding model."""
    torch.manual_seed(0)
    torch.set_num_threads(1)  # with more, sums are taken in another order, and runs differ
    rng = np.random.default_rng(0)
    network = TunedNetwork(weights or read_weights(weights_path()))
    known = list(network.layers.parameters())
    new = [value for name, value in network.named_parameters() if not name.startswith("layers.")]
    groups = [{"params": values, "lr": rate} for values, rate in zip((known, new), RATES, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.02)
    steps = EPOCHS * -(-len(cases) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, list(RATES), total_steps=steps, pct_start=0.12)
    for _ in range(EPOCHS):
        for batch in _batches(cases, rng):
            optimizer.zero_grad()
            network.loss(batch).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            pace.step()
    return network.eval()


def _batches(cases: Sequence[TunedCase], rng: np.random.Generator) -> Iterator[list[TunedCase]]:
    """Yield cases a few at a time, in another order each time, those of like length together."""
    lengths = np.array([len(case.seen.states) for case in cases])
    order = np.argsort(lengths + rng.normal(0, _NOISE, len(cases)))
    starts = np.arange(0, len(order), BATCH)
    rng.shuffle(starts)
    for start in starts:
        yield [cases[at] for at in order[start : start + BATCH]]


def write(network: TunedNetwork, target: Path, about: Mapping[str, Any]) -> None:
    """Write a network as a file for onnxruntime, with what is to be known about it."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "exact.onnx"
        _export(network, exact)
        # Seven bits, as the embedding model: with eight, processors without VNNI overflow.
        quantize_dynamic(exact, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    model = onnx.load(target)
    for key, value in about.items():
        model.metadata_props.add(key=key, value=json.dumps(value, ensure_ascii=False))
    onnx.save(model, target)


def _export(network: TunedNetwork, target: Path) -> None:
    size = network.words.in_features // 3
    example = {
        "states": torch.zeros(4, size),
        "marks": torch.tensor([[0, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1]]),
        "words": torch.tensor([1, 2]),
        "mentions": torch.tensor([[3, 4], [-1, -1]]),
        "lie": torch.zeros(2, len(LIE), dtype=torch.int64),
        "kind": torch.zeros(1, dtype=torch.int64),
    }
    axes = {"states": {0: "tokens"}, "marks": {0: "tokens"}, "mentions": {0: "mentions"}, "lie": {0: "mentions"}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the tracer, about shapes and indices; a test compares what both answer
        torch.onnx.export(
            network.eval(),
            tuple(example.values()),
            target,
            input_names=list(example),
            output_names=["points", "written", "nobody"],
            dynamic_axes=axes | {"points": {0: "mentions"}, "written": {0: "mentions"}},
            opset_version=17,
            dynamo=False,
        )
