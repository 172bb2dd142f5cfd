"""What is done to many tickets, in words."""

from agentdesk.domain.outcomes import Kind, Outcome, deeds_of, sentence

NAMES = {"assignee_id": {1: "ana", 2: "ben"}, "queue_id": {4: "Billing"}}


def row(before, after, entity="ticket"):
    return {"entity": entity, "before": before, "after": after}


def changes(number, *rows):
    return Outcome(number, Kind.CHANGES, deeds_of(rows, NAMES, 1))


def test_every_outcome_is_counted_and_those_that_cannot_are_named():
    solved = [changes(one, row({"status": "open"}, {"status": "solved"})) for one in range(27)]
    already = [Outcome(40 + one, Kind.ALREADY, state="is solved") for one in range(2)]
    refused = [Outcome(1033, Kind.CANNOT, state="is closed: it cannot be solved.")]
    assert sentence([*refused, *solved, *already]) == (
        "27 become solved · 2 are solved already · 1 cannot: T-1033 is closed"
    )


def test_one_of_a_kind_reads_as_one():
    one = changes(1, row({"status": "open", "assignee_id": None}, {"status": "solved", "assignee_id": 1}))
    assert sentence([one]) == "1 becomes solved and yours"
    assert sentence([Outcome(2, Kind.ALREADY, state="has priority high")]) == "1 has priority high already"
    assert sentence([changes(3, row(None, {"reason_code": "skill"}, "escalation"))]) == "1 is escalated"


def test_more_than_three_that_cannot_are_counted():
    refused = [Outcome(one, Kind.CANNOT, state="is closed: no.") for one in range(1, 6)]
    assert sentence(refused) == "5 cannot: T-1 is closed, T-2 is closed, T-3 is closed and 2 more"


def test_a_reason_that_all_share_is_told_once():
    refused = [
        Outcome(one, Kind.CANNOT, state="cannot be solved yet: the form is empty.") for one in range(1, 6)
    ]
    assert sentence(refused) == "5 cannot be solved yet: T-1, T-2, T-3 and 2 more"


def test_a_field_that_moves_twice_is_told_by_where_it_ends():
    twice = changes(
        1, row({"status": "on_hold"}, {"status": "open"}), row({"status": "open"}, {"status": "pending"})
    )
    assert twice.words(2) == "become pending"


def test_people_queues_and_tags_are_told_by_name():
    told = changes(
        1,
        row(
            {"assignee_id": 1, "queue_id": None, "tags": ["old", "vat"]},
            {"assignee_id": 2, "queue_id": 4, "tags": ["vat", "new"]},
        ),
    )
    assert told.words(2) == "become ben's, move to Billing, get #new, lose #old"
