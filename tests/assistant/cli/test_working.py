"""`dixit work` and `dixit jobs`: sources that are queued are taken in; the queue is looked at and mended."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from index.catalog import open_catalog
from index.jobs.queue import Asker, JobQueue
from index.jobs.storage import Storage
from tests.assistant.cli.command import Dixit

ROOT = Path(__file__).parents[3]
STORY = "Le marché rouvre\n\n« Nous rouvrirons lundi », a déclaré Claire Besson.\n"


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    with closing(open_catalog(tmp_path / "data")) as catalog:
        yield JobQueue(catalog.jobs(), Storage(tmp_path / "data"), 100_000_000)


def test_what_is_queued_goes_in_and_what_is_refused_is_listed_until_it_is_dropped(
    queue: JobQueue, dixit: Dixit, tmp_path: Path
) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    story, picture = queue.add_text(STORY, "", Asker()), queue.add_file(tmp_path / "picture.png", Asker())
    done = dixit("work", "--once", "--json")
    assert [json.loads(line)["state"] for line in done.stdout.splitlines()] == ["done", "refused"]
    assert "Le marché rouvre" in dixit("list").stdout
    listed = dixit("jobs")
    assert listed.stdout.startswith(f"{picture}  refused  upload  picture.png")
    assert "1 done, 1 refused, 0 failed" in listed.stderr
    (row,) = map(json.loads, dixit("jobs", "--json").stdout.splitlines())
    assert (row["job"], row["state"], row["attempts"]) == (picture, "refused", 1)
    assert row["why"]
    assert dixit("jobs", "retry", str(picture)).stdout == "1 to be done again\n"
    dixit("work", "--once")
    assert dixit("jobs", "drop", str(picture)).stdout == f"{picture} dropped\n"
    assert dixit("jobs").stdout == ""
    assert dixit("jobs", "retry", "--all").stdout == "0 to be done again\n"
    assert story != picture


def test_what_cannot_be_done_with_a_job_is_told(queue: JobQueue, dixit: Dixit, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "9: there is no such job" in dixit("jobs", "drop", "9").stderr
    assert "9: no job of that id was refused" in dixit("jobs", "retry", "9").stderr
    assert "Give the number of a job, or --all" in dixit("jobs", "retry").stderr
    monkeypatch.setenv("DIXIT_READ_ONLY", "1")
    for command in (("work", "--once"), ("jobs", "drop", "9"), ("jobs", "retry", "--all")):
        assert "DIXIT_READ_ONLY is set" in dixit(*command).stderr


def test_a_worker_that_is_told_to_stop_leaves_its_job_to_others(queue: JobQueue, tmp_path: Path) -> None:
    rows = [
        {"text": STORY.replace("lundi", f"lundi {number}") + "Le marché était fermé. " * 300} for number in range(60)
    ]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, rows)))
    queue.add_file(tmp_path / "many.jsonl", Asker())
    command = [sys.executable, "-m", "assistant", "--data", str(tmp_path / "data"), "work"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}) as process:
        while queue.table.counts()["at_work"] == 0:
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    (job,) = queue.table.jobs()
    assert (job.state, job.owner) in (("waiting", None), ("done", None))
