"""The search that the wall stands on finds a number wherever it may hide, and says so where it cannot look."""

import base64
import io
import json

import numpy as np
import openpyxl
import pandas as pd
import plotly.graph_objects as go
import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pages.parts.words_table import as_html
from tests.support.decoded import Unreadable, numbers_in, words_in

CANARY = 31019.0


def workbook(*cells):
    book = openpyxl.Workbook()
    book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_picture(text):
    packed = base64.b64encode(f'<svg><text x="1">{text}</text></svg>'.encode()).decode()
    return f'<p>a <img alt="b" src="data:image/svg+xml;base64,{packed}"/></p>'


def message(kind, field, text):
    said = ForwardMsg()
    setattr(getattr(said.delta.new_element, kind), field, text)
    return said


FIGURE = go.Figure(go.Bar(x=np.array(["a", "b"]), y=np.array([1, 31019])))


@pytest.mark.parametrize(
    "sent",
    [
        "31.019 Fälle", "2024 31019", "1.234 31.019", "31\u00a0019", "31 019", "31\u202f019 %", "31019.0",
        "im Jahr: 31.019.", "31.019,0", "3.1019e4", "[k](31019", "a\nb 31019", "&#51;1019", "<td>31&#46;019</td>",
        b"\xef\xbb\xbfWert;Einheit\n31019;F\xc3\xa4lle\n",
        workbook("Fälle", 31019), workbook("31.019 Fälle"), workbook("n: 31019"),
        as_html(pd.DataFrame({"Ort": ["Hafen"], "Fälle": ["31.019"]}), "Tabelle"),
        as_html(pd.DataFrame({"Ort": ["Hafen"]}), "Im Hafen 31.019"),
        as_picture("31.019"),
        json.dumps({"a": [{"b": "31.019"}]}),
        FIGURE.to_json(),
        message("html", "body", as_picture("31.019")),
        message("plotly_chart", "alt", "Im Hafen 31.019 Fälle"),
        message("markdown", "body", "**31.019**"),
        base64.b64decode(base64.b64encode(workbook(31019))),
    ],
    ids=lambda sent: repr(sent)[:40],
)  # fmt: skip
def test_the_search_finds_the_number(sent):
    assert CANARY in numbers_in([sent])


@pytest.mark.parametrize(
    "drawn",
    ["/media/ab31019cde0123456789abcdef0123456789abcdef0123456789abcd.csv", "0a31019b-11aa-22bb-33cc-0123456789ab"],
)
def test_digits_of_names_that_are_drawn_anew_are_no_numbers(drawn):
    assert CANARY not in numbers_in([f"x {drawn} y"])
    assert CANARY in numbers_in([f"{drawn} 31.019"])
    assert CANARY in numbers_in(["a31019b"])  # a short word is no such name


def test_a_figure_really_carries_its_numbers_packed():
    assert "bdata" in FIGURE.to_json()
    assert "31019" not in FIGURE.to_json()


@pytest.mark.parametrize(
    "sent", [b"%PDF-1.7\xff\x00", b"\x89PNG\r\n\x1a\n\xff", as_picture("x").replace("PHN2", "/////")]
)
def test_what_the_search_cannot_look_into_is_a_fault_and_not_silence(sent):
    with pytest.raises(Unreadable):
        numbers_in([sent])


def test_words_are_found_in_the_same_places():
    sent = [workbook("Steg am Hafen"), as_picture("Lampe"), message("markdown", "body", "Bank")]
    assert all(word in words_in(sent) for word in ("Steg am Hafen", "Lampe", "Bank"))
