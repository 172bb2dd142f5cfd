"""A plan on disk: JSON lines, a head that says what was planned, then one line a row of the file, in its order.

The head holds the digest of the file, the order as it was given, the counts and how far the journal of the store was.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, TextIO

from agentdesk.domain.errors import AgentDeskError

VERSION: Final = 1


class PlanError(AgentDeskError):
    """A plan that cannot be written, read or followed."""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What was planned.

    Attributes:
        kind: contacts.
        file: the file, as an absolute path.
        sha256: digest of its bytes.
        order: how it is to be imported, as `contact_order` writes it down.
        source: which importer read it.
        counts: what becomes of its rows.
        position: the last change of the store when the plan was made.
        made_at: when, in UTC.
    """

    kind: str
    file: str
    sha256: str
    order: Mapping[str, Any]
    source: str
    counts: Mapping[str, int]
    position: int
    made_at: str


def head_line(head: PlanHead) -> str:
    """The first line of a plan."""
    return json.dumps({"agentdesk_plan": VERSION, **asdict(head)})


def write_plan(path: Path, head: PlanHead, outcomes: Iterable[str]) -> None:
    """Write a plan, whole or not at all, readable by its owner only; it replaces an older plan of that name.

    Raises:
        PlanError: the disk does not take it, or the place holds something that is no plan.
    """
    draft = None
    try:
        _refuse_other(path)
        handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600 by itself
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as file:
            file.write(head_line(head) + "\n")
            file.writelines(f"{line}\n" for line in outcomes)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except OSError as error:
        if draft:
            with suppress(OSError):
                Path(draft).unlink()
        raise PlanError(
            f"{path} cannot be written: {error.strerror or error}. Name another --plan."
        ) from error


def _refuse_other(path: Path) -> None:
    """Only a plan may be written over."""
    if not path.exists() or (path.is_file() and path.stat().st_size == 0):
        return
    try:
        with closing(PlanReader(path)):
            pass
    except PlanError:
        raise PlanError(f"{path} is there and is no plan: it is kept. Name another --plan.") from None


class PlanReader:
    """A plan, open; the outcomes are to be iterated once.

    Attributes:
        head: what was planned.
    """

    def __init__(self, path: Path) -> None:
        """Read the head.

        Raises:
            PlanError: it cannot be read, or is no plan.
        """
        self._path = path
        try:
            self._file: TextIO = path.open(encoding="ascii")
        except OSError as error:
            raise PlanError(f"{path} cannot be read: {error.strerror or error}.") from error
        try:
            self.head = _head(self._file.readline(1 << 20))
        except ValueError:
            self._file.close()
            raise PlanError(
                f"{path} is no plan. Make one with: agentdesk import contacts FILE --plan {path.name}"
            ) from None

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def check_whole(self) -> None:
        """Look whether every row is there that the head tells of.

        Raises:
            PlanError: the plan was cut short, or written into.
        """
        try:
            with self._path.open("rb") as file:
                count = sum(1 for _ in file) - 1
        except OSError as error:
            raise PlanError(f"{self._path} cannot be read: {error.strerror or error}.") from error
        if count != self.head.counts.get("rows"):
            told = f"it has {count} rows instead of {self.head.counts.get('rows')}"
            raise PlanError(f"{self._path} is damaged: {told}. Make the plan anew.")

    def lines(self) -> Iterator[str]:
        """Every outcome as its line of JSON, in the order of the file.

        Raises:
            PlanError: it is no text of ours.
        """
        try:
            for line in self._file:
                yield line.rstrip("\n")
        except ValueError as error:
            raise PlanError(f"{self._path} is damaged: {error}. Make the plan anew.") from error


def _head(line: str) -> PlanHead:
    told = json.loads(line)
    if not isinstance(told, dict) or told.pop("agentdesk_plan", None) != VERSION:
        raise ValueError(line)
    try:
        return PlanHead(**told)
    except TypeError as error:
        raise ValueError(line) from error
