"""Every report by name; a report's module is imported only when the report is asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

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
    source: str
    """Has a `read_facts` from a snapshot to those facts."""

    @property
    def build(self) -> Callable[..., Document]:
        """The function that builds it; importing it is the cost."""
        builder: Callable[..., Document] = import_module(self.module).build
        return builder

    @property
    def read_facts(self) -> Callable[..., Any]:
        """The function that reads its facts; importing it is the cost."""
        reader: Callable[..., Any] = import_module(self.source).read_facts
        return reader


REPORTS = {
    "queue": Report(
        "Daily queue report",
        "What is open, late and next, how the last working day went, and who holds what.",
        "agentdesk.reports.queue",
        "agentdesk.queries.queue_facts",
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
