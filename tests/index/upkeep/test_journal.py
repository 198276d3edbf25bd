"""What is told of sources after a process was stopped while it took them in."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from index.upkeep.journal import Journal, Source

ROOT = Path(__file__).parents[3]
A, B, C = Source("/texts/a.txt"), Source("b.txt", uploaded=True), Source("/texts/c\udcff.txt")


def test_a_batch_that_is_done_leaves_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.batch([A, B]):
        journal.settle(B)
        journal.settle(A)
    assert journal.unfinished() == []
    assert list((tmp_path / "adding").iterdir()) == []


def test_what_was_refused_in_a_batch_that_ended_is_not_unfinished(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.batch([A, B]):
        journal.settle(A)
    assert journal.unfinished() == []


def test_a_batch_that_runs_is_not_unfinished(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with journal.batch([A]):
        assert Journal(tmp_path).unfinished() == []
        journal.settle(A)


def test_what_is_left_of_a_stopped_batch_is_told_until_it_is_done(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(KeyboardInterrupt), journal.batch([A, B, C, A]):
        journal.settle(A)
        raise KeyboardInterrupt
    assert Journal(tmp_path).unfinished() == [C, B]
    with journal.batch([C]):
        journal.settle(C)
    assert journal.unfinished() == [B]
    journal.forget([B])
    assert journal.unfinished() == []


def test_batches_inside_one_another_share_their_sources(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    with pytest.raises(KeyboardInterrupt), journal.batch([A, B, C]):
        with journal.batch([A]):
            journal.settle(A)
        with journal.batch([B]):
            raise KeyboardInterrupt
    assert journal.unfinished() == [C, B]


def test_a_killed_process_leaves_word_of_what_it_had_not_done(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from index.upkeep.journal import Journal, Source\n"
        "journal = Journal(Path(sys.argv[1]))\n"
        "with journal.batch([Source('a'), Source('b')]):\n"
        "    journal.settle(Source('a')); print('begun', flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline()
        assert Journal(tmp_path).unfinished() == []
        os.kill(process.pid, signal.SIGKILL)
    assert Journal(tmp_path).unfinished() == [Source("b")]


def test_what_two_visitors_left_under_one_name_is_told_of_each(tmp_path: Path) -> None:
    journal, ana, ben = Journal(tmp_path), Source("b.txt", True, "ana"), Source("b.txt", True, "ben")
    with pytest.raises(KeyboardInterrupt), journal.batch([ana]), journal.batch([ben, B]):
        raise KeyboardInterrupt
    assert Journal(tmp_path).unfinished() == [B, ana, ben]
    with journal.batch([ben]):
        journal.settle(ben)
    assert journal.unfinished() == [B, ana]


def test_a_line_that_was_cut_off_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "adding").mkdir()
    (tmp_path / "adding" / "x.jsonl").write_text('["a", false]\n["b", false]\n["a", fal')
    assert Journal(tmp_path).unfinished() == [Source("a"), Source("b")]
