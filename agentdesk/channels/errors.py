"""Why a letter could not leave."""

from agentdesk.domain.errors import AgentDeskError
from agentdesk.domain.practice import PRACTICE_DESK
from agentdesk.domain.quoting import quoted


class ChannelError(AgentDeskError):
    """A place cannot take letters; nothing that is still in the outbox was lost."""

    def __init__(self, place: object, why: object) -> None:
        reason = str(getattr(why, "strerror", None) or why).rstrip(".").lower()
        super().__init__(
            f"{quoted(str(place), 80)} cannot take letters: {reason}. What did not leave is still in the outbox."
        )


class NoSenderError(AgentDeskError):
    """The desk has no address that letters come from."""

    def __init__(self) -> None:
        super().__init__(
            "The desk has no address that letters come from. "
            "An admin sets it with: agentdesk setting set mail_from support@company.example"
        )


class PracticeError(AgentDeskError):
    """Nothing on a practice desk is real, so no letter of it leaves unasked."""

    def __init__(self) -> None:
        super().__init__(
            f"This is a {PRACTICE_DESK} and its letters are made up: nothing was handed over. "
            "To write them into a folder all the same, add: --practice"
        )
