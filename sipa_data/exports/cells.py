"""Single cells of a file that a spreadsheet opens: numbers it counts with, keys it keeps, text it never runs."""

import re

from sipa_data.german import MINUS, number
from sipa_data.spreadsheets import text_cell

__all__ = ["key_cell", "number_cell", "text_cell"]

KEY = re.compile(r"[0-9A-Za-z]+")


def number_cell(value: float | None, decimals: int) -> str:
    """``1234,5``: the number as it is on the screen, without the dots between thousands.

    German Excel reads the comma; the dots would be read too, but not by every other program.
    """
    return "" if value is None else number(value, decimals).replace(".", "").replace(MINUS, "-")


def key_cell(key: str) -> str:
    """``="01"``: the one form that German Excel keeps as text when a file is opened by a double click.

    Plain ``01`` becomes 1, and a leading apostrophe would stand visibly in the cell. The formula is ours, with
    nothing but letters and digits between the quotes; a key with anything else in it is text like any other.
    """
    return f'="{key}"' if KEY.fullmatch(key) else text_cell(key)
