"""Every write: one function an operation, permitted, decided, journaled.

Operations are found here by name and loaded on first use, so that a face that only reads imports no ORM.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agentdesk.services.agents import add_agent as add_agent
    from agentdesk.services.agents import edit_agent as edit_agent
    from agentdesk.services.agreements import add_agreement as add_agreement
    from agentdesk.services.agreements import edit_agreement as edit_agreement
    from agentdesk.services.agreements import end_agreement as end_agreement
    from agentdesk.services.calendars import add_calendar as add_calendar
    from agentdesk.services.calendars import add_holidays as add_holidays
    from agentdesk.services.calendars import current_calendar as current_calendar
    from agentdesk.services.calendars import edit_calendar as edit_calendar
    from agentdesk.services.customers import create_customer as create_customer
    from agentdesk.services.customers import edit_customer as edit_customer
    from agentdesk.services.drafts import drop_draft as drop_draft
    from agentdesk.services.drafts import save_draft as save_draft
    from agentdesk.services.edits import parse_edits as parse_edits
    from agentdesk.services.escalations import accept_escalation as accept_escalation
    from agentdesk.services.escalations import decline_escalation as decline_escalation
    from agentdesk.services.escalations import escalate_ticket as escalate_ticket
    from agentdesk.services.escalations import resolve_escalation as resolve_escalation
    from agentdesk.services.escalations import return_escalation as return_escalation
    from agentdesk.services.escalations import withdraw_escalation as withdraw_escalation
    from agentdesk.services.interactions import log_interaction as log_interaction
    from agentdesk.services.messages import add_note as add_note
    from agentdesk.services.messages import receive_message as receive_message
    from agentdesk.services.messages import reply_to_ticket as reply_to_ticket
    from agentdesk.services.organizations import find_or_add_organization as find_or_add_organization
    from agentdesk.services.policies import add_policy as add_policy
    from agentdesk.services.policies import current_policy as current_policy
    from agentdesk.services.policies import edit_policy as edit_policy
    from agentdesk.services.policies import retire_policy as retire_policy
    from agentdesk.services.policy_moves import apply_policies as apply_policies
    from agentdesk.services.queues import add_queue as add_queue
    from agentdesk.services.queues import join_queue as join_queue
    from agentdesk.services.settings import put_setting as put_setting
    from agentdesk.services.settings import set_desk_setting as set_desk_setting
    from agentdesk.services.settings import unset_desk_setting as unset_desk_setting
    from agentdesk.services.statuses import close_ticket as close_ticket
    from agentdesk.services.statuses import reopen_ticket as reopen_ticket
    from agentdesk.services.statuses import set_status as set_status
    from agentdesk.services.statuses import snooze_ticket as snooze_ticket
    from agentdesk.services.statuses import solve_ticket as solve_ticket
    from agentdesk.services.statuses import wake_ticket as wake_ticket
    from agentdesk.services.tickets import assign_ticket as assign_ticket
    from agentdesk.services.tickets import create_ticket as create_ticket
    from agentdesk.services.tickets import edit_ticket as edit_ticket
    from agentdesk.services.tickets import move_ticket as move_ticket
    from agentdesk.services.tickets import set_tags as set_tags
    from agentdesk.services.tickets import take_next as take_next
    from agentdesk.services.undo import Undone as Undone
    from agentdesk.services.undo import redo_change as redo_change
    from agentdesk.services.undo import undo_batch as undo_batch
    from agentdesk.services.undo import undo_change as undo_change
    from agentdesk.services.views import remove_view as remove_view
    from agentdesk.services.views import save_view as save_view

_ROOMS = {
    "agents": ("add_agent", "edit_agent"),
    "agreements": ("add_agreement", "edit_agreement", "end_agreement"),
    "calendars": ("add_calendar", "add_holidays", "current_calendar", "edit_calendar"),
    "customers": ("create_customer", "edit_customer"),
    "drafts": ("drop_draft", "save_draft"),
    "edits": ("parse_edits",),
    "escalations": (
        "accept_escalation",
        "decline_escalation",
        "escalate_ticket",
        "resolve_escalation",
        "return_escalation",
        "withdraw_escalation",
    ),
    "interactions": ("log_interaction",),
    "messages": ("add_note", "receive_message", "reply_to_ticket"),
    "organizations": ("find_or_add_organization",),
    "policies": ("add_policy", "current_policy", "edit_policy", "retire_policy"),
    "policy_moves": ("apply_policies",),
    "queues": ("add_queue", "join_queue"),
    "settings": ("put_setting", "set_desk_setting", "unset_desk_setting"),
    "statuses": (
        "close_ticket",
        "reopen_ticket",
        "set_status",
        "snooze_ticket",
        "solve_ticket",
        "wake_ticket",
    ),
    "tickets": ("assign_ticket", "create_ticket", "edit_ticket", "move_ticket", "set_tags", "take_next"),
    "undo": ("Undone", "redo_change", "undo_batch", "undo_change"),
    "views": ("remove_view", "save_view"),
}
OPERATIONS = {name: room for room, names in _ROOMS.items() for name in names}
"""Where each operation lives."""


def __getattr__(name: str) -> Any:
    if name not in OPERATIONS:
        raise AttributeError(name)
    return getattr(import_module(f"agentdesk.services.{OPERATIONS[name]}"), name)
