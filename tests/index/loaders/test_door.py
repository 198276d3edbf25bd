import os
from pathlib import Path

import pytest

from index.loaders import Refusal, load, sources
from index.models import Article


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.md", b" \n\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        ("talk.pptx", b"PK", ".pptx files are not read. Use .txt, "),
        ("README", b"Read me.", "a file without a suffix is not read"),
        ("long.txt", b"mot " * 1_000, "longer than 100 characters"),
        ("empty.jsonl", b"", "empty"),
    ],
)
def test_refused_files_are_named(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (refusal,) = load(path, 100)
    assert isinstance(refusal, Refusal)
    assert refusal.source == str(path)
    assert reason in str(refusal.reason)
    assert str(refusal).startswith(f"{path}: ")


@pytest.mark.parametrize("name", ["piscine.txt", "piscine.MD", "piscine.jsonl"])
def test_every_form_gives_the_same_text(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text('{"text": "La piscine rouvre."}' if "jsonl" in name else "La piscine rouvre.")
    (article,) = load(path, 100)
    assert isinstance(article, Article)
    assert (article.key, article.text, article.title) == (
        "piscine",
        "La piscine rouvre.",
        "La piscine rouvre.",
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("pipe.txt", "a device or a pipe"),
        ("absent.txt", "no such file"),
        ("nul\0.txt", "no such file"),
        ("x" * 5_000, "name too long"),
        (".", "folder"),
    ],
    ids=["pipe", "absent", "null", "long", "folder"],
)
def test_what_is_no_file_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (refusal,) = load(tmp_path / name, 100)
    assert isinstance(refusal, Refusal)
    assert reason in str(refusal.reason)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file_and_folder_are_refused(tmp_path: Path) -> None:
    folder, file = tmp_path / "folder", tmp_path / "a.txt"
    folder.mkdir(mode=0o000)
    file.touch(mode=0o000)
    found = [refusal for path in sources([tmp_path]) for refusal in load(path, 100)]
    assert [str(item).split(": ")[0] for item in found] == [str(file), str(folder)]


def test_folders_are_opened_in_order_without_what_is_no_article(tmp_path: Path) -> None:
    for name in [
        "b.txt",
        "a/z.md",
        "a/b.jsonl",
        "c.pdf",
        "d.png",
        "e.py",
        ".hidden.txt",
        ".git/f.txt",
        "README",
    ]:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Un texte.")
    (tmp_path / "in" / "a" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "linked.txt").symlink_to(tmp_path / "in" / "b.txt")
    named = tmp_path / "in" / "d.png"
    found = [str(path.relative_to(tmp_path / "in")) for path in sources([named, tmp_path / "in"])]
    assert found == ["d.png", "a/b.jsonl", "a/z.md", "b.txt", "c.pdf", "linked.txt"]


def test_links_that_lead_out_of_the_folder_are_refused_by_name(tmp_path: Path) -> None:
    folder, secret = tmp_path / "in" / "deep", tmp_path / "secret"
    folder.mkdir(parents=True)
    secret.mkdir()
    (secret / "secret.txt").write_text("Un secret.")
    (tmp_path / "in" / "a.txt").write_text("Un texte.")
    (folder / "out.txt").symlink_to("../../secret/secret.txt")
    (folder / "out").symlink_to(secret)
    (folder / "broken.txt").symlink_to(tmp_path / "absent.txt")
    (folder / "in.txt").symlink_to("../a.txt")
    (folder / "picture.png").symlink_to(secret / "secret.txt")
    found = {}
    for path in sources([tmp_path / "in"]):
        for same in sources([path]):  # as whoever lists the files first, and then adds one by one
            (found[same.name],) = load(same, 100)
    refused = [
        name for name, one in found.items() if isinstance(one, Refusal) and "a link that leads out" in str(one.reason)
    ]
    assert sorted(refused) == ["broken.txt", "out", "out.txt"]
    assert sorted(name for name, one in found.items() if isinstance(one, Article)) == ["a.txt", "in.txt"]


def test_link_that_is_itself_named_is_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.txt").write_text("Un texte.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "secret" / "a.txt")
    (tmp_path / "folder").symlink_to(tmp_path / "secret")
    for named in ("link.txt", "folder"):
        (path,) = sources([tmp_path / named])
        (found,) = load(path, 100)
        assert isinstance(found, Article)


def test_links_in_a_circle_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    for path in sources([tmp_path]):
        (found,) = load(path, 100)
        assert isinstance(found, Refusal)


@pytest.mark.parametrize("name", ["absent.txt", "nul\0.txt", "x" * 5_000], ids=["absent", "null", "long"])
def test_what_is_named_comes_along_whatever_it_is(tmp_path: Path, name: str) -> None:
    assert list(sources([tmp_path / name])) == [tmp_path / name]


def test_name_that_is_not_unicode_is_no_obstacle(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text("Un texte.")
    (article,) = load(path, 100)
    assert isinstance(article, Article)
    assert article.key == "caf?"
    assert article.origin and article.origin.encode()
