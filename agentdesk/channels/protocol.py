"""What a channel is: a way out that takes a mail unseen, and lets it go by itself once the desk has written down that it does.

Law: `stage` is durable before it returns, and seen by nobody; `let_go` may be called any number of times, by anybody
who finds the mail staged, and lets it go once. So whoever is ended in between is finished for by the next.
"""

from typing import Protocol


class Channel(Protocol):
    """One place that letters leave by."""

    place: str
    """Where that is, as the outbox notes it down while a letter is on its way: `eml:/var/spool/desk`."""

    def stage(self, key: str, mail: bytes) -> None:
        """Take a mail, in place of any that was staged under its key and never let go.

        Raises:
            ChannelError: it cannot be kept here.
        """
        ...

    def let_go(self, key: str) -> None:
        """Let a staged mail go; nothing to do where it has gone.

        Raises:
            ChannelError: it cannot leave.
        """
        ...

    def drop(self, key: str) -> None:
        """Forget a staged mail."""
        ...

    def staged(self) -> list[str]:
        """The keys, without what follows their `@`, of the mails that are staged and have not been let go."""
        ...
