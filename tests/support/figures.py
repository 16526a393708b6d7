"""Everything that a figure carries to the browser, as one text that can be searched."""

import json
from base64 import b64decode
from typing import Any

import numpy as np
import plotly.graph_objects as go


def all_text(figure: go.Figure) -> str:
    """The figure as JSON, with Plotly's base64 columns (``bdata``) written out as numbers."""
    return json.dumps(_decoded(json.loads(figure.to_json())), ensure_ascii=False)


def _decoded(part: Any) -> Any:
    if isinstance(part, dict) and {"bdata", "dtype"} <= part.keys():
        return np.frombuffer(b64decode(part["bdata"]), dtype=part["dtype"]).tolist()
    if isinstance(part, dict):
        return {key: _decoded(value) for key, value in part.items()}
    if isinstance(part, list):
        return [_decoded(value) for value in part]
    return part
