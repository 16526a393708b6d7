"""A table of words as HTML: read like any table, by eyes and by screen readers.

Streamlit's own table loads a megabyte of scripts and reads its cells as Markdown, so that a delivered text could become
a link. Here a cell is text and nothing else.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

import pandas as pd
import streamlit as st


def words_table(rows: pd.DataFrame, alt: str, *, old_and_new: bool = False) -> None:
    """Draw a table of German texts.

    Parameters
    ----------
    rows : one row per thing; the first column names it. Every cell is a text, ready to show
    alt : what the table holds, for those who do not see where it stands
    old_and_new : the third and fourth column are numbers to compare, each on one line
    """
    st.html(as_html(rows, alt, "sipa-tabelle sipa-vergleich" if old_and_new else "sipa-tabelle"))


def as_html(rows: pd.DataFrame, alt: str, style: str = "sipa-tabelle") -> str:
    """The table inside a frame that scrolls by itself where the page is narrow, with keyboard too."""
    frame = Element("div", {"class": style, "role": "group", "aria-label": alt, "tabindex": "0"})
    table = SubElement(frame, "table")
    head = SubElement(SubElement(table, "thead"), "tr")
    for column in rows.columns:
        SubElement(head, "th", {"scope": "col"}).text = str(column)
    body = SubElement(table, "tbody")
    for first, *others in rows.itertuples(index=False, name=None):
        line = SubElement(body, "tr")
        SubElement(line, "th", {"scope": "row"}).text = str(first)
        for heading, cell in zip(rows.columns[1:], others, strict=True):
            SubElement(line, "td", {"data-kopf": str(heading)}).text = str(cell)
    return tostring(frame, encoding="unicode", method="html")
