"""Every refusal has one class, and each class composes its own sentence.

The sentence names the place and the next step; the faces print it and decide about exit codes and toasts.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class AgentDeskError(Exception):
    """Something was refused or failed; `str()` is the sentence for the user."""

    @property
    def in_console(self) -> str:
        """The sentence where keys are the next step, and not a command line."""
        return str(self)


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
        from agentdesk.domain.quoting import quoted  # noqa: PLC0415  help and slips load no more than this module

        name = field.replace("_", " ")
        if name == "field":
            said = f"There is no field {quoted(value)}."
        elif value is None or not str(value).strip():
            said = f"The {name} is missing."
        else:
            said = f"The {name} cannot be {quoted(value)}."
        tail = f"Allowed: {', '.join(allowed)}." if allowed else ""
        super().__init__(" ".join(filter(None, (said, tail, hint))))


class BadTicketsError(AgentDeskError):
    """Some of many tickets cannot be changed, so none was.

    Attributes:
        faults: which, where each was named, and why.
    """

    def __init__(self, faults: Sequence["TicketFault"], total: int) -> None:
        listed = "; ".join(fault.told for fault in faults[:_LISTED])
        more = f"; and {len(faults) - _LISTED} more" if len(faults) > _LISTED else ""
        count = f"{len(faults)} of {total} tickets" if len(faults) < total else f"all {total} tickets"
        stop = "" if f"{listed}{more}".endswith((".", "?")) else "."
        super().__init__(f"Nothing was changed, because {count} cannot be: {listed}{more}{stop}")
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class TicketFault:
    """One ticket that cannot be changed.

    Attributes:
        name: as it was typed, or its reference.
        place: where it was named: `line 4 of stdin`.
        why: what is wrong, as it reads after the name.
    """

    name: str
    place: str
    why: str

    @property
    def told(self) -> str:
        """`T-1042 (line 4 of stdin) does not exist`."""
        return f"{self.name} ({self.place}) {self.why}"


_LISTED = 10


class InvalidTransitionError(AgentDeskError):
    """The state machine of a ticket has no such move."""

    def __init__(self, ref: str, status: str, action: str, hint: str = "") -> None:
        super().__init__(f"{ref} is {status}: it cannot {action}." + (f" {hint}" if hint else ""))


class ClosedTicketError(InvalidTransitionError):
    """A closed ticket takes no more words; faces that can offer its follow-up."""

    def __init__(self, ref: str, status: str, action: str, hint: str = "") -> None:
        super().__init__(ref, status, action, hint)
        self.ref = ref


class NotPermittedError(AgentDeskError):
    """The role of the agent does not allow this."""

    def __init__(self, actor: str, permission: str) -> None:
        super().__init__(f"{actor} may not {permission}. Ask an admin to change the role.")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as somebody else left it.

    Attributes:
        field: its public name: `queue`, `due`.
        before: its value in words, by name and never by id; a tuple for tags, None for nothing.
        after: the same, as it stands now.
    """

    field: str
    before: object
    after: object

    @property
    def told(self) -> str:
        """What was done, as it reads after the name of who did it: `moved it to Billing`."""
        if isinstance(self.before, tuple) or isinstance(self.after, tuple):
            return _tags_told(self.before or (), self.after or ())
        if self.field in _DEEDS:
            done, undone = _DEEDS[self.field]
            return done.format(self.after) if self.after else undone.format(self.before)
        name = self.field.replace("_", " ")
        return f"set {name} to {_short(self.after)}" if self.after not in (None, "") else f"emptied {name}"


_DEEDS = {
    "queue": ("moved it to {}", "took it out of {}"),
    "assignee": ("assigned it to {}", "took it off {}"),
    "merged_into": ("merged it into {}", "took it apart from {}"),
    "escalated": ("escalated it", "ended its escalation"),
    "spam": ("marked it as spam", "took the spam mark off"),
}
_LONGEST = 60


def _short(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _tags_told(before: object, after: object) -> str:
    was, now = (tuple(map(str, one if isinstance(one, tuple) else ())) for one in (before, after))
    added, gone = ([tag for tag in these if tag not in those] for these, those in ((now, was), (was, now)))
    parts = [
        f"{verb} {' and '.join(tags)}" for verb, tags in (("tagged it", added), ("untagged", gone)) if tags
    ]
    return " and ".join(parts) or "put its tags in another order"


class ConflictError(AgentDeskError):
    """Somebody changed the row after it was read; nothing was written.

    Attributes:
        who: name of the agent who changed it; of all of them where there were several.
        changes: what they changed, field by field.
        told: one clause that says both: `Ben Frost moved it to Billing and set priority to high 2 minutes ago`.
        changed: the same without what was said on it; empty where no field has changed.
        is_own: whether nobody but the agent who writes has changed it.
    """

    def __init__(
        self,
        what: str,
        who: str,
        changes: Sequence[FieldChange],
        *,
        deeds: Sequence[str] = (),
        ago: str = "",
        is_own: bool = False,
    ) -> None:
        """Compose the sentence.

        Args:
            what: the row as people call it: `T-1042`.
            who: see above.
            changes: see above.
            deeds: what was done besides, as it reads after `who`: `replied`.
            ago: how long ago the last of it was.
            is_own: see above.
        """
        fields = [change.told for change in changes]
        self.told = f"{who} {_listed([*deeds, *fields] or ['touched it'])} {ago}".rstrip()
        self.changed = f"{who} {_listed(fields)} {ago}".rstrip() if fields else ""
        self.is_own = is_own
        super().__init__(f"{what}: {self.told}. Nothing of yours was saved: look, then repeat.")
        self.who = who
        self.changes = tuple(changes)


def _listed(told: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))


class BackwardsError(AgentDeskError):
    """A ticket was to change as of an instant before the last thing that happened on it."""

    def __init__(self, ref: str, told: str, last: str) -> None:
        super().__init__(
            f"{ref} cannot change as of {told}: its history reaches until {last}, and it only grows forwards. "
            "Name that instant or a later one."
        )


class UnrecordedChangeError(AgentDeskError):
    """Rows were written without an event; the transaction was rolled back. A fault of ours, not the user's."""

    def __init__(self, tables: Sequence[str]) -> None:
        super().__init__(f"Changes to {', '.join(sorted(set(tables)))} had no event; nothing was saved.")


class StoreError(AgentDeskError):
    """The store cannot be opened or used as it is."""


class UndoError(AgentDeskError):
    """A change cannot be taken back as it stands."""


class StuckError(UndoError):
    """The last change cannot be taken back as it stands, but there is one before it.

    Args:
        why: the refusal.
        number: the change that is stuck.
        before: the change before it.
        words: what that one was.
    """

    def __init__(self, why: str, number: int, before: int, words: str) -> None:
        super().__init__(f"{why} Before it was: {words}; agentdesk undo {before} takes that back.")
        self.why, self.number, self.words = why, number, words


class WholeImportError(UndoError):
    """What would be taken back is a whole import, and whoever asked is to be asked first.

    Args:
        number: the import.
        words: its file, and what it did.
    """

    def __init__(self, number: int, words: str) -> None:
        super().__init__(f"This takes back import {number} whole: {words}.")
        self.number, self.words = number, words
