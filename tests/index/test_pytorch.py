"""PyTorch stays out of a process that reads articles, and can be had in it afterwards."""

from __future__ import annotations

import subprocess
import sys

READ = """
import sys
from index.quotations.syntax.parser import read

assert [token.text for token in read("Le pont rouvrira.", [], "fr")[0].tokens] == ["Le", "pont", "rouvrira", "."]
assert "torch" not in sys.modules
import torch

assert torch.ones(2).sum() == 2
"""


def test_articles_are_parsed_without_torch_which_can_be_imported_afterwards() -> None:
    subprocess.run([sys.executable, "-c", READ], check=True)
