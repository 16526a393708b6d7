"""Every page × place × year × kind of reader: whatever the server sends is searched for numbers that must not be there.

The tests do this pairwise (``tests/auth/test_wall.py``); here nothing is left out.
"""

import tempfile
from contextlib import ExitStack
from itertools import product
from pathlib import Path

from sipa_data.german import number
from soak.report import Line
from tests.auth.test_wall import GROUPS, PAGES, PERIODS, PLACES, forbidden_in, leaked, walled_city
from tests.support.provider import Provider, running_provider
from tests.support.site import Site, running_site
from tests.support.window import Browser


def run() -> list[Line]:
    """One line: how many views were searched, and in how many something was found."""
    with tempfile.TemporaryDirectory(prefix="sipa-wall-") as folder, ExitStack() as opened:
        settings = walled_city(Path(folder))
        forbidden = forbidden_in(settings)
        provider = opened.enter_context(running_provider())
        site = opened.enter_context(running_site(Path(folder), settings, provider))
        people = {name: opened.enter_context(_signed_in(site, provider, name)) for name in GROUPS}
        views = list(product(people, PAGES, PLACES, PERIODS))
        leaks = [view for view in views if leaked(people[view[0]], forbidden[view[0]], *view[1:])]
    searched = "Verborgene Zahlen auf allen Seiten, für alle Orte, Jahre und geschützten Rollen gesucht"
    told = f"{number(len(views))} Ansichten, in {number(len(leaks))} etwas gefunden"
    return [Line(searched, told, "0", not leaks)]


def _signed_in(site: Site, provider: Provider, name: str) -> Browser:
    provider.set_person(f"mauer-{name}", *GROUPS[name])
    browser = Browser(site.address)
    site.sign_in(browser, f"mauer-{name}")
    return browser
