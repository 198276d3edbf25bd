"""Where workers take articles in, what visitors and programs add is queued, and every copy of the page shows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.api import Programs
from assistant.members import NotAllowed
from assistant.page.controller import PageController
from assistant.page.queueing import QueueAdding
from assistant.server.rate_limits import Rates
from assistant.server.uploads import Uploads
from assistant.server.visitor import Visitor
from assistant.settings import Settings
from assistant.workspace import Workspace, open_workspace
from index.catalog import JobState
from index.errors import IndexingError
from index.jobs.worker import Worker
from tests.assistant.page.test_adding import uploaded
from tests.event_loop import run

ANA, BEN = Visitor("ana", "en", "one machine"), Visitor("ben", "fr", "another")
RATES = Rates(add="600/minute")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, assistant=replace(settings.assistant, workers=True))


@pytest.fixture
def adding(workspace: Workspace, uploads: Uploads) -> Iterator[QueueAdding]:
    adding = QueueAdding(workspace, RATES, uploads)
    yield adding
    adding.close()


def work(workspace: Workspace) -> None:
    Worker(workspace.queue, workspace.taking_in()).work(once=True)


def states(workspace: Workspace) -> list[tuple[str, JobState]]:
    return [(job.name, job.state) for job in workspace.queue.table.jobs()]


def test_what_is_added_waits_for_a_worker_and_what_became_of_it_is_shown(
    adding: QueueAdding, workspace: Workspace, uploads: Uploads
) -> None:
    watch = iter(adding.add_files(uploaded(uploads, ["quai.txt", "picture.png"]), ANA))
    while "being read" not in (shown := next(watch)) and "waits" not in shown:
        pass
    assert "quai.txt" in shown
    assert workspace.articles() == []
    work(workspace)
    *_, last = watch
    assert states(workspace) == [("quai.txt", "done"), ("picture.png", "refused")]
    assert [article.origin for article in workspace.articles()] == ["upload:quai.txt"]
    assert "added" in last and "refused" in last and "waits" not in last
    assert list(uploads.folder.iterdir()) == []
    assert not list((workspace.data / "jobs").rglob("quai.txt"))


def test_the_queue_outlives_a_reload_and_is_shown_by_another_copy_of_the_page(
    adding: QueueAdding, workspace: Workspace, settings: Settings
) -> None:
    shown = iter(adding.add_text("", "Deux lignes.\n« C’est dit », a dit Paul Roux.", ANA)[0])
    while "waits" not in next(shown):
        pass
    with open_workspace(settings, lambda _: None) as other:
        copy = QueueAdding(other, RATES)
        assert "pasted text" in copy.results(ANA)
        assert "All workers are busy" in copy.results(ANA)
        assert copy.results(BEN) == ""
        again = iter(copy.follow(ANA))
        assert "pasted text" in next(again)
        work(workspace)
        assert "added" in [*again][-1]
        assert list(copy.follow(ANA)) == []
        assert "added" not in copy.clear_results({}, ANA)
        assert adding.results(ANA) == ""
        copy.close()


def test_the_queue_is_watched_without_holding_a_thread(adding: QueueAdding, workspace: Workspace) -> None:
    async def watched() -> list[str]:
        seen = []
        async for state in adding.add_text("", "Deux lignes.\n« C’est dit », a dit Paul Roux.", ANA)[0]:
            seen.append(state)
            if len(workspace.queue.table.jobs(["waiting"])) == 1:
                work(workspace)
        return seen

    assert "added" in run(watched())[-1]


def test_an_address_that_may_not_be_fetched_is_refused_at_once(adding: QueueAdding, workspace: Workspace) -> None:
    *_, last = adding.add_addresses("ftp://a.example/b", ANA)
    assert "refused" in last
    assert states(workspace) == []


def test_a_page_that_is_closed_keeps_no_watcher_and_loses_nothing(adding: QueueAdding, workspace: Workspace) -> None:
    shown = iter(adding.add_text("", "Deux lignes.", ANA)[0])
    while "waits" not in next(shown):
        pass
    adding.close()
    list(shown)
    assert states(workspace) == [("", "waiting")]


def test_a_program_is_told_the_number_of_its_job(workspace: Workspace) -> None:
    programs = Programs(workspace, RATES)
    text = "Deux lignes.\n« C’est dit », a dit Paul Roux."
    told = programs.add_article(text, "Deux")
    assert told == {"outcome": "queued", "article_id": None, "title": "Deux", "job": told["job"]}
    assert [row["state"] for row in programs.list_jobs(told["job"])] == ["waiting"]
    work(workspace)
    (row,) = programs.list_jobs(state="done")
    assert (row["job"], row["results"][0]["outcome"]) == (told["job"], "added")
    assert workspace.article(row["results"][0]["article_id"]).text == text
    assert programs.list_jobs(99) == []
    with pytest.raises(IndexingError, match="state: 'odd' is none. Give one of waiting, at_work"):
        programs.list_jobs(state="odd")
    with pytest.raises(IndexingError):
        programs.add_article(url="ftp://a.example/b")


def test_programs_of_two_persons_take_turns(workspace: Workspace) -> None:
    for person in ("ana", "ana", "ana", "ben"):
        programs = Programs(workspace, RATES, person=person)
        programs.add_article("Deux lignes.\n« C’est dit », a dit Paul Roux.", person)
    claimed = [workspace.queue.table.claim("w", timedelta(seconds=60)) for _ in range(3)]
    assert [job and job.person for job in claimed] == ["ana", "ben", "ana"]


def test_who_may_only_read_queues_nothing(workspace: Workspace, uploads: Uploads) -> None:
    limited = workspace.limited_to("read")
    adding = QueueAdding(limited, RATES, uploads)
    watches = [
        adding.add_files(uploaded(uploads, ["quai.txt"]), ANA),
        adding.add_addresses("https://a.example/b", ANA),
        adding.add_text("", "Deux lignes.\n« C’est dit », a dit Paul Roux.", ANA)[0],
    ]
    for watch in watches:
        *_, last = watch
        assert "That did not work." in last
        assert "added" not in last
    adding.close()
    with pytest.raises(NotAllowed, match="You may read in this workspace"):
        Programs(limited, RATES).add_article("Deux lignes.")
    assert states(workspace) == []


def test_without_workers_nothing_is_queued(settings: Settings) -> None:
    plain = replace(settings, assistant=replace(settings.assistant, workers=False))
    with open_workspace(plain, lambda _: None) as workspace, closing(PageController(workspace, RATES).adding) as adding:
        assert type(adding).__name__ == "ArticleAdding"
