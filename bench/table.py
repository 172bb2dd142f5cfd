"""Every row that can be measured, by the name of its budget."""

from collections.abc import Callable, Iterator

from bench.beside import work_beside_an_import
from bench.clocks import explain_clocks
from bench.exports import export_contacts
from bench.harness import Measured
from bench.loads import import_contacts
from bench.queue import count_views, read_pages
from bench.report import report_queue
from bench.search import search_words
from bench.sizes import Size
from bench.slow import press_over_a_slow_line
from bench.start import list_tickets, paint_first, press_keys, start_up


def _queue(size: Size) -> Iterator[Measured]:
    yield from read_pages(size)
    yield from count_views(size)


ROWS: dict[str, Callable[[Size], Iterator[Measured]]] = {
    "B1": start_up,
    "B2": list_tickets,
    "B3": paint_first,
    "B4": press_keys,
    "B5": _queue,
    "B5a": explain_clocks,
    "B7": search_words,
    "B8": import_contacts,
    "B9": work_beside_an_import,
    "B10": export_contacts,
    "B11": report_queue,
    "slow": press_over_a_slow_line,
}
