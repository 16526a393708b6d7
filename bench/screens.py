"""A picture of every screen for every kind of reader, to be looked at: ``make screens`` writes them to docs/screens/.

Pages that are drawn by one template are taken once for readers with fewer rights and, for the fields of action, ten
times for the chair. A page that is registered later is taken without a new line here.
"""

import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from urllib.parse import urlencode

from PIL import Image
from playwright.sync_api import Browser

from bench.browser import WATCH, chromium, settled
from bench.city import catalogue, example_city
from bench.measure import PROJECT
from bench.servers import our_server
from pages.parts import register
from sipa_data.access.scope import Role
from sipa_data.catalogue import Catalogue

FOLDER = PROJECT / "docs" / "screens"
LAPTOP, PHONE = (1280, 800), (390, 844)
TALLEST = 12_000
HEAD = 120
"""Pixels of Streamlit's own frame around the page."""
QUALITY = 78
DISTRICT = "Bad Cannstatt"
TEMPLATES = ("kennzahl-", "partner-", "handlungsfeld-")
PATIENCE = 60_000


@dataclass(frozen=True)
class Shot:
    """One picture: which page, as whom, how wide, on which paper."""

    page: str
    role: Role
    size: tuple[int, int] = LAPTOP
    dark: bool = False

    @property
    def address(self) -> str:
        return f"{self.page}?{urlencode({'gebiet': DISTRICT})}" if self.page == "bezirk" else self.page

    def view(self, word: str) -> str | None:
        """What to choose under „Ansicht“; None: it is chosen already. ``word`` : what the city calls a district."""
        views = {Role.district: f"{word} {DISTRICT}", Role.reader: "Öffentlichkeit", Role.office: "Geschäftsstelle"}
        return views.get(self.role)

    @property
    def name(self) -> str:
        parts = [self.page or "ueberblick", self.role.value, str(self.size[0])]
        return "_".join([*parts, "dunkel"] if self.dark else parts) + ".webp"


def shots(catalogue: Catalogue) -> Iterator[Shot]:
    """Every page as the chair, or as the office where the chair has none, in every size and theme.

    Every template is taken once as the others, too.
    """
    every = sorted(register.addresses(catalogue))
    once = [page for page in every if not page.startswith(TEMPLATES)]
    once += [next(page for page in every if page.startswith(template)) for template in TEMPLATES]
    for page, size, dark in product(once, (LAPTOP, PHONE), (False, True)):
        yield Shot(page, Role.office if page in register.FOR_UPLOADERS else Role.chair, size, dark)
    for page in every:
        if page.startswith("handlungsfeld-") and page not in once:
            yield Shot(page, Role.chair)
    open_to_all = [page for page in once if page not in register.FOR_UPLOADERS]
    for page, role in product(open_to_all, (Role.office, Role.district, Role.reader)):
        yield Shot(page, role)


def take(browser: Browser, address: str, shot: Shot, word: str) -> bytes:
    """The whole page as it settles."""
    width, height = shot.size
    context = browser.new_context(
        locale="de-DE",
        viewport={"width": width, "height": height},
        color_scheme="dark" if shot.dark else "light",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(WATCH)
    page.goto(f"{address}/{shot.address}", wait_until="commit")
    settled(page)
    if view := shot.view(word):
        page.get_by_role("combobox", name=re.compile("Ansicht")).click()
        page.keyboard.type(view)
        page.get_by_role("option", name=view, exact=True).click()
        settled(page)
    tall = int(page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")) + HEAD
    page.set_viewport_size({"width": width, "height": min(max(tall, height), TALLEST)})
    settled(page)
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def main(wanted: list[str]) -> None:
    """``wanted`` : parts of the names of the pictures; none: all."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    chosen = [shot for shot in shots(catalogue()) if not wanted or any(part in shot.name for part in wanted)]
    with our_server(example_city()) as served, chromium() as browser:
        for shot in chosen:
            png = take(browser, served.address, shot, catalogue().city.district_word)
            Image.open(io.BytesIO(png)).convert("RGB").save(FOLDER / shot.name, quality=QUALITY, method=6)
            sys.stdout.write(f"{FOLDER.name}/{shot.name}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
