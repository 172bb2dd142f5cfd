"""Tables, one noun a file: columns, constraints, version; no behaviour."""

from sqlmodel import SQLModel

from agentdesk.models.agent import Agent
from agentdesk.models.agreement import Agreement
from agentdesk.models.article import Article
from agentdesk.models.attachment import Attachment, Blob
from agentdesk.models.calendar import CalendarVersion
from agentdesk.models.contact_point import ContactPoint
from agentdesk.models.customer import Customer
from agentdesk.models.distinct_pair import DistinctPair
from agentdesk.models.draft import Draft
from agentdesk.models.escalation import Escalation
from agentdesk.models.feedback import Feedback
from agentdesk.models.import_batch import ImportBatch
from agentdesk.models.import_chunk import ImportChunk
from agentdesk.models.import_map import ImportMap
from agentdesk.models.intake_form import IntakeForm
from agentdesk.models.interaction import Interaction
from agentdesk.models.journal import ChangeRow, Journal
from agentdesk.models.looking import Looking, Seen
from agentdesk.models.macro import Macro
from agentdesk.models.mention import Mention
from agentdesk.models.message import Message
from agentdesk.models.notice import Notice
from agentdesk.models.order import Order
from agentdesk.models.organization import Organization
from agentdesk.models.outbox import Outbox
from agentdesk.models.queue import Queue, QueueMember
from agentdesk.models.routing_rule import RoutingRule
from agentdesk.models.saved_view import SavedView
from agentdesk.models.setting import Setting
from agentdesk.models.shift import Shift
from agentdesk.models.sla_clock import SlaClock, SlaPause, SlaStep
from agentdesk.models.sla_policy import PolicyVersion
from agentdesk.models.tag import Tag
from agentdesk.models.ticket import Ticket
from agentdesk.models.ticket_link import TicketLink

__all__ = [
    "Agent",
    "Agreement",
    "Article",
    "Attachment",
    "Blob",
    "CalendarVersion",
    "ChangeRow",
    "ContactPoint",
    "Customer",
    "DistinctPair",
    "Draft",
    "Escalation",
    "Feedback",
    "ImportBatch",
    "ImportChunk",
    "ImportMap",
    "IntakeForm",
    "Interaction",
    "Journal",
    "Looking",
    "Macro",
    "Mention",
    "Message",
    "Notice",
    "Order",
    "Organization",
    "Outbox",
    "PolicyVersion",
    "Queue",
    "QueueMember",
    "RoutingRule",
    "SavedView",
    "Seen",
    "Setting",
    "Shift",
    "SlaClock",
    "SlaPause",
    "SlaStep",
    "Tag",
    "Ticket",
    "TicketLink",
]

_NEVER_UNDONE = frozenset({"journal", "draft"})
for _table in SQLModel.metadata.tables.values():
    if "id" in _table.c and _table.name not in _NEVER_UNDONE:
        # SQLite would give the number of a row that was taken back to the next one, and the journal knows both by it.
        _table.dialect_options["sqlite"]["autoincrement"] = True
