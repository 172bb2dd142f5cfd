"""The state machine of a ticket: which action leads from which status to which.

Everything not in the table is refused. Categories and guards follow Zendesk's six statuses; a closed ticket
never changes again except in tags and links, and a customer who writes to it gets a follow-up.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from agentdesk.domain.errors import ClosedTicketError, InvalidTransitionError
from agentdesk.domain.vocabulary import Status


class Action(StrEnum):
    """What can happen to a ticket's status; the value reads after "it cannot"."""

    ASSIGN = "be assigned"
    REPLY = "be replied to"
    NOTE = "take a note"
    OPEN = "be opened"
    ASK = "wait for the customer"
    HOLD = "wait for a third party"
    CUSTOMER_MESSAGE = "receive a customer message"
    WAKE = "be woken"
    SOLVE = "be solved"
    REOPEN = "be reopened"
    THANKS = "be kept solved"
    CLOSE = "be closed"
    MERGE = "be merged"
    SPAM = "be marked as spam"


def _stay(*statuses: Status) -> dict[Status, Status]:
    return {status: status for status in statuses}


_N, _O, _P, _H, _S, _C = Status

TRANSITIONS: Mapping[Action, Mapping[Status, Status]] = MappingProxyType(
    {
        Action.ASSIGN: {_N: _O, **_stay(_O, _P, _H, _S)},
        Action.REPLY: {_N: _O, **_stay(_O, _P, _H, _S)},
        Action.NOTE: _stay(_N, _O, _P, _H, _S),
        Action.OPEN: {_N: _O},
        Action.ASK: {_N: _P, _O: _P},
        Action.HOLD: {_N: _H, _O: _H},
        Action.CUSTOMER_MESSAGE: {_N: _N, _O: _O, _P: _O, _H: _O, _S: _O},
        Action.WAKE: {_P: _O, _H: _O},
        Action.SOLVE: {_N: _S, _O: _S, _P: _S, _H: _S},
        Action.REOPEN: {_S: _O},
        Action.THANKS: {_O: _S},
        Action.CLOSE: {_S: _C},
        Action.MERGE: {_N: _C, _O: _C, _P: _C, _H: _C, _S: _C},
        Action.SPAM: {_N: _C, _O: _C, _P: _C, _H: _C, _S: _C, _C: _C},
    }
)

_HINTS = {
    (_C, Action.REOPEN): "Write a follow-up ticket instead.",
    (_C, Action.CUSTOMER_MESSAGE): "The message starts a follow-up ticket.",
    (_C, Action.REPLY): "Write a follow-up ticket instead.",
    (_C, Action.NOTE): "Note it on a follow-up ticket instead.",
    (_S, Action.THANKS): "It is solved: there is nothing to keep.",
    (_S, Action.ASK): "Reopen it first.",
    (_S, Action.HOLD): "Reopen it first.",
}


def next_status(ref: str, status: str, action: Action) -> Status:
    """The status after `action`.

    Raises:
        InvalidTransitionError: the machine has no such move; the sentence names the ticket and a way on.
    """
    try:
        return TRANSITIONS[action][Status(status)]
    except KeyError:
        hint = _HINTS.get((Status(status), action), "")
        is_word = status == Status.CLOSED and action in (Action.REPLY, Action.NOTE)
        refusal = ClosedTicketError if is_word else InvalidTransitionError
        raise refusal(ref, status.replace("_", " "), action.value, hint) from None


def refuse_closed(ref: str, status: str) -> None:
    """Let nobody set the fields of a closed ticket.

    Raises:
        InvalidTransitionError: it is closed; the sentence names it and what can still be done.
    """
    if status == Status.CLOSED:
        raise InvalidTransitionError(
            ref, status, "be changed", "Its tags and links can; for anything else write a follow-up ticket."
        )


def allowed(status: str) -> tuple[Action, ...]:
    """The actions a ticket in this status can take, in table order."""
    return tuple(action for action, moves in TRANSITIONS.items() if Status(status) in moves)


def action_towards(current: str, wanted: str) -> Action | None:
    """The single action that an edit of the status field stands for, or None where there is none."""
    if wanted == Status.OPEN:
        by_status = {_N: Action.OPEN, _P: Action.WAKE, _H: Action.WAKE, _S: Action.REOPEN}
        return by_status.get(Status(current))
    simple = {_P: Action.ASK, _H: Action.HOLD, _S: Action.SOLVE, _C: Action.CLOSE}
    return simple.get(Status(wanted))
