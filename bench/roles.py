"""What roles and the audit log cost: the Überblick of somebody who signed in against the same with nobody asked."""

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.city import example_city
from bench.report import Row, at_most
from bench.reruns import CLIENTS, SECONDS, speed
from bench.servers import Served, free_port, our_server, unasked_server
from sipa_data.audit import Chain, Event, open_audit
from sipa_data.settings import Settings
from tests.support.provider import running_provider
from tests.support.sign_in import sign_in_environment
from tests.support.site import Site
from tests.support.window import Browser

ROUNDS = 7
FEWEST_VIEWS = 50
ROLES = '[[role]]\nrole = "vorsitz"\ngroups = ["lenkung"]\n'


def measure(duration: float = SECONDS, rounds: int = ROUNDS) -> list[Row]:
    """In turns, the chair on both sides. Every change of the district is a view that is logged."""
    settings, rows = example_city(), []
    with signed_in(settings) as (ours, cookie), unasked_server(settings) as bare:
        for clients in CLIENTS:
            found: dict[str, list[float]] = {"ours": [], "bare": []}
            for _ in range(rounds):
                found["ours"].append(speed(ours, clients, duration, cookie))
                found["bare"].append(speed(bare, clients, duration))
            here, there = (1000 / statistics.median(speeds) for speeds in found.values())
            who = f"{clients} {'client' if clients == 1 else 'clients'}"
            what = f"Überblick signed in, with role and audit log, against nobody asked and nothing logged, {who}"
            shown = [f"{milliseconds:.1f} ms/rerun" for milliseconds in (here, there)]
            rows.append(Row("roles", what, *shown, **at_most(1.1, here / there)))  # type: ignore[arg-type]
    return rows


@contextmanager
def signed_in(settings: Settings) -> Iterator[tuple[Served, str]]:
    """A server with a provider on this machine, and the cookies of a chair who came in by it."""
    with TemporaryDirectory(prefix="sipa-roles-") as folder, running_provider() as provider:
        port = free_port()
        roles = Path(folder) / "roles.toml"
        roles.write_text(ROLES, encoding="utf-8")
        environment = sign_in_environment(
            Path(folder), metadata=provider.metadata, public=f"http://127.0.0.1:{port}"
        ) | {"SIPA_ROLES": str(roles), "SIPA_RECORDS": folder}
        provider.set_person("vorsitz", "lenkung")
        with our_server(settings, port=port, **environment) as served, Browser(served.address) as browser:
            Site(served.address, provider, folder).sign_in(browser, "vorsitz")
            yield served, browser.cookie_header()
        if (logged := _views(Path(folder))) < FEWEST_VIEWS:
            raise RuntimeError(f"only {logged} views were logged: this was no measurement of the log")


def _views(folder: Path) -> int:
    with open_audit(folder) as log:
        return sum(entry.event == Event.viewed for entry, _ in log.entries(Chain.use))
