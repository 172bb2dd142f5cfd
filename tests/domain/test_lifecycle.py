"""Every pair of status and action, as the state machine of the desk has it."""

import pytest

from agentdesk.domain.errors import InvalidTransitionError
from agentdesk.domain.lifecycle import Action, action_towards, allowed, next_status
from agentdesk.domain.vocabulary import Status

# One line an action: what becomes of new, open, pending, on_hold, solved, closed; "-" is refused.
TABLE = """
ASSIGN            open    open    pending on_hold solved  -
REPLY             open    open    pending on_hold solved  -
NOTE              new     open    pending on_hold solved  -
OPEN              open    -       -       -       -       -
ASK               pending pending -       -       -       -
HOLD              on_hold on_hold -       -       -       -
CUSTOMER_MESSAGE  new     open    open    open    open    -
WAKE              -       -       open    open    -       -
SOLVE             solved  solved  solved  solved  -       -
REOPEN            -       -       -       -       open    -
THANKS            -       solved  -       -       -       -
CLOSE             -       -       -       -       closed  -
MERGE             closed  closed  closed  closed  closed  -
SPAM              closed  closed  closed  closed  closed  closed
"""
PAIRS = [
    (Action[name], status, becomes)
    for name, *row in (line.split() for line in TABLE.strip().splitlines())
    for status, becomes in zip(Status, row, strict=True)
]


def test_the_table_names_every_action() -> None:
    assert {action for action, _, _ in PAIRS} == set(Action)


@pytest.mark.parametrize(("action", "status", "becomes"), PAIRS)
def test_each_pair_of_status_and_action_does_what_the_table_says(
    action: Action, status: Status, becomes: str
) -> None:
    if becomes == "-":
        with pytest.raises(InvalidTransitionError, match=f"T-7 is {status.replace('_', ' ')}"):
            next_status("T-7", status, action)
        assert action not in allowed(status)
    else:
        assert next_status("T-7", status, action) == becomes
        assert action in allowed(status)


def test_nothing_ever_leads_back_to_new() -> None:
    assert all(becomes != "new" or status is Status.NEW for _, status, becomes in PAIRS)


@pytest.mark.parametrize("current", Status)
@pytest.mark.parametrize("wanted", Status)
def test_an_edit_of_the_status_field_stands_for_a_move_of_the_machine_or_for_none(
    current: Status, wanted: Status
) -> None:
    action = action_towards(current, wanted)
    if action is not None and action in allowed(current):
        assert next_status("T-7", current, action) == wanted
