"""The entry script of every visit: who asks → filter bar → pages → the page that was asked for.

It lies in a folder of its own, without pages beside it: see ``app.py``.
"""

from functools import partial
from pathlib import Path

import streamlit as st

from pages.parts import filter_bar, identity, record, register, shown_snapshot
from pages.parts.opened import opened_house
from pages.parts.status import status_line
from pages.parts.view import View

STYLE = Path(__file__).parent / "parts" / "house.css"

st.set_page_config(page_title="Lagebild der Sicherheitspartnerschaft", layout="wide")

st.html(STYLE)

house = opened_house()
visitor = identity.visitor()
identity.banner()
snapshot = shown_snapshot.shown(house)
shown_snapshot.notice(house, snapshot)
title_place, status_place = st.columns([1, 1], vertical_alignment="bottom")
with st.container(horizontal=True, vertical_alignment="bottom", key="filter"):
    place, period = filter_bar.place_and_period(house.reader(visitor.scopes[-1], snapshot))
    scope = filter_bar.scope(visitor.scopes, partial(identity.scope_name, catalogue=house.catalogue))
    identity.way_out(visitor)
reader = house.reader(scope, snapshot)
identity.admit_uploads(scope)
with status_place:
    status_line(reader)

view = View(
    reader, place, period, dark=st.context.theme.type == "dark", head=title_place, memory=house.drawn, visitor=visitor
)
menus = register.menus(view)
view.pages.update({page.url_path: page for pages in menus.values() for page in pages})
if (address := register.asked_address()) not in view.pages:
    menus[""].append(register.refusal(address))
page = st.navigation(menus, position="top")
record.seen(visitor, scope, page.url_path, place, period)
page.run()
