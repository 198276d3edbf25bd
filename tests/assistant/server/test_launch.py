"""Starting and stopping the page: models are loaded in the end, signals end it, enough descriptors are taken."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading

import pytest

from assistant.server.launch import warm_up


def test_loading_the_models_is_tried_again() -> None:
    tries, done = list[int](), threading.Event()

    def warm() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise OSError("Too many open files")
        done.set()

    warmed = threading.Event()
    warm_up(warm, threading.Event(), warmed, pause=0.01)
    assert done.wait(timeout=30)
    assert warmed.wait(timeout=30)
    assert len(tries) == 3


WAITING = """
import sys, time
from assistant.server.launch import stop_signal
stopped = stop_signal()
print("ready", flush=True)
stopped.wait()
print("stopped", flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_the_page_and_a_second_one_ends_it_at_once(number: signal.Signals) -> None:
    process = subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    process.send_signal(number)
    assert process.stdout.readline() == "stopped\n"
    process.send_signal(number)
    assert process.wait(timeout=30) == -number
    process.stdout.close()


def test_as_many_descriptors_are_taken_as_are_allowed() -> None:
    program = """
import resource
from assistant.server.descriptors import ENOUGH, raise_descriptor_limit
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
wanted = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
resource.setrlimit(resource.RLIMIT_NOFILE, (min(64, wanted), hard))
raise_descriptor_limit()
assert resource.getrlimit(resource.RLIMIT_NOFILE) == (wanted, hard)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False, timeout=60).returncode == 0
