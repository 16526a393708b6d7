"""Every page × place × kind of reader: whatever the server sends is searched for numbers that must not be there.

The tests do this pairwise (``tests/auth/test_wall.py``); here nothing is left out.
"""

import tempfile
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from sipa_data.german import number
from sipa_data.house import open_house
from soak.report import Line
from tests.auth.conftest import Site, running_site
from tests.auth.test_wall import GROUPS, PAGES, PLACES, RARE, SCOPES, canaries
from tests.support.decoded import numbers_in
from tests.support.provider import Provider, running_provider
from tests.support.small_city import published_below
from tests.support.window import Browser


def run() -> list[Line]:
    """One line: how many views were searched, and in how many something was found."""
    with tempfile.TemporaryDirectory(prefix="sipa-wall-") as folder, ExitStack() as opened:
        settings = published_below(Path(folder), RARE)
        with open_house(settings) as house:
            forbidden = {name: canaries(house, scope) for name, scope in SCOPES.items()}
        provider = opened.enter_context(running_provider())
        site = opened.enter_context(running_site(Path(folder), settings, provider))
        people = {name: opened.enter_context(_signed_in(site, provider, name)) for name in GROUPS}
        views = list(product(people, PAGES, PLACES))
        leaks = [view for view in views if _sent(people[view[0]], *view[1:]) & forbidden[view[0]]]
    told = f"{number(len(views))} Ansichten, in {number(len(leaks))} etwas gefunden"
    return [
        Line("Verborgene Zahlen auf allen Seiten, für alle Orte und geschützten Rollen gesucht", told, "0", not leaks)
    ]


def _signed_in(site: Site, provider: Provider, name: str) -> Browser:
    provider.set_person(f"mauer-{name}", *GROUPS[name])
    browser = Browser(site.address)
    site.sign_in(browser, f"mauer-{name}")
    return browser


def _sent(browser: Browser, page: str, place: str) -> set[float]:
    with browser.window(page, f"gebiet={place}" if place else "") as window:
        window.run()
        return numbers_in([*window.received, *window.downloads()])
