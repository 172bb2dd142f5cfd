"""Reports on paper: the same facts and the same instant give the same bytes in every format."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.export_place import named_place
from agentdesk.cli.failures import ExitCode
from agentdesk.cli.instants import parse_as_of, parse_period
from agentdesk.cli.options import AsOfOption
from agentdesk.cli.session import session_of
from agentdesk.domain.quoting import quoted

PAGE_WIDTH = 80
"""Of a text page that is not printed on a terminal."""


class PageFormat(StrEnum):
    """How a report is drawn."""

    TEXT = "text"
    MARKDOWN = "md"
    CSV = "csv"
    JSON = "json"


class FailOn(StrEnum):
    """What makes the exit code 3."""

    BREACH = "breach"


@dataclass(frozen=True, slots=True)
class Paper:
    """How the page is to look, as typed."""

    form: PageFormat
    width: int | None
    ascii: bool


def queue_report(
    ctx: typer.Context,
    *,
    as_of: AsOfOption = "",
    period: Annotated[
        str, typer.Option("--period", metavar="DAY|FROM..TO", help="2026-03-02, 2026-03-01..2026-03-07, 7d.")
    ] = "",
    queue: Annotated[str, typer.Option("--queue", metavar="QUEUE", help="This queue only.")] = "",
    form: Annotated[
        PageFormat, typer.Option("--format", help="How to draw it; --json is short for --format json.")
    ] = PageFormat.TEXT,
    width: Annotated[
        int | None,
        typer.Option("--width", min=60, metavar="N", help="Of a text page; the terminal's, else 80."),
    ] = None,
    only_ascii: Annotated[bool, typer.Option("--ascii", help="Only what every printer has.")] = False,
    redact: Annotated[bool, typer.Option("--redact", help="Customers by reference only.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write it there instead of stdout.")
    ] = None,
    fail_on: Annotated[
        FailOn | None, typer.Option("--fail-on", help="Exit with 3 if a promise is overdue or was broken.")
    ] = None,
) -> int:
    """Print the daily queue report.

    What is open, late and next, how the last working day went, and who holds what.

    Example:
        agentdesk report queue --as-of 2026-03-03T08:30Z
        agentdesk report queue --format md --out queue.md --fail-on breach
    """
    from agentdesk.reports.run import run_report

    session = session_of(ctx)
    with session.desk() as desk:
        instant = parse_as_of(as_of, desk.clock.now(), desk.zone)
        told = parse_period(period, instant, desk.zone)
        with desk.read(instant) as read:
            document = run_report(
                read,
                "queue",
                zone=desk.zone,
                as_of=instant,
                period=told,
                queue=queue or None,
                redact=redact,
                store=str(desk.store.location),
            )
    text = draw(document, Paper(form, width or _terminal_width(session.out), only_ascii))
    file = named_place(out)
    if file is None:
        session.out.emit_raw(text)
    else:
        save(file, text)
        session.say(f"Written to {out}.")
    return ExitCode.PARTLY if fail_on is FailOn.BREACH and _is_breached(document.data) else ExitCode.DONE


def _is_breached(data: Mapping[str, Any]) -> bool:
    """Whether a promise is overdue, or a clock was breached in the period."""
    return any(queue["breached"] for queue in data["queues"]) or any(
        clock["breached"] for clock in data["sla"]
    )


def draw(document: Any, paper: Paper) -> str:
    """A document as a page of text."""
    from agentdesk.reports.renderers import RENDERERS
    from agentdesk.reports.renderers.base import RenderOptions

    options = RenderOptions(width=paper.width or PAGE_WIDTH, ascii=paper.ascii)
    return RENDERERS[paper.form.value].render(document, options)


def save(path: Path, text: str) -> None:
    """Write a page to a file, whole or not at all.

    Raises:
        WrongUsage: the path is a folder.
        OSError: it cannot be written.
    """
    if path.is_dir():
        raise WrongUsage(f"{quoted(path)} is a folder. Name a file with --out.")
    draft = path.with_name(f".{path.name}.part")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        draft.replace(path)
    except OSError as error:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None


def _terminal_width(out: Any) -> int | None:
    return min(out.width, 140) if out.is_terminal else None
