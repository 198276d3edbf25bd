"""``python -m assistant`` is the ``dixit`` command."""

from assistant.cli import main

main()
