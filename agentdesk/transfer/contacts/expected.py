"""A plan held against what would come of a file now: row by row, and the first that differs stops it."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice

from agentdesk.domain.errors import AgentDeskError
from agentdesk.transfer.outcome import Outcome, outcome_of


class PlanMovedError(AgentDeskError):
    """The desk or the file has moved on since the plan was made.

    Attributes:
        what: the first row that differs, and how, without a full stop.
    """

    def __init__(self, what: str, now: str = "Nothing was written; plan again.") -> None:
        super().__init__(f"The desk is not as it was planned: {what}. {now}")
        self.what = what


class Expected:
    """The outcomes of a plan, taken up in the order of the file."""

    def __init__(self, lines: Iterable[str], done: int = 0) -> None:
        """Begin behind the first `done` rows."""
        self._lines: Iterator[str] = islice(iter(lines), done, None)

    def check(self, outcomes: Iterable[Outcome | None]) -> None:
        """Hold what comes of the next rows against the plan.

        Raises:
            PlanMovedError: something else comes of one than was planned.
        """
        for now in outcomes:
            assert now is not None
            line = next(self._lines, None)
            if line != now.as_line():
                _compare(line, now)

    def end(self) -> None:
        """There are no more rows.

        Raises:
            PlanMovedError: the plan has more.
        """
        if next(self._lines, None) is not None:
            raise PlanMovedError("the file has fewer rows than the plan")


def _compare(line: str | None, now: Outcome) -> None:
    """Say how a row differs; where only the row it folds into is not known any more, it does not."""
    named = f"line {now.line}" + (f" ({now.name})" if now.name else "")
    try:
        planned = None if line is None else outcome_of(line)
    except ValueError:
        planned = None
    if planned is None:
        raise PlanMovedError(f"{named} is not in the plan")
    if now.into is None and replace(planned, into=None) == replace(now, changes=tuple(now.changes)):
        return
    if planned.row_id and planned.row_id == now.row_id and planned.version != now.version:
        raise PlanMovedError(f"{named}: customer {now.row_id} was changed since")
    if planned.line != now.line:
        raise PlanMovedError(f"{named} is where the plan has line {planned.line}")
    if planned.kind != now.kind:
        raise PlanMovedError(f"{named} would be {now.kind} now, and was {planned.kind} in the plan")
    raise PlanMovedError(f"{named} would come out otherwise now")
