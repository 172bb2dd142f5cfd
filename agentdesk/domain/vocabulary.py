"""The words of the desk: every closed list of values, once.

Tables check against these lists, the command line offers them, the console draws them.
"""

from enum import StrEnum


class Status(StrEnum):
    """The six status categories of the field (Zendesk's), in the order of a ticket's life."""

    NEW = "new"
    OPEN = "open"
    PENDING = "pending"
    ON_HOLD = "on_hold"
    SOLVED = "solved"
    CLOSED = "closed"


UNSOLVED = (Status.NEW, Status.OPEN, Status.PENDING, Status.ON_HOLD)
"""What counts as backlog."""


class Priority(StrEnum):
    """How much a delay hurts, most first."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"

    @property
    def rank(self) -> int:
        """1 for urgent to 4 for low."""
        return list(Priority).index(self) + 1


class TicketType(StrEnum):
    """What kind of work a ticket is."""

    QUESTION = "question"
    INCIDENT = "incident"
    REQUEST = "request"
    COMPLAINT = "complaint"
    TASK = "task"
    PROBLEM = "problem"


class Level3(StrEnum):
    """Impact and urgency, ITIL's three steps."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Channel(StrEnum):
    """The road a message came or went by."""

    EMAIL = "email"
    PHONE = "phone"
    CHAT = "chat"
    WEB = "web"
    SOCIAL = "social"
    SMS = "sms"
    LETTER = "letter"
    VISIT = "visit"
    API = "api"
    OTHER = "other"


class Visibility(StrEnum):
    """Who may read a message."""

    PUBLIC = "public"
    INTERNAL = "internal"


class AuthorKind(StrEnum):
    """Who wrote a message."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class Role(StrEnum):
    """What an agent may do; SQLite mode guards against mistakes, not against the file's owner."""

    READ_ONLY = "read-only"
    AGENT = "agent"
    LEAD = "lead"
    ADMIN = "admin"


class EscalationKind(StrEnum):
    """Functional asks for more expertise, hierarchical for more authority (ITIL)."""

    FUNCTIONAL = "functional"
    HIERARCHICAL = "hierarchical"


class EscalationTrigger(StrEnum):
    """What set an escalation off."""

    MANUAL = "manual"
    SLA_RULE = "sla_rule"
    CUSTOMER_REQUEST = "customer_request"


class EscalationLevel(StrEnum):
    """The rung an escalation goes to."""

    L2 = "l2"
    L3 = "l3"
    LEAD = "lead"
    MANAGER = "manager"
    VENDOR = "vendor"


class EscalationState(StrEnum):
    """Where an escalation stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    RETURNED = "returned"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


OPEN_ESCALATION = (EscalationState.REQUESTED, EscalationState.ACCEPTED)
"""Escalations somebody still owes an answer to."""


class EscalationReason(StrEnum):
    """Why somebody else is asked."""

    SKILL = "skill"
    ACCESS = "access_or_permission"
    SLA_RISK = "sla_risk"
    MANAGER = "customer_requested_manager"
    COMMERCIAL = "commercial_decision"
    SAFETY = "safety_or_legal"
    REPEATED = "repeated_failure"
    DEFECT = "suspected_defect"
    OTHER = "other"


class Resolution(StrEnum):
    """How a ticket ended."""

    ANSWERED = "answered"
    FIXED = "fixed"
    WORKAROUND = "workaround"
    DUPLICATE = "duplicate"
    NO_FAULT = "no_fault_found"
    WITHDRAWN = "withdrawn"
    UNSUCCESSFUL = "unsuccessful"
    OTHER = "other"


class InteractionKind(StrEnum):
    """Contacts that are not messages of a ticket."""

    CALL_IN = "call_in"
    CALL_OUT = "call_out"
    VOICEMAIL = "voicemail"
    CHAT = "chat"
    VISIT = "visit"
    APPOINTMENT = "appointment"
    ORDER = "order"
    DELIVERY = "delivery"
    RETURN = "return"
    PAYMENT = "payment"
    SURVEY = "survey"
    REVIEW = "review"
    SOCIAL_MENTION = "social_mention"
    MEETING = "meeting"
    GOODWILL = "gift_or_goodwill"
    LETTER = "letter"


class FeedbackKind(StrEnum):
    """How a customer's opinion was come by; each kind is counted for itself."""

    CSAT = "csat"
    NPS = "nps"
    CES = "ces"
    REVIEW = "review"
    INTERVIEW = "interview"
    FOCUS_GROUP = "focus_group"
    SUGGESTION = "suggestion"


class LinkKind(StrEnum):
    """How one ticket belongs to another; read from the first to the second."""

    DUPLICATE = "duplicate"
    RELATED = "related"
    CAUSED_BY = "caused_by"
    SPLIT_FROM = "split_from"


class LetterKind(StrEnum):
    """To whom an agent writes: the customer, the team, or a third party."""

    REPLY = "reply"
    NOTE = "note"
    FORWARD = "forward"

    @property
    def visibility(self) -> Visibility:
        """Only a reply is for the customer."""
        return Visibility.PUBLIC if self is LetterKind.REPLY else Visibility.INTERNAL


class OutboxState(StrEnum):
    """Where something that goes out stands."""

    QUEUED = "queued"
    HANDED_OVER = "handed_over"


class Audience(StrEnum):
    """Who may read an article."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Doing(StrEnum):
    """What an agent does on a ticket at this moment."""

    READING = "reading"
    WRITING = "writing"


class PointKind(StrEnum):
    """Ways to reach a customer."""

    EMAIL = "email"
    PHONE = "phone"
    SOCIAL = "social"
    ADDRESS = "address"
    WEB = "web"


class Origin(StrEnum):
    """The door a change came in by."""

    CONSOLE = "console"
    CLI = "cli"
    IMPORT = "import"
    TICK = "tick"
    DEMO = "demo"
    SYSTEM = "system"
