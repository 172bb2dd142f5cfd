"""A preview on paper and as JSON: the clocks that move, then attainment as it was and under the draft."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from agentdesk.cli.options import rows_wanted
from agentdesk.cli.output import Column, Format
from agentdesk.cli.policy_rows import MOVES, MoveRow, record, sentence, told_columns
from agentdesk.cli.session import Session
from agentdesk.domain.references import ticket_ref

if TYPE_CHECKING:
    from agentdesk.domain.sla.moves import Effect
    from agentdesk.domain.sla.replay import Contrast, Replay, Tally, Worse
    from agentdesk.queries.policies import PolicyRow


@dataclass(frozen=True, slots=True)
class Preview:
    """All that a preview says."""

    policy: "PolicyRow"
    draft: "PolicyRow"
    days: int
    rows: list[MoveRow]
    counts: "dict[Effect, int]"
    stays: int
    tickets: int
    replay: "Replay"


@dataclass(frozen=True, slots=True)
class ReplayRow:
    """The clocks of one metric and priority, or all of them."""

    metric: str
    priority: str
    contrast: "Contrast"


def print_preview(session: Session, found: Preview, form: Format, limit: int | None) -> None:
    """Print a preview whole; a table stops at `limit` rows and says so."""
    if form is Format.JSON:
        session.out.emit_one(found, JSON_COLUMNS, form, str)
    elif form is not Format.TABLE:
        session.emit(found.rows[: rows_wanted(limit, form)], MOVES, form)
        session.say("These are the clocks that move; the replay is in --format table and json.")
    else:
        _print_page(session, found, limit)


def _print_page(session: Session, found: Preview, limit: int | None) -> None:
    out, most = session.out, rows_wanted(limit, Format.TABLE)
    out.emit_text("\n".join(_head(found)))
    if found.rows:
        out.emit_raw("\n")
        shown = session.emit(found.rows[:most], told_columns(found.rows, out.when), Format.TABLE, things="")
        session.say_shown(shown, len(found.rows))
    out.emit_raw("\n")
    out.emit_text("\n".join(_replay_head(found)))
    if found.replay.parts:
        out.emit_raw("\n")
        session.emit(list(_replay_rows(found.replay)), REPLAY, Format.TABLE, things="")
    if worst := found.replay.worst:
        out.emit_raw("\n")
        out.emit_text("Met, and breached under the draft, the worst first")
        shown = session.emit(worst[:most], WORST, Format.TABLE, things="")
        session.say_shown(shown, len(worst))


def _head(found: Preview) -> Iterator[str]:
    is_draft = found.draft.id != found.policy.id
    yield f"{found.policy.ref} to {found.draft.ref}, a draft" if is_draft else f"{found.policy.ref}, as it is"
    yield ""
    yield sentence(found.counts, found.stays)
    noun = "ticket" if found.tickets == 1 else "tickets"
    yield f"{found.tickets} open {noun} would count by another policy, version or calendar."


def _replay_head(found: Preview) -> Iterator[str]:
    from agentdesk.domain.numbers import TOO_FEW

    replay = found.replay
    noun = "ticket" if replay.tickets == 1 else "tickets"
    yield f"Replay of the last {found.days} days: clocks of {replay.tickets} {noun} ended."
    if replay.parts:
        yield (
            f"Attainment {_percent(replay.total.then)} as it was, {_percent(replay.total.now)} under the draft; "
            f"{len(replay.worse)} met would be breached, {replay.better} breached would be met."
        )
        if any(_is_few(tally) for one in replay.parts.values() for tally in (one.then, one.now)):
            yield f"* of fewer than {TOO_FEW} clocks, which say little"


def _replay_rows(replay: "Replay") -> Iterator[ReplayRow]:
    for (metric, priority), contrast in replay.parts.items():
        yield ReplayRow(metric.value, priority.value, contrast)
    yield ReplayRow("all", "all", replay.total)


def _is_few(tally: "Tally") -> bool:
    from agentdesk.domain.numbers import TOO_FEW

    return 0 < tally.completed < TOO_FEW


def _percent(tally: "Tally") -> str:
    from agentdesk.domain.numbers import percent_text

    told = "-" if tally.attainment is None else percent_text(tally.attainment)
    return f"{told}*" if _is_few(tally) else told


def _part(row: ReplayRow) -> str:
    """Both in one cell, so that a terminal of 80 cells holds the table."""
    from agentdesk.domain.attention import METRIC_WORDS

    return f"{METRIC_WORDS[row.metric]} {row.priority}" if row.metric in METRIC_WORDS else row.metric


def _tally(tally: "Tally") -> dict[str, Any]:
    from agentdesk.domain.numbers import plain_number

    return {
        "completed": tally.completed,
        "met": tally.met,
        "breached": tally.breached,
        "attainment": plain_number(tally.attainment, 3),
        "is_few": _is_few(tally),
    }


def _contrast(row: ReplayRow) -> dict[str, Any]:
    sides = {"then": _tally(row.contrast.then), "now": _tally(row.contrast.now)}
    return {"metric": row.metric, "priority": row.priority, **sides}


def _worse(one: "Worse") -> dict[str, Any]:
    clock = one.clock
    return {
        "ref": ticket_ref(one.ticket_id),
        "metric": clock.metric.value,
        "number": clock.number,
        "priority": clock.priority_judged.value,
        "target_minutes": clock.target_minutes,
        "elapsed_minutes": clock.elapsed_minutes,
        "overdue_minutes": clock.overdue_minutes,
        "fulfilled_at": clock.fulfilled_at,
    }


def _draft(found: Preview) -> dict[str, Any]:
    keys = ("ref", "position", "conditions", "by_agreement", "calendar", "targets", "ladder")
    told = {key: getattr(found.draft, key) for key in keys}
    return {**told, "is_draft": found.draft.id != found.policy.id}


def _counts(found: Preview) -> dict[str, int]:
    told = {effect.value: count for effect, count in found.counts.items()}
    return {"moved": sum(told.values()), **told, "stays": found.stays, "tickets": found.tickets}


JSON_COLUMNS = (
    Column("policy", read=lambda found: found.policy.ref),
    Column("draft", read=_draft),
    Column("counts", read=_counts),
    Column("moves", read=lambda found: [record(row) for row in found.rows]),
    Column("days"),
    Column("replay", read=lambda found: [_contrast(row) for row in list(_replay_rows(found.replay))[:-1]]),
    Column("overall", read=lambda found: _contrast(list(_replay_rows(found.replay))[-1])),
    Column("newly_breached", read=lambda found: [_worse(one) for one in found.replay.worst]),
    Column("newly_met", read=lambda found: found.replay.better),
)
REPLAY = (
    Column("part", "Clock", read=_part),
    Column("n_then", "As it was", read=lambda row: row.contrast.then.completed, right=True),
    Column("breached_then", "breached", read=lambda row: row.contrast.then.breached, right=True),
    Column("share_then", "%", read=lambda row: _percent(row.contrast.then), right=True),
    Column("n_now", "Under the draft", read=lambda row: row.contrast.now.completed, right=True),
    Column("breached_now", "breached", read=lambda row: row.contrast.now.breached, right=True),
    Column("share_now", "%", read=lambda row: _percent(row.contrast.now), right=True),
)


def _title(one: "Worse") -> str:
    from agentdesk.domain.sla.telling import title

    return title(one.clock)


WORST = (
    Column("ref", "Ticket", read=lambda one: ticket_ref(one.ticket_id)),
    Column("clock", "Clock", read=_title),
    Column("priority", "Priority", read=lambda one: one.clock.priority_judged.value),
    Column("target", "Target min", read=lambda one: one.clock.target_minutes, right=True),
    Column("used", "Used", read=lambda one: one.clock.elapsed_minutes, right=True),
    Column("over", "Over", read=lambda one: one.clock.overdue_minutes, right=True),
    Column("fulfilled_at", "Ended", read=lambda one: one.clock.fulfilled_at),
)
