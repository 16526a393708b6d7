"""In Chromium, without its cache: first load of the Überblick, and a filter change from click to settled.

Both pages are watched in the same way, by a script that Chromium runs beside them: settled is the last change that
the page's main part saw before it stayed as it was for a while, with the script finished and every chart drawn.
"""

import shutil
import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from bench.city import example_city
from bench.report import Row, at_most
from bench.servers import bare_server, our_server
from bench.visitor import CHANGED

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LOADS = 5
CHANGES = 12
"""Changes of the filter per page; the first ones bring every option once, as a warm server has answered it before."""
WARM_UP = 5
MOST_BYTES = 1_200_000
PATIENCE = 60_000
WATCH = """
(() => {
    const quiet = 400;
    const drawn = () => {
        const app = document.querySelector('[data-testid="stApp"]');
        return app && app.getAttribute("data-test-script-state") === "notRunning"
            && document.querySelector("h1")
            && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]')
            && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')]
                .every(chart => chart.querySelector(".main-svg"));
    };
    let clicked = 0, last = 0;
    new MutationObserver(changes => {
        const inside = node => (node.nodeType === 1 ? node : node.parentElement)?.closest('[data-testid="stMain"]');
        if (changes.some(change => inside(change.target))) last = performance.now();
    }).observe(document, {subtree: true, childList: true, attributes: true, characterData: true});
    document.addEventListener("click", event => { clicked = event.timeStamp; last = 0; }, true);
    window.settled = () => new Promise(resolve => {
        const look = () => {
            if (last && performance.now() - last > quiet && drawn()) resolve(last - clicked);
            else setTimeout(look, 20);
        };
        look();
    });
})();
"""


@dataclass
class Loaded:
    """A page that was opened in an empty browser."""

    page: Page
    seconds: float
    received: int

    @classmethod
    @contextmanager
    def at(cls, browser: Browser, address: str) -> Iterator["Loaded"]:
        context = browser.new_context(locale="de-DE", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(WATCH)
        received: list[int] = []
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", lambda event: received.append(int(event["encodedDataLength"])))
        network.on("Network.webSocketFrameReceived", lambda event: received.append(_size(event["response"])))
        page.goto(address, wait_until="commit")
        seconds = settled(page)
        yield cls(page, seconds, sum(received))
        context.close()

    def change(self, option: int) -> float:
        """Seconds from the click on an option of the filter until the page is settled."""
        self.page.get_by_role("combobox", name=CHANGED).click()
        self.page.get_by_role("option").nth(option).click()
        return settled(self.page)


def measure(loads: int = LOADS, changes: int = CHANGES) -> list[Row]:
    """Ours and the bare page in turns, after one load of each that is not counted."""
    with our_server(example_city()) as ours, bare_server() as bare, chromium() as browser:
        addresses = {"ours": ours.address, "bare": bare.address}
        first: dict[str, list[Loaded]] = {"ours": [], "bare": []}
        for _ in range(loads + 1):
            for name, address in addresses.items():
                with Loaded.at(browser, address) as loaded:
                    first[name].append(loaded)
        with Loaded.at(browser, ours.address) as here, Loaded.at(browser, bare.address) as there:
            pages, changed = {"ours": here, "bare": there}, {"ours": [0.0], "bare": [0.0]}
            for turn in range(changes + WARM_UP):
                for name, loaded in pages.items():
                    loaded.page.bring_to_front()
                    changed[name].append(loaded.change(1 + turn % WARM_UP))
    load = [statistics.median(one.seconds for one in found[1:]) for found in first.values()]
    change = [statistics.median(found[1 + WARM_UP :]) for found in changed.values()]
    beyond = first["ours"][-1].received - first["bare"][-1].received
    return [
        _row("filter change on the Überblick, click to settled", change, 1.5),
        _row("first load of the Überblick, empty cache", load, 1.3),
        Row(
            "browser",
            "bytes of the first load beyond the bare page",
            _megabytes(first["ours"][-1].received),
            _megabytes(first["bare"][-1].received),
            _megabytes(beyond),
            "≤ 1.2 MB",
            beyond <= MOST_BYTES,
        ),
    ]


@contextmanager
def chromium() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, NAMES)), None)
    if executable is None:
        raise RuntimeError("Chromium is missing: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def settled(page: Page) -> float:
    """Seconds from the last click, or from the start of the load, until the page stays as it is."""
    return float(page.evaluate("window.settled()")) / 1000


def _size(frame: dict[str, object]) -> int:
    """Bytes of a frame of the websocket; binary ones come as base64."""
    payload = str(frame["payloadData"])
    return len(payload) * 3 // 4 if frame["opcode"] == 2 else len(payload)


def _row(what: str, durations: list[float], aim: float) -> Row:
    ours, bare = durations
    shown = [f"{1000 * duration:,.0f} ms" for duration in durations]
    return Row("browser", what, *shown, **at_most(aim, ours / bare))  # type: ignore[arg-type]


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.2f} MB"
