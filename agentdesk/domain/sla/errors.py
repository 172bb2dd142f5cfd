"""What can be wrong with opening hours, with a policy, or with asking when a promise falls due."""

from collections.abc import Sequence

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.quoting import quoted


class HoursError(AgentDeskError):
    """Opening hours that cannot be read, or that no day can have."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"Opening hours, {place}: {reason}")


class ZoneError(AgentDeskError):
    """A time zone that does not exist."""

    def __init__(self, zone: str, near: str = "") -> None:
        hint = near or "Write a name such as Europe/London or America/New_York."
        super().__init__(f"There is no time zone {quoted(zone)}. {hint}")


class NeverDueError(AgentDeskError):
    """A calendar that never has enough open time to reach a target."""

    def __init__(self, calendar: str, reason: str) -> None:
        super().__init__(f"Calendar {calendar or 'without a name'} {reason}. Give it opening hours.")


class OutOfRangeError(AgentDeskError):
    """An instant so far away that no calendar is laid out for it."""

    def __init__(self, year: int, first: int, last: int) -> None:
        super().__init__(f"The year {year} is outside {first} to {last}. Correct the instant and repeat.")


class PolicyError(AgentDeskError):
    """A policy with a target that no clock can have."""

    def __init__(self, policy: str, target: str, reason: str) -> None:
        super().__init__(f"Policy {policy}, target for {target}: {reason}")


class TargetError(AgentDeskError):
    """A target that cannot be read, or that no clock can have."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"Target {place}: {reason}")


class LadderError(AgentDeskError):
    """A step of an escalation ladder that cannot be read, or that no clock can have."""

    def __init__(self, step: str, reason: str) -> None:
        super().__init__(f"Step {quoted(step)}: {reason}")


class PolicyInUseError(AgentDeskError):
    """A policy that somebody is still entitled to cannot be retired."""

    def __init__(self, policy: str, agreements: Sequence[int]) -> None:
        listed = ", ".join(map(str, agreements[:_LISTED])) + (", ..." if len(agreements) > _LISTED else "")
        is_one = len(agreements) == 1
        named = f"agreement {listed}" if is_one else f"{len(agreements)} agreements: {listed}"
        super().__init__(
            f"Policy {policy} cannot be retired while it is promised by {named}. End {'it' if is_one else 'them'}, or "
            f"give another policy: agentdesk agreement set {agreements[0]} --policy NAME"
        )


_LISTED = 5
