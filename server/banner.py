"""No banner: uvicorn names itself in every answer, below all middleware, and Streamlit hands it no setting for that."""

import uvicorn

BANNER = b"server"
NAME = "encoded_headers"
"""What uvicorn adds to every answer; its own setting ``server_header`` decides the same before this can be called."""


def hide_banner() -> None:
    """Leave the name out of what uvicorn adds. Called while it loads the app, before the first answer."""
    setattr(uvicorn.Config, NAME, property(_without_banner, _keep))


def _without_banner(config: uvicorn.Config) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in vars(config).get(NAME, []) if name != BANNER]


def _keep(config: uvicorn.Config, headers: list[tuple[bytes, bytes]]) -> None:
    vars(config)[NAME] = headers
