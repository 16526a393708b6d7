"""The entry script of every visit: who asks → filter bar → pages → the page that was asked for.

It lies in a folder of its own, without pages beside it: see ``app.py``.
"""

from pathlib import Path

import streamlit as st

from pages.parts import filter_bar, register
from pages.parts.identity import role_name, scopes_of_visitor
from pages.parts.opened import opened_house
from pages.parts.status import status_line
from pages.parts.view import View

STYLE = Path(__file__).parent / "parts" / "house.css"

st.set_page_config(page_title="Lagebild der Sicherheitspartnerschaft", layout="wide")

st.html(STYLE)

house = opened_house()
title_place, status_place = st.columns([1, 1], vertical_alignment="bottom")
with st.container(horizontal=True, vertical_alignment="bottom", key="filter"):
    scopes = scopes_of_visitor()
    place, period = filter_bar.place_and_period(house.reader(scopes[-1]))
    reader = house.reader(filter_bar.scope(scopes, role_name))
with status_place:
    status_line(reader)

view = View(reader, place, period, dark=st.context.theme.type == "dark", head=title_place, memory=house.drawn)
menus = register.menus(view)
view.pages.update({page.url_path: page for pages in menus.values() for page in pages})
if (address := register.asked_address()) not in view.pages:
    menus[""].append(register.refusal(address))
st.navigation(menus, position="top").run()
