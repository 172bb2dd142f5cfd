import pytest

from agentdesk.domain.fields import FIELDS
from agentdesk.domain.query import QueryError, parse
from agentdesk.domain.query.at_creation import KNOWN, parse_rule
from agentdesk.domain.query.words import FLAGS, THINGS

OFFERED = "Ask for subject, priority,"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "type:incident priority:>=high",
        "queue:billing OR (tag:vat -channel:email)",
        "assignee:none",
        "assignee:ana is:unassigned",
        'subject:"server down" organization:acme customer:jo@example.com',
    ],
)
def test_what_a_new_ticket_can_answer_is_read(text):
    assert parse_rule(text) == parse(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("queue:x assignee:me", "Column 9: me differs with who looks. Name the agent: assignee:ana."),
        ("NOT assignee:ben,ME", "Column 5: me differs with who looks. Name the agent: assignee:ana."),
        ("(tag:a OR is:mine)", "Column 14: is:mine differs with who looks. Name the agent: assignee:ana."),
        ("is:breached", f"Column 4: is:breached is not known of a new ticket. {OFFERED}"),
        ("has:note", f"Column 5: has:note is not known of a new ticket. {OFFERED}"),
        (
            "tag:a status:open",
            f"Column 7: status is not known of a new ticket, or changes while it lives. {OFFERED}",
        ),
        (
            "replies:>2",
            f"Column 1: replies is not known of a new ticket, or changes while it lives. {OFFERED}",
        ),
        (
            "created:today..",
            f"Column 1: created is not known of a new ticket, or changes while it lives. {OFFERED}",
        ),
        ("T-1042", f"Column 1: T-1042 is one ticket, and this is for new ones. {OFFERED}"),
        ("vat", "Column 1: “vat” would be looked for in later messages too. Write subject:vat or a tag."),
        (
            '"a bill"',
            'Column 1: “a bill” would be looked for in later messages too. Write subject:"a bill" or a tag.',
        ),
        ("tag:a sort:-due", "Column 7: a condition has no order. Take sort: out."),
        ("priorty:high", "Column 1: there is no field “priorty”. Did you mean priority?"),
    ],
)
def test_what_it_cannot_answer_is_refused_at_its_place(text, told):
    with pytest.raises(QueryError) as refused:
        parse_rule(text)
    assert str(refused.value).startswith(told)


def test_every_field_that_is_offered_is_one_that_can_be_searched():
    assert set(KNOWN) <= {one.name for one in FIELDS["ticket"].values() if one.searchable}


@pytest.mark.parametrize(
    "text", [f"is:{flag}" for flag in FLAGS["ticket"]] + [f"has:{thing}" for thing in THINGS["ticket"]]
)
def test_no_state_of_a_ticket_is_asked_for(text):
    if text == "is:unassigned":
        parse_rule(text)
        return
    with pytest.raises(QueryError):
        parse_rule(text)
