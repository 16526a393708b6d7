"""Signing in at a certified OpenID provider: npm's oidc-provider, installed for the moment into a folder of its own.

The tests do this with a provider that comes with Python; here it is one that passes the conformance tests of the OpenID
Foundation. Without Node, npm or a registry nothing is run, and a sentence says so.
"""

import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import httpx

from bench.servers import free_port
from soak.report import Line
from tests.auth.test_sign_in import later
from tests.support.site import Site, running_site
from tests.support.small_city import published_below
from tests.support.window import Browser

PACKAGE = "oidc-provider@9"
SCRIPT = Path(__file__).with_name("certified_provider.mjs")
INSTALL_SECONDS = 180
STEPS = 12
"""Redirects and forms between the button and the way back; more is a circle."""
PAGE, PLACE = "kennzahl-gewalt-faelle", "gebiet=Hafen"
ANY_WORD = "egal"
"""The provider asks for none in particular."""


class CannotInstall(Exception):
    """What is missing, as a German sentence."""


@dataclass
class Certified:
    """``state`` : the file that the provider reads what it is told from."""

    address: str
    state: Path

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    def tell(self, slow_hours: float = 0, **people: list[str]) -> None:
        self.state.write_text(json.dumps({"people": people, "slow_hours": slow_hours}), encoding="utf-8")


class CertifiedSite(Site):
    """As with the provider of the tests, but with its forms."""

    def at_provider(self, browser: Browser, subject: str, page: str = "", query: str = "") -> str:
        with httpx.Client(timeout=30) as there:
            return self._through_its_forms(there, browser, subject, page, query)

    def sign_in_with(self, there: httpx.Client, browser: Browser, subject: str) -> None:
        """As ``sign_in``, with the cookies of the provider kept in ``there``."""
        self.come_back(browser, self._through_its_forms(there, browser, subject, "", ""))

    def is_known_to_provider(self, there: httpx.Client) -> bool:
        """Whether the provider would let somebody in again without asking."""
        asked = {"client_id": "sipa", "response_type": "code", "scope": "openid", "prompt": "none"}
        back = {"redirect_uri": f"{self.address}/oauth2callback"}
        return "code=" in there.get(f"{self.provider.address}/auth", params=asked | back).headers["location"]

    def _through_its_forms(self, there: httpx.Client, browser: Browser, subject: str, page: str, query: str) -> str:
        target = self.way_to_provider(browser)
        referer = f"{self.address}/{page}" + (f"?{query}" if query else "")
        away = browser.client.get(target, headers={"Referer": referer}).headers["location"]
        return through(there, away, until=f"{self.address}/oauth2callback", login=subject, password=ANY_WORD)


def run() -> list[Line]:
    """One line per thing that must happen; none where the provider cannot be had."""
    with tempfile.TemporaryDirectory(prefix="sipa-provider-") as name, ExitStack() as opened:
        folder, port = Path(name), free_port()
        try:
            install(folder)
        except CannotInstall as missing:
            print(missing)
            return []
        provider = opened.enter_context(running(folder, f"http://127.0.0.1:{port}/oauth2callback"))
        site = opened.enter_context(
            running_site(folder, published_below(folder), provider, port=port, prompt="login")  # type: ignore[arg-type]
        )
        certified = CertifiedSite(site.address, provider, folder)  # type: ignore[arg-type]
        return [_line(what, check, certified) for what, check in CHECKS.items()]


def install(folder: Path) -> None:
    """Put the provider into the folder.

    Raises
    ------
    CannotInstall : Node, npm or the registry is not there
    """
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise CannotInstall("Ausgelassen: Node.js und npm fehlen (apt-get install nodejs npm).")
    command = [npm, "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--no-save", "--silent", PACKAGE]
    try:
        done = subprocess.run(  # -- a fixed package of a fixed version  # nosec B603
            command, cwd=folder, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode or not (folder / "node_modules" / "oidc-provider").is_dir():
        raise CannotInstall(f"Ausgelassen: {PACKAGE} lässt sich nicht laden (ohne Internet?).")


@contextmanager
def running(folder: Path, callback: str) -> Iterator[Certified]:
    """The provider as a process of its own. The script lies beside the package, so that Node finds it."""
    state = folder / "provider.json"
    Certified("", state).tell()
    script = shutil.copy(SCRIPT, folder / "provider.mjs")
    with (folder / "provider.log").open("w", encoding="utf-8") as log:
        process = subprocess.Popen(  # -- our own script  # nosec B603, B607
            ["node", str(script), str(state), callback], cwd=folder, stdout=subprocess.PIPE, stderr=log, text=True
        )
        try:
            address = process.stdout.readline().strip() if process.stdout else ""
            if not address:
                raise RuntimeError((folder / "provider.log").read_text(encoding="utf-8"))
            yield Certified(address, state)
        finally:
            process.terminate()
            process.wait(timeout=20)


def through(person: httpx.Client, address: str, *, until: str, **fields: str) -> str:
    """Follow redirects and fill in forms up to an address, which is not asked any more."""
    for _ in range(STEPS):
        if address.startswith(until):
            return address
        answer = person.get(address)
        if not answer.is_redirect:
            form = re.search(r'<form[^>]*action="([^"]+)"', answer.text)
            if form is None:
                raise RuntimeError(f"{address}: {answer.status_code} {answer.text[:500]}")
            hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', answer.text))
            answer = person.post(urljoin(address, form[1]), data=hidden | fields)
        address = urljoin(address, answer.headers["location"])
    raise RuntimeError(f"no way back from {address}")


def comes_in(site: CertifiedSite) -> bool:
    """A signed-in chair sees the two cases of the Hafen and lands on the page of the link."""
    site.provider.tell(erika=["lenkung"])
    with Browser(site.address) as person:
        answer = site.sign_in(person, "erika", PAGE, PLACE)
        with site.window(person, PAGE, PLACE) as window:
            landed = answer.headers["location"] == f"/{PAGE}?{PLACE}"
            return landed and [one.body for one in window.elements("metric")] == ["2"]


def has_no_role(site: CertifiedSite) -> bool:
    site.provider.tell(gast=[])
    with Browser(site.address) as person:
        site.sign_in(person, "gast")
        with site.window(person) as window:
            return "Kein Zugang" in window.text() and not window.elements("metric")


def goes_out(site: CertifiedSite) -> bool:
    """Signing out ends every window, is confirmed at the provider, and the provider forgets the person, too."""
    site.provider.tell(ines=["lenkung"])
    with Browser(site.address) as person, httpx.Client(timeout=30) as there:
        site.sign_in_with(there, person, "ines")
        known = site.is_known_to_provider(there)
        with site.window(person, PAGE, PLACE) as first, site.window(person) as second:
            asked = second.click("Abmelden").leads_to() == "/auth/logout"
            leaving = person.client.get("/auth/logout").headers["location"]
            through(there, leaving, until=f"{site.address}/oauth2callback", logout="yes")
            ended = "Sie haben sich abgemeldet." in first.run().text() and not first.elements("metric")
        return known and asked and ended and not site.is_known_to_provider(there)


def is_refused_when_expired(site: CertifiedSite) -> bool:
    site.provider.tell(slow_hours=3, sven=["lenkung"])
    with Browser(site.address) as person:
        site.sign_in(person, "sven")
        with site.window(person, PAGE, PLACE) as window:
            return "melden Sie sich an" in window.text() and not window.elements("metric")


def loses_the_group(site: CertifiedSite) -> bool:
    """The provider is asked after five minutes: first it still says so, then it does not."""
    site.provider.tell(wera=["lenkung"])
    with Browser(site.address) as person:
        site.sign_in(person, "wera")
        with site.window(person, PAGE, PLACE) as window:
            later(site, "stadt:wera", "checked_at", 301)
            before = bool(window.run().elements("metric"))
            site.provider.tell(wera=["rathaus"])
            later(site, "stadt:wera", "checked_at", 301)
            return before and "Ihre Rolle hat sich geändert." in window.run().text() and not window.elements("metric")


CHECKS: dict[str, Callable[[CertifiedSite], bool]] = {
    "Anmelden, zurück zur Seite des Links": comes_in,
    "Konto ohne Gruppe": has_no_role,
    "Abmelden, auch beim Anbieter": goes_out,
    "Abgelaufenes Token": is_refused_when_expired,
    "Gruppe während der Sitzung entzogen": loses_the_group,
}


def _line(what: str, check: Callable[[CertifiedSite], bool], site: CertifiedSite) -> Line:
    right = check(site)
    return Line(f"Zertifizierter Anbieter: {what}", "wie erwartet" if right else "anders", "wie erwartet", right)
