"""Programs that tests need and Python does not bring."""

import os
from typing import NoReturn

import pytest


def missing(program: str, package: str) -> NoReturn:
    """A skip on somebody's machine, a failure where everything must be tested."""
    reason = f"{program} is missing: apt-get install {package}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)
