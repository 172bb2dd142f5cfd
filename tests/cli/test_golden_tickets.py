"""The worked examples as real tickets, typed command by command at their instants on one desk, and read off as a lead would."""

import getpass
import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from agentdesk import services
from agentdesk.__main__ import main
from agentdesk.domain.actor import DESK
from agentdesk.domain.clock import SystemClock
from agentdesk.domain.instants import from_iso
from agentdesk.domain.vocabulary import Origin, Role
from agentdesk.store.store import Store
from tests.cli.conftest import Type
from tests.cli.desk_by_commands import CALENDARS, OPENED, DeskByCommands, calendar_line
from tests.cli.golden_cases import CASES, Case, Wall
from tests.conftest import postgres_store
from tests.domain.sla.facts import at

GOLDEN = Path(__file__).resolve().parents[2] / ".." / "shared" / "golden" / "sla.json"
KNOWN = json.loads(GOLDEN.read_text("utf-8"))["cases"] if GOLDEN.exists() else []
ENOUGH = 100 * 24 * 60
"""A target that no golden span uses up, for the cases that only measure."""
BEFORE = "2026-01-01T00:00Z"


def target_of(case: dict) -> int:
    return case.get("target_minutes", ENOUGH)


def tag_of(case: dict) -> str:
    return f"{case['calendar']}-{target_of(case)}".lower()


def set_up() -> Iterator[list[str]]:
    """Every command that makes the desk: six calendars, and a policy for the tag of each case."""
    yield ["customer", "new", "--name", "Jo", "--email", "jo@example.com"]
    yield from map(calendar_line, CALENDARS)
    yield from (["queue", "add", name] for name in ("G20", "T1", "T2"))
    promises = [(one.id, one.id.lower(), one.calendar, one.targets) for one in CASES]
    golden = {tag_of(one): (one["calendar"], f"work={target_of(one)}m") for one in KNOWN}
    promises += [(f"Golden {tag}", tag, *promised) for tag, promised in golden.items()]
    for name, tag, calendar, targets in promises:
        words = [word for target in targets.split() for word in ("--target", target)]
        yield ["policy", "add", name, "--calendar", calendar, "--conditions", f"tag:{tag}", *words]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def golden_place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One store on each database for all cases, set up by commands."""
    folder = tmp_path_factory.mktemp("golden")
    with ExitStack() as held:
        place = str(folder / "desk.db")
        if request.param == "postgres":
            server, template = map(request.getfixturevalue, ("postgres", "postgres_template"))
            place = held.enter_context(postgres_store(server, template, "desk_golden"))
        patch = held.enter_context(pytest.MonkeyPatch.context())
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
            patch.setenv(name, str(folder / "home"))
        patch.setenv("AGENTDESK_STORE", place)
        store = Store.open(place)
        with store.change(SystemClock(), DESK, Origin.SYSTEM) as change:
            services.add_agent(change, handle="ana", name="Ana", role=Role.ADMIN, login=getpass.getuser())
        store.close()
        for line in set_up():
            assert main([*line, "--as-of", BEFORE]) == 0, line
        yield place


@pytest.fixture
def golden(cli: Type, golden_place: str, monkeypatch: pytest.MonkeyPatch) -> DeskByCommands:
    monkeypatch.setenv("AGENTDESK_STORE", golden_place)
    return DeskByCommands(cli, is_new=False)


def play(desk: DeskByCommands, case: Case) -> None:
    """Type a case to its end; at each instant that is to be looked at, look, and at the end look back at all of them."""
    desk.zone = case.zone
    looks = [(at(when, case.zone), 1, when, "") for when in case.looks]
    steps = [(at(when, case.zone), 0, when, line) for when, line in case.steps]
    for _, is_look, when, line in sorted([*steps, *looks], key=lambda one: one[:2]):
        if is_look:
            look(desk, case, when)
        else:
            desk.step(when, line.replace("NEW", f"{OPENED} --tags {case.id.lower()}"))
    for when in case.looks:
        look(desk, case, when, is_back=True)


def look(desk: DeskByCommands, case: Case, when: str, *, is_back: bool = False) -> None:
    told = desk.explained(when)
    found = {f"{one['metric']}#{one['number']}": one for one in told["clocks"]}
    found |= {one["metric"]: one for one in reversed(told["clocks"])}
    whole = {"clocks": [f"{one['metric']}#{one['number']}" for one in told["clocks"]], "times": told["times"]}
    expected = {
        path: value for path, value in case.looks[when].items() if not (is_back and path[:7] == "ticket.")
    }
    if any(path.startswith("ticket.") for path in expected):
        whole["ticket"] = desk.ticket(when)
    seen = {path: reach({**found, **whole}, path) for path in expected}
    assert seen == {path: plain(value, case.zone) for path, value in expected.items()}, when


def reach(found: Any, path: str) -> Any:
    for name in path.split("."):
        found = found[name]
    return found


def plain(value: Any, zone: str) -> Any:
    return at(value, zone).isoformat() if isinstance(value, Wall) else value


@pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
def test_a_worked_example_holds_on_a_ticket_driven_by_commands(golden, case):
    play(golden, case)
    last = list(case.looks)[-1]
    told = golden.explained(last)
    assert told["policy"] == f"{case.id}@1"
    shown = golden.ticket(last)["clocks"]
    assert shown == [{key: one[key] for key in kept} for one, kept in zip(told["clocks"], shown, strict=True)]


def by_id(name: str) -> Case:
    return next(case for case in CASES if case.id == name)


def test_g20_the_report_counts_the_breach_and_says_that_a_retarget_cleared_it(golden):
    play(golden, by_id("G20"))
    line = "report queue --queue G20"
    page = golden.must(f"{line} --as-of 2026-03-03T09:00Z").out
    data = golden.must(f"{line} --as-of 2026-03-03T09:00Z --json").json

    [urgent, every] = [row for row in data["sla"] if row["metric"] == "frt"]
    assert (urgent["priority"], urgent["met"], urgent["breached"]) == ("urgent", 0, every["breached"])
    assert (every["cleared_by_retarget"], every["attainment"]) == (every["breached"], 0)
    assert f"Breaches cleared by retarget: {every['breached']}, counted as breached." in page


@pytest.mark.parametrize(
    ("when", "steps"),
    [
        ("Mon 12:59", 0),
        ("Mon 13:00", 1),
        ("Mon 13:35", 1),
        ("Mon 13:36", 2),
        ("Mon 13:59", 2),
        ("Mon 14:00", 3),
    ],
)
def test_g25_each_threshold_is_told_by_a_tick_at_its_instant(golden, when, steps):
    told = [
        "first reply 75 % used, due Mon 03-02 14:00 GMT: told ana",
        "first reply 90 % used, due Mon 03-02 14:00 GMT: told ana",
        "first reply 100 % used, due Mon 03-02 14:00 GMT: escalated to lead",
    ][:steps]
    golden.replay(("Mon 10:00", f"{OPENED} --tags g25 --assignee ana"))
    answer = golden.at(when, "tick --dry-run --json")
    own = [row["words"] for row in answer.json if row["ref"] == golden.refs[0]]
    assert own == told


# Every case of the golden file, whose spans are lives of tickets: a pause is a status in which nobody works


@pytest.mark.skipif(not KNOWN, reason="../shared/golden/sla.json is not here")
@pytest.mark.parametrize("case", KNOWN, ids=[f"{one['id']} {one['kind']}" for one in KNOWN])
def test_a_golden_span_is_that_of_a_ticket_that_lived_it(golden, case):
    steps = [(case["start"], f"{OPENED} --tags {tag_of(case)}"), *moves(case["pauses"])]
    for when, line in steps:
        golden.step(when, line)
    last = case.get("end") or steps[-1][0]
    [clock] = golden.explained(last)["clocks"]
    if case["kind"] == "due":
        assert from_iso(clock["due_at"]) == from_iso(case["expected_due"])
        page = golden.done(golden.at(last, "sla explain T")).out
        assert f"{datetime.fromisoformat(case['expected_due_local']):%a %m-%d %H:%M}" in page
    else:
        assert clock["elapsed_minutes"] == case["expected_minutes"]


def moves(pauses: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The statuses of a ticket that is paused so: of pauses that overlap, the second one takes over."""
    edges = sorted((when, change) for pause in pauses for when, change in zip(pause, (1, -1), strict=True))
    depth = 0
    for when, change in edges:
        depth += change
        if change > 0:
            waits = "pending --reason asked" if depth == 1 else "on_hold waiting_for=supplier"
            yield when, f"ticket set T status={waits}"
        elif depth == 0:
            yield when, "ticket set T status=open"
