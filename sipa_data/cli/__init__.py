"""The same doors for the shell: ``python -m sipa_data …``."""

from sipa_data.cli.main import main

__all__ = ["main"]
