"""The store itself: create it, and tell how it stands."""

import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from agentdesk.cli.failures import ExitCode
from agentdesk.cli.options import FormatOption
from agentdesk.cli.output import Column, Format
from agentdesk.cli.session import Session, session_of
from agentdesk.cli.ticket_page import fact_lines


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    value: Any
    verdict: str
    """`ok`, or what is wrong and what to do."""

    @property
    def is_ok(self) -> bool:
        """Whether nothing needs doing."""
        return self.verdict == "ok"


FINDINGS = (
    Column("check", "Check"),
    Column("value", "Found"),
    Column("verdict", "Verdict"),
)
COUNTED = ("ticket", "message", "customer", "organization", "agent", "queue", "change")


def init(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> None:
    """Create the store, or bring it up to date.

    The operating-system user becomes its first admin. Doing it again changes nothing.

    Example:
        agentdesk init --store team.db
    """
    session = session_of(ctx)
    with session.desk() as desk:
        made = {
            "store": str(desk.store.location),
            "created": desk.store.created,
            "agent": desk.actor.handle,
            "role": desk.actor.role.value,
        }
    columns = tuple(Column(key, read=_getter(key)) for key in made)
    page = {"Store": made["store"], "You are": f"{made['agent']} ({made['role']})"}
    session.out.emit_one(made, columns, form, lambda: "\n".join(fact_lines(page)))
    session.say(
        "The store is ready." if made["created"] else "The store was there already; it is up to date."
    )


def doctor(ctx: typer.Context, *, form: FormatOption = Format.TABLE) -> int:
    """Check the store and what it stands on.

    Nothing is created or changed. The exit code is 1 if something needs doing.

    Example:
        agentdesk doctor
        agentdesk doctor --json
    """
    session = session_of(ctx)
    findings = list(_findings(session))
    if form is Format.JSON:
        record = {one.check: {"value": one.value, "verdict": one.verdict} for one in findings}
        columns = tuple(Column(key, read=_getter(key)) for key in record)
        session.out.emit_one(record, columns, form, str)
    else:
        session.emit(findings, FINDINGS, form)
    return ExitCode.DONE if all(one.is_ok for one in findings) else ExitCode.FAILED


def _findings(session: Session) -> list[Finding]:
    from agentdesk import __version__
    from agentdesk.cli.config import config_faults
    from agentdesk.store.location import parse_location

    location = parse_location(session.settings.store)
    config = session.settings.config_file
    faults = config_faults(config) if config else []
    verdict = f"The console would not open: {faults[0]}" if faults else "ok"
    verdict += " All of them: agentdesk config check" if len(faults) > 1 else ""
    found = [
        Finding("version", __version__, "ok"),
        Finding("config", str(config) if config else "defaults", verdict),
        Finding("store", str(location), "ok"),
    ]
    if location.path is None:
        return [*found, *_contents(session)]
    found.append(_library())
    if not location.path.exists():
        return [*found, Finding("file", "missing", "Create it with: agentdesk init")]
    return [*found, *_permissions(location.path), *_contents(session)]


def _library() -> Finding:
    from agentdesk.store.sqlite import driver, has_wal_reset_bug

    module = driver()
    version = str(module.sqlite_version)
    advice = "can corrupt a file that several processes write. Install pysqlite3 (pip install pysqlite3)."
    return Finding("sqlite", version, advice if has_wal_reset_bug(module.sqlite_version_info) else "ok")


def _permissions(path: Path) -> list[Finding]:
    mode = stat.S_IMODE(path.stat().st_mode)
    is_open = bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
    verdict = f"Others can read it: chmod 600 {path}" if is_open else "ok"
    return [Finding("permissions", f"{mode:04o}", verdict), Finding("bytes", path.stat().st_size, "ok")]


def _contents(session: Session) -> list[Finding]:
    """The schema and the counts, or the sentence why they cannot be read."""
    from agentdesk.domain.errors import AgentDeskError, NotFoundError
    from agentdesk.queries.store_facts import row_counts
    from agentdesk.store.location import parse_location
    from agentdesk.store.sqlite import SCHEMA_VERSION, schema_version

    path = parse_location(session.settings.store).path
    try:
        if path is not None and (version := schema_version(path)) != SCHEMA_VERSION:
            return [
                Finding("schema", version, "Older than this program: agentdesk init brings it up to date.")
            ]
        with session.desk() as desk, desk.read() as read:
            counts = row_counts(read, COUNTED)
            actor = Finding("agent", desk.actor.handle, "ok")
    except NotFoundError as error:
        return [Finding("agent", "unknown", str(error))]
    except AgentDeskError as error:
        return [Finding("schema", "unreadable", str(error))]
    schema = Finding("schema", SCHEMA_VERSION, "ok")
    return [schema, actor, *(Finding(f"{name}s", number, "ok") for name, number in counts.items())]


def _getter(key: str) -> Any:
    return lambda record: record[key]
