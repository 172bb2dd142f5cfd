"""B9: an agent who works while contacts are imported, against the same agent with the desk to herself."""

import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from agentdesk.desk import Desk
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries import tickets
from agentdesk.queries.filters import compile_query
from agentdesk.queries.tickets import SORTS
from agentdesk.services.tickets import edit_ticket
from agentdesk.settings import Settings
from bench.big_desk import big_desk
from bench.contacts import write_contacts
from bench.harness import AGENTDESK, Measured
from bench.sizes import Size

TICKETS = 20_000
"""Of the desk that is worked in."""
ALONE = 200
"""Rounds of work without an import."""
PAUSE = 0.02
"""Seconds between two rounds: an agent reads before she writes again."""
Took = tuple[list[float], list[float]]


def work_beside_an_import(size: Size) -> Iterator[Measured]:
    """Milliseconds of one write and of one page of the queue, while the whole file comes in."""
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "contacts.csv", Path(folder) / "desk.db"
        shutil.copy(big_desk(TICKETS), store)
        write_contacts(file, size.contacts, random.Random(11))
        desk = Desk.open(Settings(store=str(store), agent="agent1", zone="UTC"), origin=Origin.CONSOLE)
        left = iter(range(ALONE))
        writes, reads = _work(desk, lambda: next(left, None) is not None)
        argv = (AGENTDESK, "--store", str(store), "--as", "agent1", "import", "contacts", str(file), "--json")
        with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as running:
            busy_writes, busy_reads = _work(desk, lambda: running.poll() is None)
        assert running.returncode in (0, 3), running.returncode
        desk.close()
        work = f"beside an import of {size.contacts:,}"
        told = f"with the desk to herself; {len(busy_writes):,} of each"
        yield Measured("B9", f"write {work}, p99", p99(busy_writes), p99(writes), "60 ms", told)
        yield Measured("B9", f"write {work}, longest", max(busy_writes), max(writes), "150 ms", told)
        yield Measured("B9", f"queue page {work}, p99", p99(busy_reads), p99(reads), "2 ms", told)


def _work(desk: Desk, goes_on: Callable[[], bool]) -> Took:
    writes: list[float] = []
    reads: list[float] = []
    with desk.read() as read:
        where = compile_query(read, "is:open", desk.zone).where
        numbers = cycle([row.id for row in tickets.page(read, where, SORTS["attention"], limit=50)])
    words = cycle(("high", "low", "normal"))
    while goes_on():
        reads.append(_took(lambda: _page(desk, where)))
        writes.append(_took(lambda: _write(desk, next(numbers), next(words))))
        time.sleep(PAUSE)
    return writes, reads


def _page(desk: Desk, where: tickets.Where) -> None:
    with desk.read() as read:
        tickets.page(read, where, SORTS["attention"], limit=50)


def _write(desk: Desk, number: int, word: str) -> None:
    with desk.change() as change:
        edit_ticket(change, number, {"priority": word})


def _took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p99(values: list[float]) -> float:
    """The 99th percentile, nearest rank."""
    return sorted(values)[max(0, -(-99 * len(values) // 100) - 1)]
