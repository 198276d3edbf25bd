"""What visitors add goes in in turns between them, and what was uploaded goes once it was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.page.adding import MOST_WAITING, ArticleAdding
from assistant.server.rate_limits import Rates
from assistant.server.uploads import Uploads
from assistant.server.visitor import Visitor
from assistant.settings import Settings
from assistant.workspace import Workspace
from index.catalog import open_catalog

ANA, BEN = Visitor("ana", "en", "one machine"), Visitor("ben", "fr", "one machine")


@pytest.fixture
def adding(workspace: Workspace, uploads: Uploads) -> Iterator[ArticleAdding]:
    adding = ArticleAdding(workspace, Rates(add="600/minute"), uploads)
    yield adding
    adding.close()


def uploaded(uploads: Uploads, names: list[str], person: str = "one machine") -> list[str]:
    """Write uploads as Gradio does, each in a folder that its bytes name."""
    paths = []
    with uploads.receiving():
        for name in names:
            path = uploads.folder / name.encode().hex() / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(f"Le quai\n\n« Voici {name} », a déclaré Maud Lorne, la maire.\n", encoding="utf-8")
            paths.append(str(path))
        uploads.keep(paths, person, 0)
    return paths


def test_a_paste_goes_in_while_anothers_many_files_do(adding: ArticleAdding, uploads: Uploads) -> None:
    files = adding.add_files(uploaded(uploads, [f"{number}.txt" for number in range(60)]), ANA)
    states, went_in = adding.add_text("", "Deux lignes.\n« C’est dit », a dit Paul Roux.", BEN)
    list(states)
    assert went_in.is_set()
    assert [result.outcome for result in adding.added.of(BEN.id)] == ["added"]
    assert len(adding.added.of(ANA.id)) < 60
    list(files)
    assert [result.outcome for result in adding.added.of(ANA.id)] == ["added"] * 60


def test_an_upload_is_deleted_once_it_was_read_or_refused(adding: ArticleAdding, uploads: Uploads) -> None:
    paths = uploaded(uploads, ["good.txt", "picture.png"])
    list(adding.add_files(paths, ANA))
    assert [result.outcome for result in adding.added.of(ANA.id)] == ["added", "refused"]
    assert list(uploads.folder.iterdir()) == []


def test_a_file_that_two_upload_is_there_for_both(adding: ArticleAdding, uploads: Uploads) -> None:
    ana, ben = uploaded(uploads, ["same.txt"]), uploaded(uploads, ["same.txt"])
    list(adding.add_files(ana, ANA))
    list(adding.add_files(ben, BEN))
    assert [result.outcome for result in adding.added.of(BEN.id)] == ["unchanged"]
    assert list(uploads.folder.iterdir()) == []


def test_nothing_is_read_or_deleted_but_uploads(adding: ArticleAdding, uploads: Uploads, tmp_path: Path) -> None:
    (outside := tmp_path / "outside.txt").write_text("Un texte.")
    waiting = uploaded(uploads, ["waits.txt"])[0]
    list(adding.add_files([str(outside), str(uploads.folder), str(tmp_path)], ANA))
    assert [result.outcome for result in adding.added.of(ANA.id)] == ["refused"] * 3
    assert outside.exists() and Path(waiting).exists()


def test_who_begins_to_add_too_often_is_told_to_wait(adding: ArticleAdding, uploads: Uploads) -> None:
    paths = uploaded(uploads, [f"{number}.txt" for number in range(MOST_WAITING)])
    Path(paths[0]).write_text(
        "Le quai\n\n" + "« Voici le quai », a déclaré Maud Lorne.\n\n" * 1_000
    )  # the others wait for it
    for path in paths:
        adding.add_files([path], ANA)
    told = list(adding.add_text("", "Un texte.", Visitor("another window", "en", ANA.person))[0])
    assert len(told) == 1 and "Too many requests" in told[0]


def test_an_article_that_was_removed_is_put_back_as_it_was_and_not_read_again(
    adding: ArticleAdding, workspace: Workspace, settings: Settings
) -> None:
    added = workspace.add_text("Le quai\n\n« Voici le quai », a déclaré Maud Lorne, la maire.\n")
    list_of = {"article": added.article_id}
    with closing(open_catalog(settings.index.data)) as catalog:
        stored = catalog.reading(str(added.article_id))
        catalog.replace(replace(stored, quotations=[replace(each, speaker="Ana Ruiz") for each in stored.quotations]))
    adding.remove(list_of, ANA)
    assert workspace.quotations() == []
    assert "data-do" not in adding.put_back(list_of, ANA)
    assert [each.speaker for each in workspace.quotations()] == ["Ana Ruiz"]
