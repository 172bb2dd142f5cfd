from agentdesk.domain.safe_text import cells
from agentdesk.domain.sla import ticket_times
from agentdesk.domain.sla.time_words import told_times
from tests.domain.sla.facts import UK, WHOLE_TICKET, at, created, customer, reply, status


def told(events, now):
    return list(told_times(ticket_times(events, UK, at(now))))


def test_the_times_of_the_whole_ticket_stand_in_one_block():
    assert told(WHOLE_TICKET, "2026-03-20 12:00") == [
        "Times (business / calendar minutes)",
        "  first reply         110 /  110     new       53 /   53",
        "  next reply 1         90 /   90     open     222 /  222",
        "  next reply 2         45 /   45     pending  258 /  258",
        "  update 1            348 /  348     on hold  310 / 1270",
        "  update 2            340 / 1300     solved   700 / 2620",
        "  requester wait      585 / 1545",
        "  agent work          275 /  275",
        "  first resolution    798 / 1758",
        "  full resolution    1543 / 4423",
        "  active resolution   843 / 1803",
        "  4 public replies, 1 reopening, not one-touch",
    ]


def test_what_has_not_happened_is_a_dash_and_no_zero():
    assert told([created("Mon 09:00")], "Mon 09:08") == [
        "Times (business / calendar minutes)",
        "  first reply        - / -     new      8 / 8",
        "  requester wait     8 / 8     open     - / -",
        "  agent work         8 / 8     pending  - / -",
        "  first resolution   - / -     on hold  - / -",
        "  full resolution    - / -     solved   - / -",
        "  active resolution  - / -",
        "  0 public replies, 0 reopenings",
    ]


def test_a_wait_that_solving_ended_stands_apart():
    events = [created("Mon 09:00"), reply("Mon 09:10"), customer("Mon 10:00"), status("Mon 10:30", "solved")]
    lines = told(events, "Mon 12:00")
    assert any(line.startswith("  next reply, solved  30 / 30") for line in lines)
    assert lines[-1] == "  1 public reply, 0 reopenings, one-touch"


def test_a_ticket_of_years_fits_a_page_of_80_cells():
    events = [
        created("2016-01-01 09:00"),
        reply("2016-01-02 09:00"),
        customer("2016-01-03 09:00"),
        status("Mon 10:00", "solved"),
    ]
    lines = told(events, "Mon 12:00")
    assert max(map(cells, lines)) <= 80
