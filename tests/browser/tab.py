"""One browser window that remembers what went wrong in it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    Browser,
    Page,
    Request,
    TimeoutError,  # noqa: A004 -- Playwright's own, and no other is meant here
)

LISTEN = """
window.violations = [];
document.addEventListener("securitypolicyviolation", event =>
    window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""
FINISHED = """
() => document.querySelector('[data-testid="stApp"][data-test-script-state="notRunning"] h1')
    && !document.querySelector('[data-testid="stSkeleton"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(chart => chart.querySelector(".main-svg"))
"""
PROBE = "script-src: wasm-eval"
"""The library that reads Streamlit's messages tries WebAssembly for long integers, is refused, and does without."""
HEIGHTS = {1280: 800, 390: 844}
"""Of a laptop and of a phone."""
SIDEWAYS = """
() => Math.max(...[document.documentElement, document.querySelector('[data-testid="stMain"]')]
    .map(part => part.scrollWidth - part.clientWidth))
"""
CHARTS_FIT = """
() => [...document.querySelectorAll('[data-testid="stPlotlyChart"] .main-svg')]
    .every(chart => chart.getBoundingClientRect().width <= document.documentElement.clientWidth)
"""
LOOKING_FOR_ITS_SERVER = ("/_stcore/health", "/_stcore/host-config")
"""Under a page's address Streamlit asks for these below that address first and takes the 404 as an answer."""


_CLOSED: WeakKeyDictionary[Browser, dict[str, list[Page]]] = WeakKeyDictionary()
"""Windows that nobody looks into at the moment, by browser and language. Each has a profile of its own: of several
windows in one profile, only the foremost is drawn at full speed."""


def _take_a_seat(browser: Browser, locale: str) -> Page:
    closed = _CLOSED.setdefault(browser, {}).setdefault(locale, [])
    if closed:
        return closed.pop()
    profile = browser.new_context(locale=locale, timezone_id="Europe/Berlin")
    profile.add_init_script(LISTEN)
    return profile.new_page()


def _leave(page: Page) -> None:
    """Nothing stays behind but what the browser keeps of scripts."""
    if page.url.startswith("http"):
        page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.goto("about:blank")
    page.context.clear_cookies()
    page.context.clear_permissions()


TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""After which whoever waits for scrolling has been told."""


class Tab:
    """A window with a German browser, as wide as a laptop."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self._listening = {
            "request": self._note_request,
            "pageerror": lambda error: self.complaints.append(str(error)),
            "console": self._note_message,
        }
        for event, note in self._listening.items():
            page.on(event, note)  # type: ignore[call-overload] -- one signature per event

    @classmethod
    @contextmanager
    def opened(
        cls,
        browser: Browser,
        address: str,
        width: int = 1280,
        *,
        theme: str = "light",
        locale: str = "de-DE",
        keep: bool = True,
    ) -> Iterator["Tab"]:
        """A window of somebody's browser, who has not been here before.

        A window that was closed is opened again for the next test: reading and compiling Streamlit's scripts takes
        three quarters of a first visit.

        ``keep`` : False for a window whose scripts a test changes
        """
        page = _take_a_seat(browser, locale)
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
        page.emulate_media(color_scheme=theme)
        tab = cls(page, address)
        try:
            yield tab
        except BaseException:
            keep = False
            raise
        finally:
            for event, note in tab._listening.items():
                page.remove_listener(event, note)
            if keep:
                _leave(page)
                _CLOSED[browser][locale].append(page)
            else:
                page.context.close()

    def visit(self, path: str) -> None:
        """Open an address and wait until everything is drawn."""
        self.page.goto(f"{self.address}/{path.lstrip('/')}")
        self.wait()

    def wait(self) -> None:
        self.page.wait_for_function(FINISHED, timeout=30_000)

    def choose(self, label: str, option: str) -> None:
        """Choose in a select box."""
        self.page.get_by_role("combobox", name=re.compile(label)).click()
        self.page.keyboard.type(option)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.wait()

    def pick(self, label: str, beginning: str | int) -> None:
        """Choose the first option that holds a text, or the one at a place.

        A list that is opened while the page is still being drawn or scrolled closes again; people click once more, too.
        """
        options = self.page.get_by_role("option")
        chosen = options.nth(beginning) if isinstance(beginning, int) else options.filter(has_text=beginning).first
        box = self.page.get_by_role("combobox", name=label)
        for _ in range(5):
            box.scroll_into_view_if_needed()
            self.page.evaluate(TWO_FRAMES)
            box.click()
            if isinstance(beginning, str):
                box.fill(beginning)  # of a long list only what is in sight can be clicked
            try:
                chosen.click(timeout=5_000)
            except TimeoutError:
                continue
            self.wait()
            return
        raise AssertionError(f"the list „{label}“ does not open")

    def resize(self, width: int) -> None:
        """Turn the laptop into a phone, or back, and let the charts follow."""
        self.page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        self.page.wait_for_function(CHARTS_FIT)
        self.wait()

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        return self.page.evaluate(SIDEWAYS)

    def violations(self) -> list[str]:
        return [one for one in self.page.evaluate("window.violations") if one != PROBE]

    def headings(self) -> list[tuple[int, str]]:
        """Level and text of every heading, in reading order."""
        found = self.page.query_selector_all("h1, h2, h3, h4, h5, h6")
        return [(int(heading.evaluate("node => node.tagName[1]")), heading.inner_text()) for heading in found]

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(self.address).netloc:
            self.foreign.append(request.url)

    def _note_message(self, message: object) -> None:
        if message.type != "error" or message.location["url"].endswith(LOOKING_FOR_ITS_SERVER):
            return
        self.complaints.append(f"{message.text} ({message.location['url']})")
