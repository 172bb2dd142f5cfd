"""Every command of the page, typed at the same desk and instant, finds exactly as many tickets as the page says."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agentdesk import services
from agentdesk.cli.instants import parse_as_of
from agentdesk.desk import Desk
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import FixedClock
from agentdesk.domain.vocabulary import Origin
from agentdesk.queries import tickets
from agentdesk.queries.filters import compile_query
from agentdesk.queries.people import queues
from agentdesk.reports.document import Document, Table
from agentdesk.reports.listing import due_term, list_command, list_these
from agentdesk.reports.queue import build
from agentdesk.reports.renderers import RENDERERS
from agentdesk.reports.renderers.base import RenderOptions
from agentdesk.reports.run import run_report
from agentdesk.settings import Settings
from agentdesk.store.store import Store
from tests.conftest import open_desk
from tests.demo.sample import NOW as BUILT
from tests.demo.sample import sample_desk
from tests.reports.sample_facts import monday_morning

ZONE = ZoneInfo("Europe/London")
HOUR = timedelta(hours=1)
NOW = BUILT + timedelta(seconds=7)
ODD = """Level "2" d'été"""
FIRST = 1001


@pytest.fixture(scope="module")
def demo() -> Iterator[Desk]:
    """The sample desk."""
    place = str(sample_desk()[0])
    store = Store.open(place)
    yield Desk(store, Settings(store=place, zone="Europe/London"), FixedClock(NOW), DESK, Origin.CLI)
    store.close()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk on which every list of the report is clipped, in the odd queue and with more outside of it."""
    clock = FixedClock(NOW - 26 * HOUR)
    desk = open_desk(str(tmp_path_factory.mktemp("busy") / "desk.db"), clock)
    with desk.change() as change:
        services.add_queue(change, name=ODD)
        for queue in [3] * 60 + [1] * 15:
            services.create_ticket(change, subject="Help", body="Please", queue_id=queue)
    with desk.change() as change:
        for place, ticket in enumerate(range(FIRST, FIRST + 75)):
            _work(change, ticket, place % 5, place)
    clock.instant += HOUR
    with desk.change() as change:
        for ticket in range(FIRST + 1, FIRST + 75, 5):
            services.receive_message(change, ticket, "It came back")
    clock.instant = NOW
    yield desk
    desk.close()


def _work(change, ticket: int, kind: int, place: int) -> None:
    due = {0: NOW - 2 * HOUR, 3: NOW + (place % 2) * 4 * HOUR, 2: NOW + 4 * HOUR + timedelta(seconds=1)}
    if kind == 1:
        services.reply_to_ticket(change, ticket, "So.", then="solved")
    if kind == 3:
        services.reply_to_ticket(change, ticket, "Which one?", then="pending")
    if kind in due:
        services.edit_ticket(change, ticket, {"due_at": due[kind], "priority": "high"})
    if kind == 4:
        services.escalate_ticket(
            change, ticket, kind="functional", reason_code="skill", ask="Look", to_queue_id=2
        )


def report(desk: Desk, queue: str | None = None, as_of: datetime = NOW) -> Document:
    with desk.read(as_of) as read:
        return run_report(read, "queue", zone=ZONE, queue=queue, store="desk.db")


def count_of(desk: Desk, command: str) -> int:
    """How many tickets the command lists when it is typed."""
    program, noun, verb, query, *options = shlex.split(command)
    assert (program, noun, verb) == ("agentdesk", "ticket", "list")
    told = dict(zip(options[::2], options[1::2], strict=True))
    assert set(told) <= {"--as-of", "--sort"}
    instant = parse_as_of(told.get("--as-of", ""), desk.clock.now(), ZONE)
    with desk.read(instant) as read:
        return tickets.count(read, compile_query(read, query, ZONE).where)


def check_commands(desk: Desk, document: Document) -> set[str]:
    """Hold every command against its number; returns the names of the clipped tables."""
    clipped = {
        block.name
        for section in document.sections
        for block in section.blocks
        if isinstance(block, Table) and block.left_out
    }
    said = [one for section in document.sections for one in section.commands]
    assert len([one for one in said if "not shown" in one.text]) == len(clipped)
    for one in said:
        number = int(re.search(r"(?:of|All) (\d+)", one.text)[1])
        assert count_of(desk, one.command) == number, one.command
    return clipped


def test_every_command_finds_the_number_of_a_busy_desk_and_of_each_queue(busy: Desk):
    check_commands(busy, report(busy, "Support"))
    for queue in (None, ODD):
        document = report(busy, queue)
        page = RENDERERS["text"].render(document, RenderOptions(width=140))

        assert check_commands(busy, document) == {
            "overdue",
            "due",
            "unassigned",
            "escalations",
            "oldest",
            "reopened",
        }
        assert re.search(r"and \d+ more\.\n  All \d+: agentdesk ticket list", page)


def test_every_command_finds_the_number_of_the_sample_desk_and_of_each_queue(demo: Desk):
    with demo.read() as read:
        names = [queue.name for queue in queues(read)]

    assert "oldest" in check_commands(demo, report(demo))
    for name in names:
        check_commands(demo, report(demo, name))


def test_an_older_page_asks_for_the_instant_it_was_about(busy: Desk):
    document = report(busy, as_of=NOW - HOUR)

    assert check_commands(busy, document)
    assert all(
        "--as-of 2026-03-03T13:20:07Z" in one.command or " id:" in one.command
        for section in document.sections
        for one in section.commands
    )
    assert "Commands list tickets as they are when typed" in RENDERERS["md"].render(document, RenderOptions())


def test_a_command_is_on_one_line_where_a_line_can_hold_it():
    page = RENDERERS["text"].render(build(monday_morning()), RenderOptions())

    assert "\n    agentdesk ticket list is:open --sort created --as-of 2026-03-03T08:30Z\n" in page


def test_the_end_of_what_is_due_soon_is_that_of_the_report():
    facts = monday_morning()

    assert due_term(facts) == "due:<=270min -is:breached"
    assert due_term(replace(facts, due_until=facts.as_of + 4 * HOUR)) == "due:<=4h -is:breached"


@pytest.mark.parametrize(
    ("name", "term"),
    [
        ("Billing", "queue:Billing"),
        ("none", 'queue:"none"'),
        ("A,b", 'queue:"A,b"'),
        ('a"\\', r'queue:"a\"\\"'),
    ],
)
def test_the_name_of_a_queue_means_itself(name: str, term: str):
    facts = monday_morning()
    scoped = replace(facts, scope=replace(facts.scope, queue=name))

    assert shlex.split(list_command(scoped))[3] == f"is:open {term}"


def test_more_tickets_than_a_query_names_get_no_command_but_a_way():
    assert list_these([3, 1, 3]) == "agentdesk ticket list id:1,3"
    assert not list_these(range(201))
    facts = monday_morning()
    back = tuple(replace(facts.quality.reopened[0], ticket_id=one) for one in range(201))
    page = RENDERERS["text"].render(
        build(replace(facts, quality=replace(facts.quality, reopened=back))), RenderOptions()
    )
    assert "191 more of 201 not shown\n  A shorter --period names them all.\n" in page
