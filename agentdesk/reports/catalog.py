"""Every report by name; a report's module is imported only when the report is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from agentdesk.domain.errors import NotFoundError
from agentdesk.reports.document import Document


@dataclass(frozen=True, slots=True)
class Report:
    """One report that can be asked for."""

    title: str
    help: str
    """What it answers, in one sentence."""
    module: str
    """Has a `build` from the report's facts to a `Document`."""

    @property
    def build(self) -> Callable[..., Document]:
        """The function that builds it; importing it is the cost."""
        builder: Callable[..., Document] = import_module(self.module).build
        return builder


REPORTS = {
    "queue": Report(
        "Daily queue report",
        "What is open, late and next, how the last working day went, and who holds what.",
        "agentdesk.reports.queue",
    ),
}


def find_report(name: str) -> Report:
    """The report of a name.

    Raises:
        NotFoundError: there is no such report; the sentence lists those there are.
    """
    try:
        return REPORTS[name]
    except KeyError:
        raise NotFoundError("report", name, f"There are: {', '.join(REPORTS)}.") from None
