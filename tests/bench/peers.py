"""The same articles and questions through LlamaIndex as it comes, and through Dixit: ``python -m tests.bench.peers``.

LlamaIndex as it comes: ``SentenceSplitter``, ``HuggingFaceEmbedding`` in PyTorch over the same model folder,
``ChromaVectorStore``. It cuts, embeds and stores; Dixit reads who said what besides. Both are asked the labelled
questions that have an answer and stand alone: what counts is whether the evidence stands in the first five passages.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.question import NameBook, recall, understand
from assistant.search.retriever import Retriever
from assistant.settings import Settings, read_settings
from assistant.workspace import open_workspace
from index.catalog import open_catalog
from index.embedding.bundled_model import bundled_model
from index.embedding.embedder import open_embedder
from index.loaders import load
from index.models import Article
from index.vectors.exact import CatalogVectors
from tests.bench.articles import labelled_sets
from tests.bench.measure import Measure
from tests.evaluation.labels import Labelled, LabelledSet, Place
from tests.evaluation.overlap import covers

PEER = "LlamaIndex's defaults"
FIRST = 5
"""Passages in which evidence counts as found."""
Found = Sequence[Place]


@dataclass(frozen=True, slots=True)
class Took:
    """What an ingestion took, in seconds: by a clock, and of processor time of the process and those it started."""

    clock: float
    processor: float

    def told(self, articles: int) -> str:
        return f"{articles} articles in {self.clock:.0f} s, {self.processor / articles:.2f} s of processor time each"


def main(argv: Sequence[str]) -> int:
    """Measure and print; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.peers", description="Compare with LlamaIndex.")
    parser.add_argument("corpus", type=Path, nargs="?", help="a file of articles that are taken in beside the labelled")
    parser.add_argument("--most", type=int, default=300, help="how many of them")
    asked = parser.parse_args(argv)
    with TemporaryDirectory(prefix="dixit-peers-") as data:
        settings = read_settings(os.environ, Path(data))
        read = load(asked.corpus, settings.index.max_article_characters) if asked.corpus else iter(())
        further = list(islice((article for article in read if isinstance(article, Article)), asked.most))
        for measure in peers(labelled_sets(), further, settings, report):
            sys.stdout.write(f"{measure.name}: {measure.figure}\n")
    return 0


def peers(
    sets: Sequence[LabelledSet], further: Sequence[Article], settings: Settings, report: Callable[[str], None]
) -> Iterator[Measure]:
    """Yield how fast each takes the same articles in, and how often each finds the evidence."""
    texts = {key: text for labelled in sets for key, text in labelled.texts.items()}
    texts |= {article.key: article.text for article in further}
    questions = [question for labelled in sets for question in labelled.questions if _stands_alone(question)]
    peer = LlamaIndex(bundled_model(settings.index.cache, report), settings.index.data / "peer")
    theirs, ours = _took(lambda: peer.add(texts)), _added(texts, settings)
    times = f"{theirs.clock / ours.clock:.1f} times faster, {theirs.processor / ours.processor:.1f} by processor time"
    yield Measure(f"ingestion, {PEER}", theirs.told(len(texts)))
    yield Measure("ingestion, Dixit", f"{ours.told(len(texts))}, {times}", ours.clock / theirs.clock, PEER)
    yield Measure(f"evidence in the first {FIRST} passages, {PEER}", _recall(questions, map(peer.retrieve, questions)))
    yield Measure(f"evidence in the first {FIRST} passages, Dixit", _recall(questions, _retrieved(questions, settings)))


def report(line: str) -> None:
    """Tell what is being done, apart from the figures."""
    sys.stderr.write(f"{line}\n")


def _stands_alone(question: Labelled) -> bool:
    return question.answerable and bool(question.evidence) and not question.history


def _took(work: Callable[[], object]) -> Took:
    before = os.times()
    work()
    after = os.times()
    return Took(after.elapsed - before.elapsed, sum(after[:4]) - sum(before[:4]))


def _recall(questions: Sequence[Labelled], found: Iterable[Found]) -> str:
    """Tell how often evidence stands in what was found, and how long that is to read."""
    told = list(zip(questions, found, strict=True))
    hits = sum(any(_shows(place, evidence) for place in got for evidence in asked.evidence) for asked, got in told)
    length = statistics.mean(sum(place.end - place.start for place in got) for _, got in told)
    return f"{hits / len(told):.3f} of {len(told)} questions, {length:,.0f} characters shown"


def _shows(place: Place, evidence: Place) -> bool:
    return covers(replace(place, quote=""), replace(evidence, quote=""))  # by its place alone, whoever found it


def _added(texts: Mapping[str, str], settings: Settings) -> Took:
    """Return what taking texts in takes, once the models are loaded, as the peer's is."""
    file = settings.index.data / "articles.jsonl"
    file.write_text("\n".join(json.dumps({"id": key, "text": text}) for key, text in texts.items()), encoding="utf-8")
    with open_workspace(settings, lambda _: None) as workspace:
        workspace.warm()
        return _took(lambda: list(workspace.add([file])))


def _retrieved(questions: Sequence[Labelled], settings: Settings) -> Iterator[Found]:
    with closing(open_catalog(settings.index.data)) as catalog:
        keys = {article.id: article.key for article in catalog.articles()}
        vectors, embedder = CatalogVectors(catalog), open_embedder(settings.index, lambda _: None)
        retriever, book = Retriever(catalog, vectors, embedder), NameBook(catalog)
        for question in questions:
            passages = retriever.search(understand(question.question, recall([], book), book)).passages[:FIRST]
            yield [Place(keys[hit.article_id], hit.start, hit.end, "") for hit in passages]


class LlamaIndex:
    """LlamaIndex with its defaults over a model folder and a Chroma folder."""

    def __init__(self, model: Path, data: Path) -> None:
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        self._data = data
        self._model = HuggingFaceEmbedding(
            model_name=str(model), query_instruction="query: ", text_instruction="passage: "
        )
        self._model.get_text_embedding("It is loaded by now.")
        self._retriever: Any = None

    def add(self, texts: Mapping[str, str]) -> None:
        """Cut, embed and store texts by their keys."""
        import chromadb
        from llama_index.core import Document, StorageContext, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.vector_stores.chroma import ChromaVectorStore

        collection = chromadb.PersistentClient(str(self._data)).get_or_create_collection("articles")
        documents = [Document(text=text, doc_id=key) for key, text in texts.items()]
        index = VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
            embed_model=self._model,
            transformations=[SentenceSplitter()],
        )
        self._retriever = index.as_retriever(similarity_top_k=FIRST)

    def retrieve(self, question: Labelled) -> Found:
        """Return the places of the passages nearest to a question."""
        nodes = [found.node for found in self._retriever.retrieve(question.question)]
        return [Place(node.ref_doc_id, node.start_char_idx, node.end_char_idx, node.text) for node in nodes]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
