"""Words on a ticket: a reply, a note, and a request for help."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agentdesk.cli.argv import WrongUsage
from agentdesk.cli.letters import AttachOption, keep_files, quote_for, say_what_goes_out
from agentdesk.cli.options import FormatOption, TicketArgument, VersionOption
from agentdesk.cli.output import Format
from agentdesk.cli.session import session_of
from agentdesk.cli.stdin import read_text
from agentdesk.cli.ticket_page import TICKET_COLUMNS, WholeTicket, ticket_page
from agentdesk.cli.tickets import whole_ticket
from agentdesk.cli.writing import write
from agentdesk.domain.references import ticket_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from agentdesk.desk import Desk
    from agentdesk.store.change import Change

TextArgument = Annotated[
    str | None, typer.Argument(metavar="TEXT|-", help="The words; - or nothing reads them from stdin.")
]


def reply(
    ctx: typer.Context,
    ticket: TicketArgument,
    text: TextArgument = None,
    *,
    then: Annotated[
        str, typer.Option("--then", metavar="STATUS", help="pending, on_hold or solved, with the reply.")
    ] = "",
    waiting_for: Annotated[
        str,
        typer.Option(
            "--waiting-for", metavar="TEXT", help="The party it is on hold for, with --then on_hold."
        ),
    ] = "",
    automatic: Annotated[
        bool,
        typer.Option("--automatic", help="The desk itself writes, as to acknowledge: it counts as no reply."),
    ] = False,
    attach: AttachOption = None,
    if_version: VersionOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Answer the customer.

    Where they have an e-mail address the reply goes out by it, once its send window is over. It ends with your signature,
    if you have one and the text has no line of two dashes itself.

    Example:
        agentdesk ticket reply T-1042 'Your new invoice is on its way.' --then solved
        agentdesk ticket reply T-1042 - < answer.txt
        agentdesk ticket reply T-1042 'We have your message.' --automatic
    """
    if automatic and then:
        raise WrongUsage("An automatic message sets no status: leave out --then, or --automatic.")

    def send(desk: "Desk", change: "Change", number: int, words: str) -> Any:
        from agentdesk.services import reply_to_ticket, send_automatic_message, sign

        if automatic:
            change.summary = "automatic message"
            if attach:
                raise WrongUsage("An automatic message takes no files: leave out --attach, or --automatic.")
            return send_automatic_message(change, number, words, expected_version=if_version)
        return reply_to_ticket(
            change,
            number,
            sign(change, number, words, zone=desk.zone),
            files=keep_files(change, attach),
            then=then or None,
            waiting_for=waiting_for,
            expected_version=if_version,
        )

    say_on_ticket(ctx, ticket, text, what="reply", form=form, operation=send)


def receive(
    ctx: typer.Context,
    ticket: TicketArgument,
    text: TextArgument = None,
    *,
    channel: Annotated[
        str,
        typer.Option("--channel", metavar="WORD", help="email, phone, chat, ...; the ticket's unless given."),
    ] = "",
    form: FormatOption = Format.TABLE,
) -> None:
    """Take in what the customer wrote or said.

    A ticket that waits or is solved opens again. To a closed one a follow-up is opened, which is then printed instead.

    Example:
        agentdesk ticket receive T-1042 'The new invoice is wrong too.' --channel email
        agentdesk ticket receive T-1042 - < letter.txt
    """

    def take_in(_: "Desk", change: "Change", number: int, words: str) -> Any:
        from agentdesk.services import receive_message

        return receive_message(change, number, words, channel=channel or None)

    say_on_ticket(ctx, ticket, text, what="receive", form=form, operation=take_in)


def note(
    ctx: typer.Context,
    ticket: TicketArgument,
    text: TextArgument = None,
    *,
    attach: AttachOption = None,
    if_version: VersionOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Write an internal note that no customer sees.

    An agent who is named in it (@ana) is told.

    Example:
        agentdesk ticket note T-1042 'Called twice, nobody there.'
    """

    def keep(_: "Desk", change: "Change", number: int, words: str) -> Any:
        from agentdesk.services import add_note

        return add_note(change, number, words, files=keep_files(change, attach), expected_version=if_version)

    say_on_ticket(ctx, ticket, text, what="note", form=form, operation=keep)


def forward(
    ctx: typer.Context,
    ticket: TicketArgument,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT|-", help="The words above what is quoted; - reads stdin.")
    ] = None,
    *,
    to: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="The third party's e-mail address.")],
    message: Annotated[
        int | None,
        typer.Option("--message", metavar="N", help="Only this message; all public ones unless given."),
    ] = None,
    hold: Annotated[
        bool, typer.Option("--hold", help="Put the ticket on hold: it waits for the third party.")
    ] = False,
    attach: AttachOption = None,
    if_version: VersionOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Send the conversation to a third party; the customer does not see it.

    What is quoted is what the customer and the desk wrote to each other, no note. The desk still owes its answer: no
    clock stops.

    Example:
        agentdesk ticket forward T-1042 --to repairs@partner.example 'Can you look at this?' --hold
    """

    def send(desk: "Desk", change: "Change", number: int, words: str) -> Any:
        from agentdesk.domain.placeholders import require_filled
        from agentdesk.services import forward_ticket

        require_filled(f"The text to {to}", words)  # what is quoted may say anything
        body = f"{words.rstrip()}{quote_for(desk, number, message)}".lstrip("\n")
        files = keep_files(change, attach)
        then = "on_hold" if hold else None
        return forward_ticket(
            change, number, body, to=to, then=then, files=files, expected_version=if_version
        )

    say_on_ticket(ctx, ticket, text or "", what="forward", form=form, operation=send)


def escalate(
    ctx: typer.Context,
    ticket: TicketArgument,
    *,
    ask: Annotated[
        str, typer.Option("--ask", metavar="TEXT", help="What you need from them; - reads stdin.")
    ],
    to_queue: Annotated[str, typer.Option("--to-queue", metavar="QUEUE", help="The team asked.")] = "",
    to_agent: Annotated[str, typer.Option("--to-agent", metavar="AGENT", help="The person asked.")] = "",
    to_party: Annotated[
        str, typer.Option("--to-party", "--party", metavar="NAME", help="Somebody outside this desk.")
    ] = "",
    kind: Annotated[
        str, typer.Option("--kind", metavar="WORD", help="functional (skill) or hierarchical (authority).")
    ] = "functional",
    reason: Annotated[
        str, typer.Option("--reason", metavar="WORD", help="skill, sla_risk, other, ...; a slip lists all.")
    ] = "skill",
    level: Annotated[
        str, typer.Option("--level", metavar="WORD", help="l2, l3, lead, manager or vendor.")
    ] = "",
    needed_by: Annotated[
        str, typer.Option("--needed-by", metavar="WHEN", help="4h, tomorrow 9:00, 2026-03-02 14:00.")
    ] = "",
    after: Annotated[
        int | None,
        typer.Option("--after", metavar="N", help="The escalation you were asked in: ask further from it."),
    ] = None,
    tell: Annotated[
        str,
        typer.Option(
            "--tell-customer", "--tell", metavar="TEXT", help="What the customer is told, as a public reply."
        ),
    ] = "",
    if_version: VersionOption = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Ask another team, agent or party for help.

    Example:
        agentdesk ticket escalate T-1042 --to-queue Billing --ask 'Is this refund allowed?' --needed-by 4h
        agentdesk ticket escalate T-1042 --level manager --kind hierarchical --ask 'May we?' --after 7
    """

    def raise_it(desk: "Desk", change: "Change", number: int, words: str) -> Any:
        from agentdesk.domain.when import parse_when
        from agentdesk.services import escalate_ticket
        from agentdesk.services.edits import agent_id, queue_id

        return escalate_ticket(
            change,
            number,
            kind=kind,
            reason_code=reason,
            ask=words,
            to_queue_id=queue_id(change, to_queue) if to_queue else None,
            to_agent_id=agent_id(change, to_agent) if to_agent else None,
            to_party=to_party,
            level=level or None,
            previous_id=after,
            needed_by=parse_when(needed_by, change.at, desk.zone) if needed_by else None,
            tell_customer=tell,
            expected_version=if_version,
        )

    say_on_ticket(ctx, ticket, ask, what="escalate", form=form, operation=raise_it)


_NOUNS = {"forward": "text", "reply": "reply", "receive": "message", "note": "note", "escalate": "question"}
_TYPED = {
    "forward": "ticket forward {} --to bank@example.org 'Please look at this.'",
    "reply": "ticket reply {} 'It is on its way.'",
    "receive": "ticket receive {} 'It is still broken.'",
    "note": "ticket note {} 'Called, nobody there.'",
    "escalate": "ticket escalate {} --ask 'Is this refund allowed?'",
}


def say_on_ticket(
    ctx: typer.Context,
    ticket: str,
    text: str | None,
    *,
    what: str,
    form: Format,
    operation: "Callable[[Desk, Change, int, str], Any]",
) -> None:
    """Put words on a ticket and print the ticket as it is now."""
    session = session_of(ctx)
    number = ticket_id(ticket)
    words = read_text(text, what=_NOUNS[what], typed=_TYPED[what].format(ticket))
    with session.desk() as desk:
        said = write(session, desk, lambda change: _on(operation(desk, change, number, words)), summary=what)
        out = session.out
        with desk.read() as read:
            whole = whole_ticket(read, said or number)
        say_what_goes_out(session, desk, what, whole, words)
        out.emit_one(whole, TICKET_COLUMNS, form, lambda: _last_words(whole, out.when))


def _on(said: Any) -> int:
    """The ticket that words came to stand on: a closed one passes them on to its follow-up."""
    return int(said.ticket_id)


def _last_words(whole: WholeTicket, when: Any) -> str:
    """The ticket with its last message only: what has just been said."""
    last = replace(whole, messages=whole.messages[-1:], escalations=whole.escalations[-1:])
    return ticket_page(last, when)
