"""The names that the project takes at the top level are its own files, not somebody else's package."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest


@pytest.mark.parametrize("name", ["assistant", "index", "app"])
def test_the_root_is_in_the_checkout(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__file__ is not None
    assert Path(module.__file__).is_relative_to(Path(__file__).parents[1])
