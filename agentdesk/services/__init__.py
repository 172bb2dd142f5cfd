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
    from agentdesk.services.arrangements import arrange_list as arrange_list
    from agentdesk.services.articles import add_article as add_article
    from agentdesk.services.articles import edit_article as edit_article
    from agentdesk.services.articles import retire_article as retire_article
    from agentdesk.services.assignments import assign_ticket as assign_ticket
    from agentdesk.services.assignments import take_next as take_next
    from agentdesk.services.attachments import keep_content as keep_content
    from agentdesk.services.calendars import add_calendar as add_calendar
    from agentdesk.services.calendars import add_holidays as add_holidays
    from agentdesk.services.calendars import current_calendar as current_calendar
    from agentdesk.services.calendars import edit_calendar as edit_calendar
    from agentdesk.services.customer_merging import call_distinct as call_distinct
    from agentdesk.services.customer_merging import merge_customers as merge_customers
    from agentdesk.services.customers import create_customer as create_customer
    from agentdesk.services.customers import edit_customer as edit_customer
    from agentdesk.services.drafts import drop_draft as drop_draft
    from agentdesk.services.drafts import save_draft as save_draft
    from agentdesk.services.drafts import turn_draft as turn_draft
    from agentdesk.services.edits import parse_edits as parse_edits
    from agentdesk.services.escalation_answers import accept_escalation as accept_escalation
    from agentdesk.services.escalation_answers import decline_escalation as decline_escalation
    from agentdesk.services.escalation_answers import resolve_escalation as resolve_escalation
    from agentdesk.services.escalation_answers import return_escalation as return_escalation
    from agentdesk.services.escalation_answers import withdraw_escalation as withdraw_escalation
    from agentdesk.services.escalations import escalate_ticket as escalate_ticket
    from agentdesk.services.follow_ups import follow_up_ticket as follow_up_ticket
    from agentdesk.services.intake import fill_form as fill_form
    from agentdesk.services.intake import remove_form as remove_form
    from agentdesk.services.intake import set_form as set_form
    from agentdesk.services.interactions import log_interaction as log_interaction
    from agentdesk.services.letters import send_written as send_written
    from agentdesk.services.links import link_tickets as link_tickets
    from agentdesk.services.links import unlink_tickets as unlink_tickets
    from agentdesk.services.looking import look_at as look_at
    from agentdesk.services.looking import look_away as look_away
    from agentdesk.services.looking import mark_seen as mark_seen
    from agentdesk.services.macros import add_macro as add_macro
    from agentdesk.services.macros import apply_macro as apply_macro
    from agentdesk.services.macros import edit_macro as edit_macro
    from agentdesk.services.macros import macro_by_name as macro_by_name
    from agentdesk.services.macros import retire_macro as retire_macro
    from agentdesk.services.macros import set_macro_fields as set_macro_fields
    from agentdesk.services.merging import merge_tickets as merge_tickets
    from agentdesk.services.messages import add_note as add_note
    from agentdesk.services.messages import forward_ticket as forward_ticket
    from agentdesk.services.messages import receive_message as receive_message
    from agentdesk.services.messages import reply_to_ticket as reply_to_ticket
    from agentdesk.services.messages import send_automatic_message as send_automatic_message
    from agentdesk.services.notices import put_away as put_away
    from agentdesk.services.organizations import find_or_add_organization as find_or_add_organization
    from agentdesk.services.outbox import clear_underway as clear_underway
    from agentdesk.services.outbox import hand_over as hand_over
    from agentdesk.services.outbox import put_back as put_back
    from agentdesk.services.policies import add_policy as add_policy
    from agentdesk.services.policies import current_policy as current_policy
    from agentdesk.services.policies import edit_policy as edit_policy
    from agentdesk.services.policies import retire_policy as retire_policy
    from agentdesk.services.policy_moves import apply_policies as apply_policies
    from agentdesk.services.questions import remember_question as remember_question
    from agentdesk.services.queues import add_queue as add_queue
    from agentdesk.services.queues import join_queue as join_queue
    from agentdesk.services.routing import add_rule as add_rule
    from agentdesk.services.routing import edit_rule as edit_rule
    from agentdesk.services.routing import remove_rule as remove_rule
    from agentdesk.services.routing import rule_by_name as rule_by_name
    from agentdesk.services.settings import put_setting as put_setting
    from agentdesk.services.settings import remember as remember
    from agentdesk.services.settings import set_desk_setting as set_desk_setting
    from agentdesk.services.settings import unset_desk_setting as unset_desk_setting
    from agentdesk.services.shifts import add_days as add_days
    from agentdesk.services.shifts import clear_shift as clear_shift
    from agentdesk.services.shifts import set_shift as set_shift
    from agentdesk.services.splitting import split_message as split_message
    from agentdesk.services.statuses import close_ticket as close_ticket
    from agentdesk.services.statuses import reopen_ticket as reopen_ticket
    from agentdesk.services.statuses import set_status as set_status
    from agentdesk.services.statuses import snooze_ticket as snooze_ticket
    from agentdesk.services.statuses import solve_ticket as solve_ticket
    from agentdesk.services.statuses import wake_ticket as wake_ticket
    from agentdesk.services.thanks import keep_solved as keep_solved
    from agentdesk.services.tickets import create_ticket as create_ticket
    from agentdesk.services.tickets import edit_ticket as edit_ticket
    from agentdesk.services.tickets import move_ticket as move_ticket
    from agentdesk.services.tickets import set_tags as set_tags
    from agentdesk.services.undo import Undone as Undone
    from agentdesk.services.undo import next_undo as next_undo
    from agentdesk.services.undo import redo_change as redo_change
    from agentdesk.services.undo import undo_batch as undo_batch
    from agentdesk.services.undo import undo_change as undo_change
    from agentdesk.services.unmerging import unmerge_ticket as unmerge_ticket
    from agentdesk.services.views import edit_view as edit_view
    from agentdesk.services.views import move_view as move_view
    from agentdesk.services.views import remove_view as remove_view
    from agentdesk.services.views import save_view as save_view

_ROOMS = {
    "agents": (
        "add_agent",
        "edit_agent",
    ),
    "agreements": (
        "add_agreement",
        "edit_agreement",
        "end_agreement",
    ),
    "arrangements": ("arrange_list",),
    "articles": (
        "add_article",
        "edit_article",
        "retire_article",
    ),
    "assignments": (
        "assign_ticket",
        "take_next",
    ),
    "attachments": ("keep_content",),
    "calendars": (
        "add_calendar",
        "add_holidays",
        "current_calendar",
        "edit_calendar",
    ),
    "customer_merging": (
        "call_distinct",
        "merge_customers",
    ),
    "customers": (
        "create_customer",
        "edit_customer",
    ),
    "drafts": (
        "drop_draft",
        "save_draft",
        "turn_draft",
    ),
    "edits": ("parse_edits",),
    "escalation_answers": (
        "accept_escalation",
        "decline_escalation",
        "resolve_escalation",
        "return_escalation",
        "withdraw_escalation",
    ),
    "escalations": ("escalate_ticket",),
    "follow_ups": ("follow_up_ticket",),
    "intake": (
        "fill_form",
        "remove_form",
        "set_form",
    ),
    "interactions": ("log_interaction",),
    "letters": ("send_written",),
    "links": (
        "link_tickets",
        "unlink_tickets",
    ),
    "looking": (
        "look_at",
        "look_away",
        "mark_seen",
    ),
    "macros": (
        "add_macro",
        "apply_macro",
        "edit_macro",
        "macro_by_name",
        "retire_macro",
        "set_macro_fields",
    ),
    "merging": ("merge_tickets",),
    "messages": (
        "add_note",
        "forward_ticket",
        "receive_message",
        "reply_to_ticket",
        "send_automatic_message",
    ),
    "notices": ("put_away",),
    "organizations": ("find_or_add_organization",),
    "outbox": (
        "clear_underway",
        "hand_over",
        "put_back",
    ),
    "policies": (
        "add_policy",
        "current_policy",
        "edit_policy",
        "retire_policy",
    ),
    "policy_moves": ("apply_policies",),
    "questions": ("remember_question",),
    "queues": (
        "add_queue",
        "join_queue",
    ),
    "routing": (
        "add_rule",
        "edit_rule",
        "remove_rule",
        "rule_by_name",
    ),
    "settings": (
        "put_setting",
        "remember",
        "set_desk_setting",
        "unset_desk_setting",
    ),
    "shifts": (
        "add_days",
        "clear_shift",
        "set_shift",
    ),
    "splitting": ("split_message",),
    "signatures": (
        "clear_signature",
        "set_signature",
        "sign",
    ),
    "statuses": (
        "close_ticket",
        "reopen_ticket",
        "set_status",
        "snooze_ticket",
        "solve_ticket",
        "wake_ticket",
    ),
    "thanks": ("keep_solved",),
    "tickets": (
        "create_ticket",
        "edit_ticket",
        "move_ticket",
        "set_tags",
    ),
    "undo": (
        "Undone",
        "next_undo",
        "redo_change",
        "undo_batch",
        "undo_change",
    ),
    "unmerging": ("unmerge_ticket",),
    "views": (
        "edit_view",
        "move_view",
        "remove_view",
        "save_view",
    ),
}
OPERATIONS = {name: room for room, names in _ROOMS.items() for name in names}
"""Where each operation lives."""


def __getattr__(name: str) -> Any:
    if name not in OPERATIONS:
        raise AttributeError(name)
    return getattr(import_module(f"agentdesk.services.{OPERATIONS[name]}"), name)
