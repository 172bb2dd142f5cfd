"""What an agent has written: the text, and everything that goes with it when it is sent.

A draft keeps all of it, so that whoever goes on later, or in another console, goes on with the same letter.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from agentdesk.domain.file_names import say_size
from agentdesk.domain.safe_text import line
from agentdesk.domain.vocabulary import LetterKind, Status, Visibility

__all__ = ["KeptFile", "LetterKind", "Written", "read_written"]
_WHILE_WAITING: Final = ("wake", "wake_at", "waiting_for")
"""Fields that mean something only on a ticket that waits."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose content the store has: what its sender calls it, and which content it is."""

    name: str
    sha256: str
    size: int
    media_type: str = "application/octet-stream"

    @property
    def told(self) -> str:
        """`invoice.pdf 14 kB`."""
        return f"{line(self.name)} {say_size(self.size)}"


@dataclass(frozen=True, slots=True)
class Written:
    """A letter, sent or not.

    Attributes:
        text: what is read.
        kind: who reads it.
        to: the address of the third party of a forwarded letter.
        then: the status to set with it; None leaves it.
        party: whom the ticket waits for then.
        changes: what else is set with it, by public field name, as `agentdesk ticket set` takes it.
        files: what goes with it.
        macros: which macros it was made of, by number: each counts as used once it is sent.
    """

    text: str = ""
    kind: LetterKind = LetterKind.REPLY
    to: str = ""
    then: str | None = None
    party: str = ""
    changes: Mapping[str, str] = field(default_factory=dict)
    files: tuple[KeptFile, ...] = ()
    macros: tuple[int, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to keep."""
        return not (self.text.strip() or self.files)

    def left_out(self, becomes: str | None) -> tuple[str, ...]:
        """Which changes contradict the status that the letter leaves; None leaves that to the changes."""
        if becomes in (None, Status.PENDING, Status.ON_HOLD) or "status" in self.changes:
            return ()
        return tuple(name for name in self.changes if name in _WHILE_WAITING)

    def fitting(self, becomes: str | None) -> "Written":
        """The same without what contradicts that status."""
        out = self.left_out(becomes)
        return replace(self, changes={name: to for name, to in self.changes.items() if name not in out})

    def extra(self) -> dict[str, Any]:
        """All but the text, for the draft's row."""
        files = [[one.name, one.sha256, one.size, one.media_type] for one in self.files]
        told = {"kind": self.kind.value, "to": self.to, "then": self.then, "party": self.party}
        return {**told, "changes": dict(self.changes), "files": files, "macros": list(self.macros)}


def read_written(text: str, visibility: str, extra: Mapping[str, Any]) -> Written:
    """The letter that a draft keeps; whatever `extra` lacks, as in drafts of an earlier version, is as in a plain one."""
    plain = LetterKind.NOTE if visibility == Visibility.INTERNAL else LetterKind.REPLY
    return Written(
        text,
        LetterKind(extra.get("kind", plain)),
        extra.get("to", ""),
        extra.get("then"),
        extra.get("party", ""),
        dict(extra.get("changes", {})),
        tuple(KeptFile(*one) for one in extra.get("files", ())),
        tuple(extra.get("macros", ())),
    )
