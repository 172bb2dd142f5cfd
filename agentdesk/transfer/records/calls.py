"""Calls of a telephone system, with the seconds of waiting, talking, holding and wrapping up."""

from typing import Final

from agentdesk.domain.events import Event
from agentdesk.domain.vocabulary import Channel, InteractionKind
from agentdesk.models import Interaction
from agentdesk.transfer.records.cells import instant, seconds, text
from agentdesk.transfer.records.common import AGENT, TICKET, WHO
from agentdesk.transfer.records.kind import EXTERNAL_ID, CellError, Field, Kind, Told

_OUT: Final = (
    "is who called, and of a call that went out the customer is who was called: map the column of that number as to, "
    "or this one as customer_phone"
)
_IN: Final = (
    "is who was called, and of a call that came in the customer is who called: map the column of that number as from, "
    "or this one as customer_phone"
)


def _finish(told: Told) -> Told:
    """Whose number is the customer's depends on who called."""
    told["kind"], told["channel"] = told.pop("direction"), Channel.PHONE.value
    caller, called = told.pop("from", None), told.pop("to", None)
    is_out = told["kind"] == InteractionKind.CALL_OUT
    told["customer_phone"] = told.get("customer_phone") or (called if is_out else caller)
    if (ours := caller if is_out else called) and not any(told.get(one.name) for one in WHO):
        why = _OUT if is_out else _IN
        raise CellError(why, "from" if is_out else "to", ours)
    return told


CALLS: Final = Kind(
    name="calls",
    noun="call",
    model=Interaction,
    fields=(
        Field(EXTERNAL_ID, text, "callid callsid sid uniqueid linkedid recordid externalid uuid id"),
        Field(
            "direction",
            text,
            "direction calldirection calltype kind type",
            words=(InteractionKind.CALL_IN, InteractionKind.CALL_OUT, InteractionKind.VOICEMAIL),
            means={
                **dict.fromkeys(("in", "inbound", "incoming", "received", "eingehend"), "call_in"),
                **dict.fromkeys(
                    ("out", "outbound", "outgoing", "outbound-api", "outbound-dial", "placed", "ausgehend"),
                    "call_out",
                ),
                **dict.fromkeys(("voice mail", "vm"), "voicemail"),
            },
            is_needed=True,
        ),
        Field(
            "at",
            instant,
            "at startedat starttime start calldate date calledat answeredat timestamp createdat",
            is_needed=True,
        ),
        *WHO,
        Field("from", text, "from fromnumber caller callerid callernumber src source"),
        Field("to", text, "to tonumber callee called callednumber dialednumber dst destination"),
        AGENT,
        TICKET,
        Field("summary", text, "summary subject notes note disposition description", joins=" / "),
        Field(
            "wait_seconds", seconds, "waitseconds wait waittime queuetime timeinqueue ringtime speedofanswer"
        ),
        Field(
            "talk_seconds",
            seconds,
            "talkseconds talk talktime billsec duration callduration conversationtime",
        ),
        Field("hold_seconds", seconds, "holdseconds hold holdtime"),
        Field("wrap_seconds", seconds, "wrapseconds wrap wraptime wrapup wrapuptime acw aftercallwork"),
    ),
    needs={
        ("direction",): "nothing tells who called whom",
        ("at",): "nothing tells when a call began",
        (
            "customer_id",
            "customer_email",
            "customer_phone",
            "customer",
            "from",
            "to",
        ): "nothing tells with whom the calls were",
    },
    finish=_finish,
    made=Event.INTERACTION_LOGGED,
    changed=Event.INTERACTION_CHANGED,
    people={"agent": "agent_id"},
    has_ticket=True,
    has_customer=True,
)
