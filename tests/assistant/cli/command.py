"""The type of the fixture `dixit`."""

import subprocess
from collections.abc import Callable

Dixit = Callable[..., subprocess.CompletedProcess[str]]
