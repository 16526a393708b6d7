"""Reruns per second over the real websocket: the Überblick against a bare Streamlit page in its default settings."""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from json import dumps

from bench.city import example_city
from bench.measure import in_own_process, resident_megabytes
from bench.report import Row, at_least
from bench.servers import Served, bare_server, our_server
from bench.visitor import Visitor

CLIENTS = (1, 10)
SECONDS = 5.0
ROUNDS = 3


def measure(duration: float = SECONDS, rounds: int = ROUNDS) -> list[Row]:
    """Ours and the bare page in turns. The visitors run in a process of their own, one at a time."""
    settings, rows = example_city(), []
    with our_server(settings) as ours, bare_server() as bare:
        for clients in CLIENTS:
            speeds: dict[str, list[float]] = {"ours": [], "bare": []}
            for _ in range(rounds):
                for name, served in (("ours", ours), ("bare", bare)):
                    speeds[name].append(speed(served, clients, duration))
            here, there = (statistics.median(found) for found in speeds.values())
            what = f"Überblick against a bare page, {clients} {'client' if clients == 1 else 'clients'}"
            shown = [f"{speed:.1f} reruns/s" for speed in (here, there)]
            rows.append(Row("reruns", what, *shown, **at_least(1, here / there)))  # type: ignore[arg-type]
        held = resident_megabytes(ours.process)
    reaches = {"aim": "≤ 500 MB", "reaches": held <= 500}
    return [*rows, Row("memory", "resident memory of the served city after these visits", f"{held:.0f} MB", **reaches)]  # type: ignore[arg-type]


def speed(served: Served, clients: int, duration: float, cookie: str = "") -> float:
    """Reruns per second; ``cookie`` : of somebody who signed in."""
    return float(in_own_process("bench.reruns", served.address, clients, duration, cookie)["speed"])


def reruns_per_second(address: str, clients: int, duration: float, cookie: str = "") -> float:
    """All visitors change their select box again and again; counted is what was finished within the time."""
    with ExitStack() as stack, ThreadPoolExecutor(clients) as pool:
        visitors = [stack.enter_context(Visitor.at(address, cookie)) for _ in range(clients)]
        visitors[0].all_options()
        over = time.monotonic() + duration

        def change_until_over(visitor: Visitor) -> int:
            done = 0
            while time.monotonic() < over:
                visitor.change()
                done += 1
            return done

        begun = time.monotonic()
        done = sum(pool.map(change_until_over, visitors))
        return done / (time.monotonic() - begun)


if __name__ == "__main__":
    print(dumps({"speed": reruns_per_second(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), sys.argv[4])}))
