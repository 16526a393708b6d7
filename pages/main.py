"""The entry script of every visit: who asks → filter bar → pages → the page that was asked for.

It lies in a folder of its own, without pages beside it: see ``app.py``.
"""

from functools import partial
from pathlib import Path

import streamlit as st

from pages.parts import filter_bar, identity, link, record, register, search, stand
from pages.parts.first_visit import first_visit
from pages.parts.loading import loading
from pages.parts.opened import opened_house
from pages.parts.status import status_line
from pages.parts.view import View

STYLE = Path(__file__).parent / "parts" / "house.css"

st.set_page_config(page_title="Lagebild der Sicherheitspartnerschaft", layout="wide")

st.html(STYLE)

house = opened_house()
visitor = identity.visitor()
identity.banner()
shown, gone = stand.of_window(house)
title_place, status_place = st.columns([1, 1], vertical_alignment="bottom")
bar, notes = st.container(horizontal=True, vertical_alignment="bottom", key="filter"), st.container(key="hinweise")
with bar:
    place, period = filter_bar.place_and_period(house.reader(visitor.scopes[-1], shown), notes)
    scope = filter_bar.scope(visitor.scopes, partial(identity.scope_name, catalogue=house.catalogue))
    reader = house.reader(scope, shown)
    finder = search.popover(here := f"{register.asked_address()}-{place}")
    link.popover(reader, place, period)
    identity.way_out(visitor)
identity.admit_uploads(visitor, scope)
with status_place:
    status_line(reader)

view = View(
    reader, place, period, dark=st.context.theme.type == "dark", head=title_place, memory=house.drawn, visitor=visitor
)
menus = register.menus(view)
view.pages.update({page.url_path: page for pages in menus.values() for page in pages})
if (address := register.asked_address()) not in view.pages:
    menus[""].append(register.refusal(view, address))
page = st.navigation(menus, position="top")
with finder:
    search.fill(view, here)
stand.banner(shown)
if gone is not None:
    stand.refusal(view, gone)
else:
    record.seen(visitor, scope, page.url_path, place, period, None if shown == house.mart.snapshot.id else shown)
    if page.url_path == register.HOME and reader.uploads():
        first_visit(view)
    with loading(page.url_path):
        page.run()
