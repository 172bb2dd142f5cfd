"""Walks a list page by page, so that a million rows are printed in constant memory, and says when it was cut."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from agentdesk.cli.options import rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session
from agentdesk.domain.errors import InvalidValueError

if TYPE_CHECKING:
    from agentdesk.queries.filters import Filter
    from agentdesk.queries.tickets import Sort
    from agentdesk.store.reader import Reader

PAGE = 1000


def print_list(
    session: Session,
    read: "Reader",
    *,
    things: Any,
    found: "Filter",
    order: "tuple[Sort, bool]",
    columns: tuple[Column, ...],
    none: tuple[str, str],
    limit: int | None,
    form: Format,
) -> None:
    """Print what a filter finds.

    Args:
        session: of the command.
        read: the snapshot.
        things: a module of `queries` with `page`, `key_of` and `count`.
        found: which rows.
        order: the sort, and whether it goes down.
        columns: what is printed of each row.
        none: what there are 0 of, and what to try, where nothing is found.
        limit: `--limit` as typed.
        form: `--format`.
    """
    wanted = rows_wanted(limit, form)
    rows = islice(_rows(read, things, found, order, wanted), wanted)
    shown = session.emit(rows, columns, form, things=none[0], hint=none[1])
    if wanted is not None and shown == wanted:
        session.say_shown(shown, things.count(read, found.where))


def choose_order(things: Any, found: "Filter", sort: str, default: str) -> "tuple[Sort, bool]":
    """The order of `--sort` (`-due` goes down), else the query's own, else the default.

    Raises:
        InvalidValueError: there is no such order.
        OrderError: there is none for what is asked.
    """
    from agentdesk.queries.orders import check_order

    if not sort:
        return found.sort or things.SORTS[default], found.descending
    name = sort.removeprefix("-")
    if name not in things.SORTS:
        raise InvalidValueError("sort", sort, list(things.SORTS))
    check_order(found.where, things.SORTS[name])
    return things.SORTS[name], sort.startswith("-")


def _rows(
    read: "Reader", things: Any, found: "Filter", order: "tuple[Sort, bool]", wanted: int | None
) -> Iterator[Any]:
    sort, descending = order
    size = min(wanted, PAGE) if wanted else PAGE
    after = None
    while True:
        rows = things.page(read, found.where, sort, descending=descending, after=after, limit=size)
        yield from rows
        if len(rows) < size:
            return
        after = things.key_of(rows[-1], sort)
