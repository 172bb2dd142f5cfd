"""Every refusal has one class, and each class composes its own sentence.

The sentence names the place and the next step; the faces print it and decide about exit codes and toasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class AgentDeskError(Exception):
    """Something was refused or failed; `str()` is the sentence for the user."""


class NotFoundError(AgentDeskError):
    """A thing named by the user does not exist."""

    def __init__(self, kind: str, name: object, hint: str = "") -> None:
        super().__init__(f"There is no {kind} {name}." + (f" {hint}" if hint else ""))


class AmbiguousError(AgentDeskError):
    """A name fits several things, and none is picked silently."""

    def __init__(self, kind: str, name: object, candidates: Sequence[str]) -> None:
        super().__init__(f"{name} fits more than one {kind}: {', '.join(candidates)}. Name one of them.")


class InvalidValueError(AgentDeskError):
    """A field was given a value it cannot hold."""

    def __init__(self, field: str, value: object, allowed: Sequence[str] = (), hint: str = "") -> None:
        tail = f" Allowed: {', '.join(allowed)}." if allowed else ""
        super().__init__(f"{field}: {value!r} is not possible here.{tail}" + (f" {hint}" if hint else ""))


class InvalidTransitionError(AgentDeskError):
    """The state machine of a ticket has no such move."""

    def __init__(self, ref: str, status: str, action: str, hint: str = "") -> None:
        super().__init__(f"{ref} is {status}: it cannot {action}." + (f" {hint}" if hint else ""))


class NotPermittedError(AgentDeskError):
    """The role of the agent does not allow this."""

    def __init__(self, actor: str, permission: str) -> None:
        super().__init__(f"{actor} may not {permission}. Ask an admin to change the role.")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as somebody else left it."""

    field: str
    before: object
    after: object


class ConflictError(AgentDeskError):
    """Somebody changed the row after it was read; nothing was written.

    Attributes:
        who: short name of the agent who changed it last.
        changes: what they changed, field by field.
    """

    def __init__(self, what: str, who: str, changes: Sequence[FieldChange]) -> None:
        told = ", ".join(f"{c.field} {c.before} → {c.after}" for c in changes) or "a new message"
        super().__init__(
            f"{who} changed {what} meanwhile ({told}). Nothing of yours was saved: look, then repeat."
        )
        self.who = who
        self.changes = tuple(changes)


class UnrecordedChangeError(AgentDeskError):
    """Rows were written without an event; the transaction was rolled back. A fault of ours, not the user's."""

    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(f"Changes to {', '.join(sorted(set(tables)))} had no event; nothing was saved.")


class StoreError(AgentDeskError):
    """The store cannot be opened or used as it is."""


class UndoError(AgentDeskError):
    """A change cannot be taken back as it stands."""
