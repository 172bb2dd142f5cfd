"""What a person is told beside an edit: that running tickets keep what they have, and how to move them."""

from typing import TYPE_CHECKING

from agentdesk.cli.session import Session
from agentdesk.domain.safe_text import line

if TYPE_CHECKING:
    from agentdesk.desk import Desk
    from agentdesk.store.reader import Reader


def say_kept_policy(session: Session, desk: "Desk", name: str) -> None:
    """How many open tickets keep a version of a policy that is not the one in force."""
    from agentdesk.queries.policy_tickets import open_behind_policy

    with desk.read() as read:
        count = open_behind_policy(read, name)
    if count:
        keep = "ticket keeps" if count == 1 else "tickets keep"
        session.say(
            f"{count} open {keep} the version before. What would move: agentdesk policy preview '{line(name)}'; "
            f"move them: agentdesk policy apply '{line(name)}'"
        )


def say_kept_calendar(session: Session, desk: "Desk", name: str) -> None:
    """How many open tickets count in a version of a calendar that is not the one in force."""
    from agentdesk.queries.policy_tickets import open_behind_calendar

    with desk.read() as read:
        count = open_behind_calendar(read, name)
    if count:
        keep = "ticket keeps" if count == 1 else "tickets keep"
        session.say(
            f"{count} open {keep} the hours before. What would move: agentdesk policy preview NAME; "
            "move them: agentdesk policy apply"
        )


def say_passed_over(session: Session, read: "Reader") -> None:
    """The policies that no ticket gets, because their calendar is gone."""
    from agentdesk.queries.policy_choice import passed_over

    for one in passed_over(read):
        session.say(
            f"No ticket gets {line(one.name)}: its calendar {line(one.calendar)} is gone. Give it another: "
            f"agentdesk policy set '{line(one.name)}' --calendar NAME"
        )
