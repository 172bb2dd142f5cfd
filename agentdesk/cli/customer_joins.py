"""Customers that are one person: found in pairs with their reasons, merged, or called distinct; nothing by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.customers import find_customer, print_customer
from agentdesk.cli.options import (
    CustomerArgument,
    DryRunOption,
    FormatOption,
    LimitOption,
    QueryArgument,
    ReasonOption,
    rows_wanted,
)
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import session_of
from agentdesk.cli.writing import write
from agentdesk.domain.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agentdesk.desk import Desk
    from agentdesk.queries.customers import CustomerRow
    from agentdesk.queries.duplicates import Duplicate
    from agentdesk.store.change import Change
    from agentdesk.store.reader import Reader

PAGE = 500


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two customers as a line."""

    found: "Duplicate"
    one: "CustomerRow"
    other: "CustomerRow"

    @property
    def ids(self) -> str:
        """As `customer merge` takes them: the later one goes into the first."""
        return f"{self.other.id} {self.one.id}"


PAIRS = (
    Column("merge", "Merge", read=lambda row: row.ids),
    Column("score", "Score", right=True, read=lambda row: row.found.score),
    Column("id", read=lambda row: row.one.id),
    Column("name", "Name", read=lambda row: row.one.name),
    Column("email", read=lambda row: row.one.email),
    Column("phone", read=lambda row: row.one.phone),
    Column("organization", read=lambda row: row.one.organization),
    Column("other_id", read=lambda row: row.other.id),
    Column("other_name", "Other", read=lambda row: row.other.name),
    Column("other_email", read=lambda row: row.other.email),
    Column("other_phone", read=lambda row: row.other.phone),
    Column("other_organization", read=lambda row: row.other.organization),
    Column("group", "Group", right=True, read=lambda row: row.found.group),
    Column("reasons", "Why", read=lambda row: row.found.reasons),
)
_DISTINCT = (
    Column("id", read=lambda record: record["id"]),
    Column("other_id", read=lambda record: record["other_id"]),
)
_NONE = "Ask for less likely ones too: --min 40. Nobody is merged unless somebody does."


def duplicates(
    ctx: typer.Context,
    query: QueryArgument = None,
    *,
    least: Annotated[
        int | None,
        typer.Option(
            "--min", min=1, max=99, metavar="SCORE", help="The lowest score to print; 60 unless given."
        ),
    ] = None,
    limit: LimitOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Print pairs of customers that may be one person.

    The likeliest come first, each with its reasons. A score of 90 is next to sure, one of 60 worth a look. Pairs of one group hang together. With a query, one of a pair
    meets it. Pairs that were called distinct are left out. Nothing is merged: that is `customer merge`.

    Example:
        agentdesk customer duplicates
        agentdesk customer duplicates org:acme --min 75 --json
    """
    from agentdesk.domain.duplicates import LEAST
    from agentdesk.queries.duplicates import find_duplicates
    from agentdesk.queries.filters import compile_query

    session, wanted = session_of(ctx), rows_wanted(limit, form)
    with session.desk() as desk, desk.read() as read:
        asked = " ".join(query or ())
        where = compile_query(read, asked, desk.zone, entity="customer").where if asked else None
        with find_duplicates(read, where, least=LEAST if least is None else least) as found:
            rows = _lines(read, islice(found, wanted))
            shown = session.emit(rows, PAIRS, form, things="pairs", hint=_NONE)
            session.say_shown(shown, found.total)
            if found.namesakes:
                names = "1 name is" if found.namesakes == 1 else f"{found.namesakes} names are"
                session.say(f"{names} so common that it takes more than the name to tell a pair.")


def _lines(read: "Reader", found: "Iterator[Duplicate]") -> "Iterator[_Pair]":
    from agentdesk.queries.customers import some

    while page := list(islice(found, PAGE)):
        rows = some(read, {number for one in page for number in (one.id, one.other_id)})
        yield from (_Pair(one, rows[one.id], rows[one.other_id]) for one in page)


def merge(
    ctx: typer.Context,
    customers: Annotated[
        list[str],
        typer.Argument(metavar="CUSTOMER... INTO", help="Those that go, then the one that stays."),
    ],
    *,
    fields: Annotated[
        list[str] | None,
        typer.Option(
            "--field",
            metavar="FIELD=CUSTOMER|TEXT",
            help='Whose value it takes, or what it shall be: name=12, or name="Jo Doe". Can be repeated.',
        ),
    ] = None,
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Make several customers one.

    The last one named stays. Tickets, messages, calls, orders, ratings, agreements and every way to reach the others
    become its own; it keeps its fields, gets from the others what it lacks, and the tags and notes of all. The others
    stay as rows that say into whom they were merged: their old numbers, addresses and external ids find the one that
    stays. One undo brings everything back.

    Example:
        agentdesk customer merge 12 7 --dry-run
        agentdesk customer merge 12 15 7 --field name=12 --field 'title="Head of IT"'
    """
    if len(customers) < 2:
        raise WrongUsage("To merge takes two customers or more, as in: agentdesk customer merge 12 7")
    session = session_of(ctx)
    with session.desk() as desk:
        numbers = [find_customer(desk, one) for one in customers]
        *sources, into = numbers
        _refuse_same(customers, numbers)
        known = {**{str(one): one for one in numbers}, **dict(zip(customers, numbers, strict=True))}
        picks = dict(_pick(word, known) for word in fields or ())
        for told in _plan(desk, sources, into):
            session.say(told)

        def join(change: "Change") -> int:
            from agentdesk.services import merge_customers

            return int(merge_customers(change, sources, into, picks=picks).id or 0)

        which = f"customer {sources[0]}" if len(sources) == 1 else f"{len(sources)} customers"
        done = write(
            session, desk, join, summary=f"merge {which} into customer {into}", dry_run=dry_run, form=form
        )
        if done is not None:
            print_customer(session, desk, into, form)


def distinct(
    ctx: typer.Context,
    customer: CustomerArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="Id, e-mail address or external id.")],
    *,
    reason: ReasonOption = "",
    dry_run: DryRunOption = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Say that two customers are two people.

    They are not offered as duplicates again.

    Example:
        agentdesk customer distinct 12 7 --reason 'father and son'
    """
    from agentdesk.queries.customers import by_id

    session = session_of(ctx)
    with session.desk() as desk:
        pair = [find_customer(desk, one) for one in (customer, other)]
        _refuse_same([customer, other], pair)

        def part(change: "Change") -> None:
            from agentdesk.services import call_distinct

            call_distinct(change, pair[0], pair[1], reason=reason)

        write(session, desk, part, summary="call two customers distinct", dry_run=dry_run, form=form)
        if not dry_run:
            with desk.read() as read:
                names = [row.name for one in pair if (row := by_id(read, one))]
            told = " and ".join(f"{name} ({one})" for name, one in zip(names, pair, strict=True))
            record = {"id": pair[0], "other_id": pair[1]}
            session.out.emit_one(record, _DISTINCT, form, lambda: f"{told} are two people.")


def _refuse_same(words: "Sequence[str]", numbers: "Sequence[int]") -> None:
    *sources, into = numbers
    for word, number in zip(words, sources, strict=False):
        if number == into:
            raise WrongUsage(f"{quoted(word)} is customer {into} itself. Name two that are different.")


def _pick(word: str, known: dict[str, int]) -> tuple[str, int | str]:
    """A field and whose value it takes, or its text; double quotes make a text of what looks like a customer."""
    name, equals, value = word.partition("=")
    if not equals:
        raise WrongUsage(f"{quoted(word)} picks nothing. Write a field and a customer, as in name=12.")
    if len(value) > 1 and value[0] == value[-1] == '"':
        return name.replace("-", "_"), value[1:-1]
    return name.replace("-", "_"), known.get(value, value)


def _plan(desk: "Desk", sources: "Sequence[int]", into: int) -> list[str]:
    """What will happen, in sentences; nothing where it will be refused anyway."""
    from agentdesk.queries.customer_plans import customer_merge_plan, plan_lines

    with desk.read() as read:
        plan = customer_merge_plan(read, sources, into)
    return [] if plan is None or plan.refusal else plan_lines(plan)
