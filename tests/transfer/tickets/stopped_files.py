"""Files of tickets long enough to be stopped: conversations of a help desk, and a log of events by names alone."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

from agentdesk.transfer.result import ImportResult
from agentdesk.transfer.tickets.importing import TicketImport, import_tickets
from agentdesk.transfer.tickets.map import parse_map
from tests.transfer.killing import open_place
from tests.transfer.resuming import Job

TICKETS = 90
BEFORE = 12
LOG_MAP = """
[file]
source = "tracker"
zone = "UTC"

[ticket]
external_id = "id"
subject = "title"
status = "state"
queue = "team"
assignee = "owner"
customer = "who"
created_at = "opened"

[events]
at = "changed"
by = "actor"

[values.status]
"Fresh" = "new"
"Working" = "open"
"Done" = "solved"
"""


def conversations(count: int, *, is_early: bool = False) -> dict[str, Any]:
    """Tickets with comments; some broken, some said twice, some that name others."""
    tickets = []
    for n in range(count):
        said = [
            {
                "id": n * 10 + place,
                "author_id": 700 + n % 3 if place % 2 else 900 + n % 11,
                "public": place != 3,
                "plain_body": f"Word {place} on {n}.",
                "created_at": f"2026-02-01T{10 + place}:00:00Z",
            }
            for place in range(1 if is_early else 1 + n % 4)
        ]
        tickets.append(
            {
                "id": 100 + n,
                "subject": f"Lamp {n} is dark",
                "description": f"Word 0 on {n}.",
                "type": "incident",
                "priority": "high" if n % 3 else None,
                "status": "new" if is_early else ("open", "pending", "solved")[n % 3],
                "via": {"channel": "email"},
                "requester_id": 900 + n % 11,
                "submitter_id": 900 + n % 11,
                "assignee_id": None if is_early else 700 + n % 3,
                "group_id": 70 + n % 4,
                "organization_id": 90 + n % 5 if n % 2 else None,
                "problem_id": 100 + n - 7 if n % 9 == 8 else None,
                "tags": ["lamp", f"t{n % 6}"],
                "custom_fields": [],
                "satisfaction_rating": None,
                "due_at": None,
                "created_at": "" if n % 13 == 12 else "2026-02-01T09:00:00Z",
                "updated_at": "2026-02-01T09:00:00Z" if is_early else "2026-02-02T10:00:00Z",
                "comments": said,
            }
        )
        if n % 17 == 16:
            tickets.append(tickets[-1])
    people = [
        {"id": 900 + n, "name": f"Caller {n % 9}", "email": f"c{n}@x.example", "role": "end-user"}
        for n in range(11)
    ]
    agents = [
        {"id": 700 + n, "name": f"Agent {n}", "email": f"a{n}@desk.example", "role": "agent"}
        for n in range(3)
    ]
    return {
        "tickets": tickets,
        "users": people + agents,
        "groups": [{"id": 70 + n, "name": f"Lights {n}"} for n in range(3)],
        "organizations": [{"id": 90 + n, "name": f"Company {n}"} for n in range(5)],
    }


def log(count: int, *, is_early: bool = False) -> str:
    """Events of tickets that overlap; people by name alone, as callers and as who did it; some too old, some broken."""
    lines = []
    for n in range(count):
        for place, state in enumerate(("Fresh", "Working", "Working", "Done")[: 1 + n % 4]):
            day = 5 + n % 20
            owner = f"Owner {n % 5}" if place else ""
            told = f"{n},2026-01-{day:02} 09:00,2026-01-{day:02} {10 + place * 2}:00,{state},Printer {n},"
            lines.append((place * 7 + n, f"{told}Desk {n % 3},{owner},Caller {n % 17},Owner {(n + 1) % 5}\n"))
    if is_early:  # what the file tells of these between the two comes too late
        first = "{0},2026-01-05 09:00,2026-01-05 09:00,Fresh,Old {0},Desk 0,,Caller {0},Owner 0\n"
        last = "{0},2026-01-05 09:00,2026-02-01 10:00,Working,Old {0},Desk 0,,Caller {0},Owner 0\n"
        return _table([one.format(n) for n in range(4) for one in (first, last)])
    lines += [(40 + n, f"{500 + n},never,never,Fresh,Broken,Desk,,,\n") for n in range(6)]
    listed = [line for _, line in sorted(lines)]
    return _table([*listed, *listed[3:9]])


def _table(lines: list[str]) -> str:
    return "id,opened,changed,state,title,team,owner,who,actor\n" + "".join(lines)


def _bring_conversations(place: str, path: Path) -> ImportResult:
    with closing(open_place(place)) as desk:
        return import_tickets(desk, TicketImport(path, None))


def _bring_log(place: str, path: Path) -> ImportResult:
    with closing(open_place(place)) as desk:
        return import_tickets(desk, TicketImport(path, parse_map(LOG_MAP)))


def _prepare_conversations(place: str, folder: Path) -> None:
    for name, told in (
        ("before.json", conversations(BEFORE, is_early=True)),
        ("tickets.json", conversations(TICKETS)),
    ):
        (folder / name).write_text(json.dumps(told))
    _bring_conversations(place, folder / "before.json")


def _prepare_log(place: str, folder: Path) -> None:
    (folder / "before.csv").write_text(log(0, is_early=True))
    (folder / "log.csv").write_text(log(TICKETS))
    _bring_log(place, folder / "before.csv")


JOBS = {
    "conversations": Job(_prepare_conversations, _bring_conversations, "tickets.json"),
    "log": Job(_prepare_log, _bring_log, "log.csv"),
}
