"""Whether solved stayed solved, and what a reader must know about the data before believing the rest."""

from agentdesk.domain.flow import Flow
from agentdesk.domain.numbers import TOO_FEW, share
from agentdesk.domain.references import ticket_ref
from agentdesk.queries.queue_report import Quality, QueueFacts
from agentdesk.reports.document import Column, Kind, Section, Sentence, Table
from agentdesk.reports.listing import list_these
from agentdesk.reports.parts.action import CAP, NOBODY
from agentdesk.reports.wording import count_text

_RATES = (
    Column("solved", Kind.COUNT, "solved"),
    Column("one-touch", Kind.COUNT, "one_touch"),
    Column("share", Kind.PERCENT, "one_touch_rate"),
    Column("no reply", Kind.COUNT, "zero_reply"),
    Column("reopened", Kind.COUNT, "reopened_tickets"),
    Column("share", Kind.PERCENT, "reopen_rate"),
    Column("reopenings", Kind.COUNT, "reopen_events"),
)


def quality_section(facts: QueueFacts, *, redact: bool) -> Section:
    """Solved at one touch, and what came back."""
    quality = facts.quality
    told = quality.solved - quality.silent
    figures = (
        quality.solved,
        None if _is_untold(quality) else quality.one_touch,
        share(quality.one_touch, told),
        None if _is_untold(quality) else quality.zero_reply,
        len(quality.reopened),
        share(len(quality.reopened), quality.solved),
        quality.reopen_events,
    )
    thin = f"Shares of n={quality.solved}: too few to judge." if quality.solved else "Nothing was solved."
    notes = (Sentence(thin, ("solved",)),) if quality.solved < TOO_FEW else ()
    blocks = [Table("quality", _RATES, (figures,), notes=notes)]
    if quality.reopened:
        blocks.append(_reopened(facts, redact))
    return Section(7, "Quality", tuple(blocks))


def data_notes(facts: QueueFacts) -> list[Sentence]:
    """What limits the figures, one sentence each."""
    notes = [Sentence(note) for note in facts.notes]
    policy = sum(not ticket.has_policy for ticket in facts.backlog) if facts.has_policies else 0
    category = sum(not ticket.has_category for ticket in facts.backlog)
    if policy:
        notes.append(
            Sentence(f"{count_text(policy, 'open ticket')} without an SLA policy.", ("without_policy",))
        )
    if category:
        notes.append(
            Sentence(f"{count_text(category, 'open ticket')} without a category.", ("without_category",))
        )
    return notes + _silence(facts.quality) + _faults(facts)


def _is_untold(quality: Quality) -> bool:
    """Whether nothing is known of any conversation: not even that there was none."""
    return 0 < quality.solved == quality.silent


def _silence(quality: Quality) -> list[Sentence]:
    """What a table of tickets without their messages cannot tell."""
    if not quality.silent:
        return []
    tickets = f"{quality.silent} of {count_text(quality.solved, 'solved ticket')}"
    said = f"{tickets} {'has' if quality.silent == 1 else 'have'} no messages"
    whose = "" if _is_untold(quality) else " of them"
    return [Sentence(f"{said}; one-touch and first reply{whose} cannot be known.", ("silent", "solved"))]


def notes_section(facts: QueueFacts) -> Section:
    """The data notes."""
    return Section(8, "Data notes", tuple(data_notes(facts)) or (Sentence("Nothing to note."),))


def _faults(facts: QueueFacts) -> list[Sentence]:
    """Sums that do not hold: a report that hides them would be believed."""
    flow = facts.period.flow
    faults = []
    if facts.scope.queue is None and flow.moved:
        faults.append(
            Sentence(
                f"The flow does not add up: {count_text(abs(flow.moved), 'ticket')} unexplained.",
                ("moved",),
            )
        )
    if facts.scope.queue is None and sum((queue.flow for queue in facts.queues), Flow()) != flow:
        faults.append(Sentence("The queues do not add up to the flow of the desk."))
    return faults


def _reopened(facts: QueueFacts, redact: bool) -> Table:
    came_back = sorted(facts.quality.reopened, key=lambda one: one.ticket_id)
    rows = tuple(
        (
            ticket_ref(one.ticket_id),
            one.solved_by or NOBODY,
            one.customer_ref if redact else one.customer,
            None if redact else one.reason,
        )
        for one in came_back[:CAP]
    )
    columns = (
        Column("reopened"),
        Column("solved by"),
        Column("customer", wide=True),
        Column("reason", wide=True),
    )
    hint = list_these(one.ticket_id for one in came_back)
    notes = () if hint else (Sentence("A shorter --period names them all."),)
    return Table("reopened", columns, rows, left_out=max(len(came_back) - CAP, 0), hint=hint, notes=notes)
