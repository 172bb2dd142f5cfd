"""What other systems call our fields and words: the ground of a drafted map, which a person then reads."""

import re
from collections.abc import Mapping
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from agentdesk.transfer.maps.fields import fold_word, words_of

ALIASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "external_id": (
            "number", "ticket id", "ticket number", "ticket", "case number", "case id", "incident id", "incident",
            "issue key", "issue id", "unique key", "key", "id", "sys id", "external id", "nr", "ref", "reference",
        ),
        "subject": (
            "subject", "short description", "title", "summary", "complaint type", "topic", "name", "betreff",
        ),
        "status": ("status", "incident state", "state", "ticket status", "stage", "phase"),
        "priority": ("priority", "prio", "ticket priority"),
        "type": ("type", "ticket type", "issue type", "case type"),
        "channel": (
            "channel", "contact type", "via", "source", "origin", "case origin", "open data channel type",
        ),
        "impact": ("impact",),
        "urgency": ("urgency",),
        "resolution": ("resolution code", "resolution", "close code", "closed code"),
        "queue": ("assignment group", "queue", "group", "team", "department", "agency", "owner group"),
        "assignee": ("assigned to", "assignee", "agent", "owner", "responder", "resolver"),
        "customer": (
            "caller id", "caller", "requester", "requester name", "customer", "customer name", "contact",
            "contact name", "reporter", "opened for", "requested for",
        ),
        "customer_email": (
            "requester email", "customer email", "contact email", "email", "e-mail", "email address", "mail",
        ),
        "customer_phone": ("requester phone", "customer phone", "contact phone"),
        "customer_id": ("requester id", "customer id", "contact id", "user id"),
        "organization": ("organization", "organisation", "company", "account", "account name", "company name"),
        "category": ("category", "component", "product", "area", "descriptor"),
        "waiting_for": ("waiting for", "hold reason"),
        "tags": ("tags", "labels"),
        "created_at": (
            "opened at", "created at", "created", "created date", "created on", "sys created on", "sys created at",
            "date opened", "opened", "open date", "creation date", "initially created at", "start date",
        ),
        "updated_at": ("updated at", "last updated", "updated", "sys updated on", "last modified", "modified"),
        "solved_at": ("resolved at", "solved at", "resolved", "date resolved", "resolution date", "solved"),
        "closed_at": ("closed at", "closed date", "closed", "date closed", "close date", "closed on"),
        "due_at": ("due at", "due date", "due", "due by", "deadline"),
        "first_replied_at": ("first replied at", "first reply at", "first response at", "first responded at", "first response"),
        "last_reply_at": ("last reply at", "last replied at"),
        "last_message_at": ("last message at",),
        "reply_count": ("reply count", "replies"),
        "reopen_count": ("reopen count", "reopens", "reopened count"),
    }
)  # fmt: skip
"""Header names, folded, the likeliest first."""
EVENT_TIMES: Final = (
    "sys updated at", "sys updated on", "updated at", "event time", "event at", "changed at", "changed", "timestamp",
    "complete timestamp", "time:timestamp", "date", "time", "last updated", "modified",
)  # fmt: skip
"""Header names of the instant of an event."""
EVENT_ACTORS: Final = (
    "sys updated by",
    "updated by",
    "changed by",
    "actor",
    "author",
    "org:resource",
    "user",
)
_KEYWORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "status": {
            "on_hold": "on hold,vendor,third party,problem,evidence,supplier,blocked,parked,held,hold",
            "pending": "awaiting,pending,waiting,user info,customer",
            "closed": "closed,archived,cancelled,canceled,rejected,zu,geschlossen",
            "solved": "resolved,solved,fixed,done,completed,complete,answered,erledigt",
            "open": "active,open,in progress,progress,assigned,reopened,started,working,investigating,offen",
            "new": "new,created,submitted,unassigned,to do,todo,backlog,neu",
        },
        "priority": {
            "urgent": "critical,urgent,blocker,emergency,highest,p1,p0",
            "high": "high,major,important,p2",
            "low": "low,lowest,minor,trivial,planning,p4,p5",
            "normal": "normal,medium,moderate,default,p3",
        },
        "type": {
            "incident": "incident,bug,fault,outage,noise",
            "request": "request,service,feature,change,access",
            "complaint": "complaint,claim",
            "task": "task,to do,todo",
            "problem": "problem",
            "question": "question,how to,inquiry,other",
        },
        "channel": {
            "phone": "phone,call,telephone,voice",
            "email": "email,e-mail,mail",
            "chat": "chat,messaging,live",
            "web": "web,portal,self-service,self service,online,form,website,mobile",
            "social": "social,twitter,facebook,instagram",
            "sms": "sms,text message",
            "letter": "letter,post,fax",
            "visit": "visit,walk-in,walk in,counter,in person",
            "api": "api,event,integration,monitoring",
            "other": "other,unknown",
        },
        "impact": {"high": "high,major", "medium": "medium,moderate", "low": "low,minor"},
        "urgency": {"high": "high,major", "medium": "medium,moderate", "low": "low,minor"},
        "resolution": {
            "workaround": "workaround,work around",
            "duplicate": "duplicate",
            "no_fault": "not reproducible,no fault,works as designed,cannot reproduce",
            "withdrawn": "withdrawn,cancelled,canceled,caller",
            "unsuccessful": "not solved,unsuccessful,rejected,wontfix,invalid",
            "fixed": "fixed,solved,resolved,permanently",
            "answered": "answered,explained",
            "other": "other",
        },
    }
)
_NO_ALIAS: Final = re.compile(r"[_\s]+")


def fold_header(name: str) -> str:
    """The form by which a header is looked up among the aliases."""
    return _NO_ALIAS.sub(" ", name).strip().casefold()


def guess_word(field: str, foreign: str) -> str:
    """The word of ours that a foreign one most likely means; empty where nothing speaks for one."""
    folded = fold_word(foreign.replace("_", " "))
    allowed = words_of(field)
    if folded.replace(" ", "_") in allowed:
        return folded.replace(" ", "_")
    for word, keys in _KEYWORDS[field].items():
        if word in allowed or _is_ours(word, allowed):
            for key in keys.split(","):
                if re.search(rf"(?<!\w){re.escape(key)}(?!\w)", folded):
                    return _is_ours(word, allowed)
    keys_of = {key: word for word, keys in _KEYWORDS[field].items() for key in keys.split(",")}
    near = get_close_matches(folded, list(keys_of), n=1, cutoff=0.84)
    return _is_ours(keys_of[near[0]], allowed) if near else ""


def _is_ours(word: str, allowed: list[str]) -> str:
    return next((one for one in allowed if one == word or one.startswith(f"{word}_")), "")
