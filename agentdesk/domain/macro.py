"""What a macro sets: ticket fields by their public names, told in words, and how they would move one ticket."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from agentdesk.domain.errors import FieldChange, InvalidValueError
from agentdesk.domain.lifecycle import action_towards, allowed
from agentdesk.domain.vocabulary import Status, Visibility
from agentdesk.domain.when import WhenError, parse_when, stamp

FIELDS: Final = (
    *("status", "priority", "type", "category", "queue", "assignee", "tags"),
    *("resolution", "waiting_for", "wake"),
)
"""What a macro may set, as it is typed; tags come and go with `+` and `-`."""
STALE_AFTER: Final = timedelta(days=180)
"""A text nobody has looked at for so long may promise what is no longer so."""
NOBODY: Final = "nobody"
NOTHING: Final = "—"
_DATED: Final = ("-", "/")


def checked_changes(texts: Mapping[str, str]) -> dict[str, Any]:
    """What a macro sets, from fields as they are typed; the words themselves are checked with the desk at hand.

    Raises:
        InvalidValueError: a field that a macro cannot set, or tags without a sign.
    """
    changes: dict[str, Any] = {}
    for typed, text in texts.items():
        field, words = typed.strip().lower().removesuffix("_at"), " ".join(text.split())
        field = {"tag": "tags", "agent": "assignee"}.get(field, field)
        if field not in FIELDS:
            raise InvalidValueError("field", typed, FIELDS)
        changes |= _tags(words) if field == "tags" else {field: words}
    return changes


def _tags(text: str) -> dict[str, Any]:
    words = [one.strip() for one in text.split(",") if one.strip()]
    plain = next((one for one in words if one[0] not in "+-"), None)
    if not words or plain is not None:
        raise InvalidValueError("tags", plain or text, hint="A macro adds and takes off: tags=+vat,-old")
    named = {"add_tags": "+", "remove_tags": "-"}
    return {
        key: listed
        for key, sign in named.items()
        if (listed := [one[1:].strip().lower() for one in words if one[0] == sign and one[1:].strip()])
    }


def check_together(changes: Mapping[str, Any]) -> None:
    """Refuse fields that do not go together, or that hold on one day only.

    Raises:
        InvalidValueError: names the one that is missing or too much.
    """
    status = changes.get("status")
    if status == Status.ON_HOLD and not changes.get("waiting_for"):
        raise InvalidValueError(
            "waiting for", "", hint="A ticket on hold waits for somebody: waiting_for=carrier"
        )
    if changes.get("resolution") and status != Status.SOLVED:
        raise InvalidValueError("resolution", changes["resolution"], hint="It goes with status=solved.")
    if status in (Status.NEW, Status.CLOSED):
        raise InvalidValueError("status", status, hint="A macro opens, sets aside or solves.")
    if changes.get("wake") and status in (Status.OPEN, Status.SOLVED):
        raise InvalidValueError(
            "wake", changes["wake"], hint="Only what waits comes back: status=pending or on_hold."
        )
    if any(sign in str(changes.get("wake", "")) for sign in _DATED):
        raise InvalidValueError(
            "wake", changes["wake"], hint="A macro is used on many days: 2d, mon, tomorrow 9:00."
        )


def as_texts(changes: Mapping[str, Any]) -> dict[str, str]:
    """The same as they are typed; tags in one text."""
    texts = {name: str(value) for name, value in changes.items() if name not in ("add_tags", "remove_tags")}
    tags = [f"+{one}" for one in changes.get("add_tags", ())] + [
        f"-{one}" for one in changes.get("remove_tags", ())
    ]
    return {**texts, "tags": ",".join(tags)} if tags else texts


def change_words(changes: Mapping[str, Any]) -> str:
    """What a macro sets in one line: `status pending, queue Billing, +vat -old`; empty for a template."""
    texts = as_texts(changes)
    tags = texts.pop("tags", "").replace(",", " ")
    told = [f"{_word(name)} {_word(value)}" for name, value in texts.items()]
    return ", ".join([*told, tags] if tags else told)


def as_of(changes: Mapping[str, Any], now: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """The same with the time of waking as the instant it is now, told as everywhere; what cannot be read stays as it was typed."""
    found = dict(changes)
    if wake := found.get("wake"):
        with suppress(WhenError):
            found["wake"] = stamp(parse_when(str(wake), now, zone), now, zone)
    return found


def is_stale(reviewed_at: datetime | None, created_at: datetime, now: datetime) -> bool:
    """Whether nobody has looked at it for too long."""
    return now - (reviewed_at or created_at) > STALE_AFTER


def moves(
    changes: Mapping[str, Any],
    state: Mapping[str, Any],
    *,
    me: str,
    now: datetime,
    zone: ZoneInfo,
) -> list[FieldChange]:
    """How a macro would move one ticket, field by field; what is so already is left out.

    Args:
        changes: of the macro.
        state: the ticket: the words of its fields, `queue` and `assignee` by name, `tags` as a sequence.
        me: the handle of who applies it.
        now: when.
        zone: whose wall the clock hangs on.
    """
    found = []
    for name, value in changes.items():
        if name in ("add_tags", "remove_tags"):
            continue
        after = _after(name, value, me=me, now=now, zone=zone)
        before = _word(state.get(name)) or (NOBODY if name == "assignee" else NOTHING)
        if before != after:
            found.append(FieldChange(_word(name), before, after))
    return [*found, *_tag_moves(changes, state.get("tags") or ())]


def _after(name: str, value: Any, *, me: str, now: datetime, zone: ZoneInfo) -> str:
    words = str(value)
    if words.lower() in ("", "-", "none"):
        return NOBODY if name == "assignee" else NOTHING
    if name == "wake":
        return stamp(parse_when(words, now, zone), now, zone)
    return me if name == "assignee" and words.lower() == "me" else _word(words)


def _tag_moves(changes: Mapping[str, Any], before: Sequence[str]) -> list[FieldChange]:
    gone = set(changes.get("remove_tags", ()))
    after = [one for one in dict.fromkeys([*before, *changes.get("add_tags", ())]) if one not in gone]
    return [] if after == list(before) else [FieldChange("tags", _listed(before), _listed(after))]


def _listed(tags: Iterable[str]) -> str:
    return " ".join(f"#{one}" for one in tags) or NOTHING


def refusal(
    changes: Mapping[str, Any], *, body: str, visibility: str, status: str, missing: Sequence[str]
) -> str:
    """Why a macro cannot be applied to a ticket, as it reads after the reference; empty where it can.

    Args:
        changes: of the macro.
        body: its text.
        visibility: who reads it.
        status: of the ticket.
        missing: labels of its form that have to be filled in before it is solved.
    """
    if status == Status.CLOSED and (set(changes) - {"add_tags", "remove_tags"} or body.strip()):
        return "is closed"
    says = bool(body.strip()) and visibility == Visibility.PUBLIC
    wanted = changes.get("status") or (Status.PENDING.value if changes.get("wake") else status)
    here = Status.OPEN.value if says and status == Status.NEW else status
    waiting = (Status.PENDING, Status.ON_HOLD)
    if wanted != here and not (wanted in waiting and here in waiting):
        action = action_towards(here, wanted)
        if action is None or action not in allowed(here):
            return f"is {_word(status)} and cannot become {_word(wanted)}"
    if wanted == Status.SOLVED and here != Status.SOLVED and missing:
        return f"lacks {', '.join(missing)} of its form"
    return ""


def _word(value: Any) -> str:
    return str(value or "").replace("_", " ")
