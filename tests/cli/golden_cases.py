"""The worked examples G01 to G30 of the domain as tickets: what is typed when, and what the desk says of it at which instant.

`NEW` opens a ticket that the policy of the case is for. What is looked at is named by its path in the JSON of `sla explain`
(`frt.due_at` is of the first clock of that metric, `nrt#2.state` of the second) or, after `ticket.`, of `ticket show`;
`Wall` is an instant on the wall of the case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

NEW_YORK: Final = "America/New_York"


class Wall(str):
    """An instant as `at` of the facts reads it: `Mon 14:00`."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example.

    Attributes:
        id: its number, with a letter where it has several parts.
        targets: of the policy that is for it alone, each as `--target` takes it.
        steps: instant and command, in order.
        looks: what is to be seen when.
        calendar: which of the six.
        zone: whose wall the instants are on.
    """

    id: str
    targets: str
    steps: tuple[tuple[str, str], ...]
    looks: Mapping[str, Mapping[str, Any]]
    calendar: str = "UK"
    zone: str = "Europe/London"


W = Wall


def deadline(  # noqa: PLR0917  a row of the table below
    name: str,
    start: str,
    target: int,
    due: str,
    used: Mapping[str, int] | None = None,
    calendar: str = "UK",
    zone: str = "Europe/London",
) -> Case:
    """A first reply that nobody gives: due when it says, all of the target used then and no breach, and so much used at others."""
    looks: dict[str, dict[str, Any]] = {
        start: {"frt.due_at": W(due), "frt.elapsed_minutes": 0},
        due: {"frt.elapsed_minutes": target, "frt.state": "due", "frt.breached_at": None},
    }
    looks |= {
        when: {"frt.due_at": W(due), "frt.elapsed_minutes": minutes} for when, minutes in (used or {}).items()
    }
    return Case(name, f"frt={target}m", ((start, "NEW"),), looks, calendar, zone)


TAKES_DAY: Final = (
    ("Mon 09:00", "NEW"),
    ("Mon 11:00", "ticket set T status={waits}"),
    ("Tue 10:00", "ticket set T status=open"),
    ("Tue 15:30", "ticket solve T"),
)
CASES: Final = (
    Case(
        "G01",
        "frt=240m",
        (("Mon 10:00", "NEW"), ("Mon 13:15", "ticket reply T Done.")),
        {
            "Mon 12:00": {"frt.due_at": W("Mon 14:00"), "frt.elapsed_minutes": 120, "frt.state": "running"},
            "Tue 09:00": {
                "frt.due_at": W("Mon 14:00"),
                "frt.elapsed_minutes": 195,
                "frt.state": "met",
                "frt.verdict": "met",
                "frt.fulfilled_at": W("Mon 13:15"),
                "frt.fulfilled_by": "reply",
                "times.frt": {"business_minutes": 195, "calendar_minutes": 195},
            },
        },
    ),
    deadline("G02", "Mon 16:00", 120, "Tue 10:00", {"Tue 08:59": 60}),
    Case(
        "G03",
        "frt=60m",
        (("Fri 18:30", "NEW"), ("2026-03-09 09:20", "ticket reply T Done.")),
        {
            "2026-03-07 12:00": {"frt.due_at": W("2026-03-09 10:00"), "frt.elapsed_minutes": 0},
            "2026-03-09 12:00": {
                "frt.due_at": W("2026-03-09 10:00"),
                "frt.elapsed_minutes": 20,
                "frt.state": "met",
                "times.frt": {"business_minutes": 20, "calendar_minutes": 3770},
            },
        },
    ),
    deadline("G04", "2026-12-24 16:00", 240, "2026-12-29 12:00"),
    deadline("G05", "Mon 17:00", 30, "Tue 09:30", {"Tue 09:00": 0}),
    Case(
        "G06a",
        "frt=120m",
        (("Mon 15:00", "NEW"), ("Tue 08:59", "ticket reply T Done.")),
        {
            "Mon 20:00": {"frt.due_at": W("Mon 17:00"), "frt.state": "due", "frt.breached_at": None},
            "Wed 09:00": {"frt.elapsed_minutes": 120, "frt.state": "met", "frt.verdict": "met"},
        },
    ),
    Case(
        "G06b",
        "frt=120m",
        (("Mon 15:00", "NEW"), ("Tue 09:01", "ticket reply T Done.")),
        {
            "Wed 09:00": {
                "frt.due_at": W("Mon 17:00"),
                "frt.elapsed_minutes": 121,
                "frt.state": "breached",
                "frt.verdict": "breached",
                "frt.breached_at": W("Tue 09:00"),
                "frt.overdue_minutes": 1,
            },
        },
    ),
    deadline("G07", "Fri 11:30", 360, "2026-03-07 10:30", {"Fri 13:00": 30}, "DE", "Europe/Berlin"),
    deadline("G08", "2026-03-03 08:30", 60, "2026-03-03 19:00", zone="Asia/Tokyo"),
    deadline("G09", "2026-03-28 20:00", 720, "2026-03-29 09:00", calendar="A7"),
    deadline("G10", "2026-10-24 20:00", 720, "2026-10-25 07:00", calendar="A7"),
    Case(
        "G11",
        "frt=120m",
        (("Fri 16:30", "NEW"), ("2026-03-09 10:00", "ticket reply T Done.")),
        {
            "Fri 16:30": {"frt.due_at": W("2026-03-09 10:00")},
            "2026-03-09 12:00": {
                "frt.state": "met",
                "times.frt": {"business_minutes": 120, "calendar_minutes": 3870},
            },
        },
        calendar="NY",
        zone=NEW_YORK,
    ),
    deadline(
        "G12a", "2026-03-08 00:00", 240, "2026-03-08 05:00", {"2026-03-08 12:00": 300}, "NIGHT", NEW_YORK
    ),
    deadline(
        "G12b", "2026-11-01 00:00", 240, "2026-11-01 03:00", {"2026-11-01 12:00": 420}, "NIGHT", NEW_YORK
    ),
    deadline(
        "G13",
        "2026-03-08 00:00",
        30,
        "2026-03-08 04:00",
        {"2026-03-08 03:30": 0, "2026-03-08 12:00": 150},
        "GAP",
        NEW_YORK,
    ),
    Case(
        "G14",
        "solution=480m",
        tuple((when, line.format(waits="pending --reason asked")) for when, line in TAKES_DAY),
        {
            "Mon 10:00": {"requester_wait.due_at": W("Mon 17:00")},
            "Mon 12:00": {
                "requester_wait.due_at": None,
                "requester_wait.state": "paused",
                "requester_wait.is_paused": True,
            },
            "Tue 10:00": {"requester_wait.due_at": W("Tue 16:00"), "requester_wait.paused_minutes": 420},
            "Wed 09:00": {
                "requester_wait.due_at": W("Tue 16:00"),
                "requester_wait.elapsed_minutes": 450,
                "requester_wait.paused_minutes": 420,
                "requester_wait.state": "met",
                "requester_wait.fulfilled_by": "solved",
                "times.agent_wait": {"business_minutes": 420, "calendar_minutes": 1380},
            },
        },
    ),
    Case(
        "G15",
        "solution=480m work=480m",
        tuple((when, line.format(waits="on_hold waiting_for=supplier")) for when, line in TAKES_DAY),
        {
            "Wed 09:00": {
                "requester_wait.elapsed_minutes": 870,
                "requester_wait.paused_minutes": 0,
                "requester_wait.due_at": W("Mon 17:00"),
                "requester_wait.breached_at": W("Tue 09:00"),
                "requester_wait.state": "breached",
                "agent_work.elapsed_minutes": 450,
                "agent_work.paused_minutes": 420,
                "agent_work.state": "met",
                "times.requester_wait.business_minutes": 870,
                "times.agent_work.business_minutes": 450,
                "times.on_hold_time": {"business_minutes": 420, "calendar_minutes": 1380},
            },
        },
    ),
    Case(
        "G16",
        "frt=60m",
        (
            ("Mon 09:00", "NEW"),
            ("Mon 09:30", "ticket set T status=pending --reason asked"),
            ("Mon 10:30", "ticket reply T Done."),
        ),
        {
            "Mon 09:45": {"frt.due_at": W("Mon 10:00"), "frt.is_paused": False},
            "Mon 11:00": {
                "frt.elapsed_minutes": 90,
                "frt.paused_minutes": 0,
                "frt.breached_at": W("Mon 10:00"),
                "frt.breach_cause": "time",
            },
        },
    ),
    Case(
        "G17",
        "nrt=60m",
        (
            ("Mon 09:00", "NEW"),
            ("Mon 09:10", "ticket reply T Which?"),
            ("Mon 10:00", "ticket receive T 'The blue one.'"),
            ("Mon 10:20", "ticket note T Hm."),
            ("Mon 10:40", "ticket receive T Well?"),
            ("Mon 11:00", "ticket receive T Hello?"),
            ("Mon 11:30", "ticket reply T Done."),
        ),
        {
            "Tue 09:00": {
                "clocks": ["nrt#1"],
                "nrt.started_at": W("Mon 10:00"),
                "nrt.elapsed_minutes": 90,
                "nrt.breached_at": W("Mon 11:00"),
                "times.nrt": [{"business_minutes": 90, "calendar_minutes": 90}],
            },
        },
    ),
    Case(
        "G18",
        "frt=60m nrt=60m",
        (
            ("Mon 09:00", "NEW"),
            ("Mon 09:30", "ticket receive T 'And the plate.'"),
            ("Mon 10:15", "ticket reply T Done."),
        ),
        {"Tue 09:00": {"clocks": ["frt#1"], "frt.elapsed_minutes": 75, "times.nrt": []}},
    ),
    Case(
        "G19",
        "frt=urgent:60m,normal:480m",
        (("Mon 09:00", "NEW"), ("Mon 11:00", "ticket set T priority=urgent")),
        {
            "Mon 10:59": {"frt.due_at": W("Mon 17:00"), "frt.breached_at": None},
            "Mon 11:00": {
                "frt.due_at": W("Mon 10:00"),
                "frt.breached_at": W("Mon 11:00"),
                "frt.breach_cause": "retarget",
                "frt.overdue_minutes": 60,
                "frt.state": "breached",
            },
        },
    ),
    Case(
        "G20",
        "frt=urgent:60m,normal:480m",
        (
            ("Mon 09:00", "NEW --priority urgent --queue G20"),
            ("Mon 10:30", "ticket set T priority=normal"),
            ("Mon 11:00", "ticket reply T Done."),
        ),
        {
            "Mon 10:29": {
                "frt.due_at": W("Mon 10:00"),
                "frt.state": "breached",
                "frt.cleared_by_retarget": False,
            },
            "Mon 10:30": {"frt.due_at": W("Mon 17:00"), "frt.state": "running", "frt.verdict": "breached"},
            "Tue 09:00": {
                "frt.due_at": W("Mon 17:00"),
                "frt.state": "met",
                "frt.verdict": "breached",
                "frt.breached_at": W("Mon 10:00"),
                "frt.breach_cause": "time",
                "frt.cleared_by_retarget": True,
            },
        },
    ),
    Case(
        "G21",
        "solution=600m",
        (
            ("Mon 09:00", "NEW"),
            ("Mon 12:00", "ticket solve T"),
            ("Wed 10:00", "ticket reopen T"),
            ("Wed 11:30", "ticket solve T"),
        ),
        {
            "Mon 11:00": {
                "times.first_resolution": None,
                "times.full_resolution": None,
                "times.active_resolution": None,
                "times.one_touch": None,
                "ticket.reopen_count": 0,
            },
            "Mon 12:00": {"times.first_resolution.business_minutes": 180, "times.one_touch": True},
            "Wed 10:30": {
                "requester_wait.elapsed_minutes": 210,
                "times.first_resolution.business_minutes": 180,
            },
            "Fri 09:00": {
                "times.first_resolution": {"business_minutes": 180, "calendar_minutes": 180},
                "times.full_resolution": {"business_minutes": 1110, "calendar_minutes": 3030},
                "times.active_resolution": {"business_minutes": 270, "calendar_minutes": 270},
                "times.reopens": 1,
                "times.one_touch": False,
                "ticket.reopen_count": 1,
                "requester_wait.elapsed_minutes": 270,
            },
        },
    ),
    # Another desk moves the deadline by the time a ticket lay solved. Here it follows from R5 and R10: what a customer
    # waits for stands still while the ticket is solved, and goes on where it stood.
    Case(
        "G22",
        "solution=360m",
        (("Mon 10:00", "NEW"), ("Mon 13:00", "ticket solve T"), ("Mon 15:00", "ticket reopen T")),
        {
            "Mon 12:00": {"requester_wait.due_at": W("Mon 16:00")},
            "Mon 15:00": {
                "requester_wait.due_at": W("Mon 18:00"),
                "requester_wait.elapsed_minutes": 180,
                "requester_wait.paused_minutes": 120,
                "requester_wait.state": "running",
            },
        },
        calendar="A7",
    ),
    Case(
        "G23",
        "frt=240m",
        (
            ("Mon 09:00", "NEW --queue T1"),
            ("Mon 10:00", "ticket set T queue=T2 assignee=ana tags=+moved"),
            ("Mon 11:00", "ticket reply T Done."),
        ),
        {
            "Mon 10:30": {"frt.started_at": W("Mon 09:00"), "frt.due_at": W("Mon 13:00")},
            "Tue 09:00": {"frt.started_at": W("Mon 09:00"), "frt.elapsed_minutes": 120, "ticket.queue": "T2"},
        },
    ),
    Case(
        "G24",
        "frt=240m",
        (
            ("Mon 09:00", "NEW --channel phone --reply 'As we said on the phone.'"),
            ("Mon 11:00", "ticket reply T 'It left today.'"),
        ),
        {
            "Mon 10:00": {"frt.fulfilled_at": None, "frt.elapsed_minutes": 60, "times.frt": None},
            "Mon 12:00": {"frt.elapsed_minutes": 120, "frt.state": "met", "times.frt.business_minutes": 120},
        },
    ),
    Case(
        "G25",
        "frt=240m",
        (("Mon 10:00", "NEW --assignee ana"),),
        {
            "Mon 12:59": {
                "frt.state": "running",
                "frt.at_risk_at": W("Mon 13:00"),
                "frt.critical_at": W("Mon 13:36"),
                "frt.due_at": W("Mon 14:00"),
            },
            "Mon 13:00": {"frt.state": "at_risk"},
            "Mon 13:35": {"frt.state": "at_risk"},
            "Mon 13:36": {"frt.state": "critical"},
            "Mon 14:00": {"frt.state": "due"},
        },
    ),
    deadline("G26", "2026-05-01 16:30", 60, "2026-05-05 09:30"),
    deadline("G27", "Fri 16:59", 1, "Fri 17:00"),
    # A ticket has one status at a time, so of two pauses that overlap the second one takes over.
    Case(
        "G28",
        "work=480m",
        (
            ("Mon 09:00", "NEW"),
            ("Mon 10:00", "ticket set T status=pending --reason asked"),
            ("Mon 10:30", "ticket set T status=on_hold waiting_for=supplier"),
            ("Mon 11:30", "ticket set T status=open"),
            ("Mon 16:30", "ticket set T status=pending --reason asked"),
            ("Tue 09:30", "ticket set T status=open"),
        ),
        {
            "Tue 09:30": {"agent_work.due_at": W("Tue 11:30"), "agent_work.paused_minutes": 150},
            "Tue 11:30": {"agent_work.elapsed_minutes": 480, "agent_work.state": "due"},
        },
    ),
    deadline("G29", "2026-10-30 17:00", 60, "2026-11-02 09:30", calendar="NY", zone=NEW_YORK),
    Case(
        "G30",
        "frt=120m nrt=60m update=480m solution=600m work=240m",
        (
            ("Mon 09:12", "NEW"),
            ("Mon 09:40", "ticket reply T 'We have your message.' --automatic"),
            ("Mon 10:05", "ticket take T"),
            ("Mon 10:30", "ticket note T 'Known fault.'"),
            ("Mon 11:02", "ticket reply T 'Which cup?' --then pending"),
            ("Mon 15:20", "ticket receive T 'The blue one.'"),
            ("Mon 15:45", "ticket receive T 'With the lid.'"),
            ("Mon 16:50", "ticket reply T 'I ask the supplier.' --then on_hold --waiting-for supplier"),
            ("Tue 14:00", "ticket set T status=open"),
            ("Tue 14:30", "ticket reply T 'It is on its way.' --then solved"),
            ("Thu 10:10", "ticket receive T 'It is the red one.'"),
            ("Thu 10:55", "ticket reply T 'Keep it.' --then solved"),
            ("2026-03-12 10:55", "ticket set T status=closed"),
        ),
        {
            "Mon 20:00": {
                "requester_wait.elapsed_minutes": 210,
                "requester_wait.due_at": W("Tue 15:30"),
                "agent_work.elapsed_minutes": 200,
                "agent_work.state": "paused",
                "agent_work.due_at": None,
            },
            "2026-03-20 12:00": {
                "clocks": [
                    "frt#1",
                    "nrt#1",
                    "nrt#2",
                    "update_gap#1",
                    "update_gap#2",
                    "requester_wait#1",
                    "agent_work#1",
                ],
                "frt.elapsed_minutes": 110,
                "nrt.elapsed_minutes": 90,
                "nrt.breached_at": W("Mon 16:20"),
                "nrt#2.elapsed_minutes": 45,
                "update_gap.elapsed_minutes": 348,
                "update_gap#2.elapsed_minutes": 340,
                "requester_wait.elapsed_minutes": 585,
                "requester_wait.state": "met",
                "agent_work.elapsed_minutes": 275,
                "agent_work.breached_at": W("Thu 10:20"),
                "times.frt.business_minutes": 110,
                "times.nrt": [
                    {"business_minutes": 90, "calendar_minutes": 90},
                    {"business_minutes": 45, "calendar_minutes": 45},
                ],
                "times.nrt_solved": [],
                "times.in_status": {
                    "new": {"business_minutes": 53, "calendar_minutes": 53},
                    "open": {"business_minutes": 222, "calendar_minutes": 222},
                    "pending": {"business_minutes": 258, "calendar_minutes": 258},
                    "on_hold": {"business_minutes": 310, "calendar_minutes": 1270},
                    "solved": {"business_minutes": 700, "calendar_minutes": 2620},
                    "closed": None,
                },
                "times.agent_work.business_minutes": 275,
                "times.requester_wait": {"business_minutes": 585, "calendar_minutes": 1545},
                "times.agent_wait.business_minutes": 258,
                "times.first_resolution": {"business_minutes": 798, "calendar_minutes": 1758},
                "times.full_resolution": {"business_minutes": 1543, "calendar_minutes": 4423},
                "times.active_resolution.business_minutes": 843,
                "times.replies": 4,
                "times.reopens": 1,
                "times.one_touch": False,
                "ticket.reopen_count": 1,
                "ticket.status": "closed",
            },
        },
    ),
)
