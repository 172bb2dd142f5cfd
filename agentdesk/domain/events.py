"""Everything that can happen, by name, with the sentence a timeline prints for it.

An event names a journal row; the sentence reads after the actor: "ana assigned the ticket".
"""

from enum import StrEnum


class Event(StrEnum):
    """What happened; the part before the dot is what it happened to."""

    TICKET_CREATED = "ticket.created"
    TICKET_CHANGED = "ticket.changed"
    TICKET_ASSIGNED = "ticket.assigned"
    TICKET_STATUS = "ticket.status"
    TICKET_SOLVED = "ticket.solved"
    TICKET_REOPENED = "ticket.reopened"
    TICKET_THANKED = "ticket.thanked"
    TICKET_CLOSED = "ticket.closed"
    TICKET_MERGED = "ticket.merged"
    TICKET_UNMERGED = "ticket.unmerged"
    TICKET_MERGED_IN = "ticket.merged_in"
    TICKET_TAKEN_OUT = "ticket.taken_out"
    TICKET_LINKED = "ticket.linked"
    TICKET_UNLINKED = "ticket.unlinked"
    TICKET_SPLIT = "ticket.split"
    TICKET_INTAKE = "ticket.intake"
    TICKET_SNOOZED = "ticket.snoozed"
    TICKET_WOKEN = "ticket.woken"
    TICKET_TAGGED = "ticket.tagged"
    TICKET_COVERED = "ticket.covered"
    MESSAGE_RECEIVED = "message.received"
    MESSAGE_REPLIED = "message.replied"
    MESSAGE_NOTED = "message.noted"
    MESSAGE_SENT = "message.sent"
    MESSAGE_FORWARDED = "message.forwarded"
    OUTBOX_HANDED_OVER = "outbox.handed_over"
    OUTBOX_TAKEN_BACK = "outbox.taken_back"
    ESCALATION_REQUESTED = "escalation.requested"
    ESCALATION_ACCEPTED = "escalation.accepted"
    ESCALATION_DECLINED = "escalation.declined"
    ESCALATION_RETURNED = "escalation.returned"
    ESCALATION_RESOLVED = "escalation.resolved"
    ESCALATION_WITHDRAWN = "escalation.withdrawn"
    CUSTOMER_CREATED = "customer.created"
    CUSTOMER_CHANGED = "customer.changed"
    CUSTOMER_MERGED = "customer.merged"
    CUSTOMER_DISTINCT = "customer.distinct"
    ORGANIZATION_CREATED = "organization.created"
    ORGANIZATION_CHANGED = "organization.changed"
    INTERACTION_LOGGED = "interaction.logged"
    INTERACTION_CHANGED = "interaction.changed"
    ORDER_RECEIVED = "order.received"
    ORDER_CHANGED = "order.changed"
    FEEDBACK_RECEIVED = "feedback.received"
    FEEDBACK_CHANGED = "feedback.changed"
    AGENT_CHANGED = "agent.changed"
    QUEUE_CHANGED = "queue.changed"
    CALENDAR_CHANGED = "calendar.changed"
    SHIFT_CHANGED = "shift.changed"
    RULE_CHANGED = "rule.changed"
    POLICY_CHANGED = "policy.changed"
    AGREEMENT_CHANGED = "agreement.changed"
    VIEW_CHANGED = "view.changed"
    MACRO_CHANGED = "macro.changed"
    MACRO_APPLIED = "macro.applied"
    ARTICLE_CHANGED = "article.changed"
    INTAKE_FORM_CHANGED = "intake_form.changed"
    SETTING_CHANGED = "setting.changed"
    IMPORT_MAP_CHANGED = "import_map.changed"
    POLICY_GIVEN = "ticket.policy"
    SLA_WARNED = "ticket.warned"
    ESCALATION_REMINDED = "escalation.reminded"
    CHANGE_UNDONE = "change.undone"


ECHOES = frozenset({Event.TICKET_MERGED_IN, Event.TICKET_TAKEN_OUT})
"""What the target of a merge tells of it; the reason names the other ticket."""

SENTENCES: dict[Event, str] = {
    Event.TICKET_CREATED: "opened the ticket",
    Event.TICKET_CHANGED: "changed the ticket",
    Event.TICKET_ASSIGNED: "assigned the ticket",
    Event.TICKET_STATUS: "set the status",
    Event.TICKET_SOLVED: "solved the ticket",
    Event.TICKET_REOPENED: "reopened the ticket",
    Event.TICKET_THANKED: "kept the ticket solved: the customer only said thank you",
    Event.TICKET_CLOSED: "closed the ticket",
    Event.TICKET_MERGED: "merged the ticket",
    Event.TICKET_UNMERGED: "took the ticket out of a merge",
    Event.TICKET_MERGED_IN: "merged another ticket into this one",
    Event.TICKET_TAKEN_OUT: "took a merged ticket out again",
    Event.TICKET_LINKED: "linked the ticket",
    Event.TICKET_UNLINKED: "took a link away",
    Event.TICKET_SPLIT: "split the ticket off",
    Event.TICKET_INTAKE: "filled in the form",
    Event.TICKET_SNOOZED: "set the ticket aside",
    Event.TICKET_WOKEN: "woke the ticket",
    Event.TICKET_TAGGED: "changed the tags",
    Event.TICKET_COVERED: "asked the queue to cover",
    Event.MESSAGE_RECEIVED: "received a message",
    Event.MESSAGE_FORWARDED: "forwarded to a third party",
    Event.OUTBOX_HANDED_OVER: "handed the mail over",
    Event.OUTBOX_TAKEN_BACK: "put the mail back into the outbox",
    Event.MESSAGE_REPLIED: "replied",
    Event.MESSAGE_NOTED: "wrote an internal note",
    Event.MESSAGE_SENT: "had the desk send an automatic message",
    Event.ESCALATION_REQUESTED: "escalated",
    Event.ESCALATION_ACCEPTED: "accepted the escalation",
    Event.ESCALATION_DECLINED: "declined the escalation",
    Event.ESCALATION_RETURNED: "returned the escalation",
    Event.ESCALATION_RESOLVED: "resolved the escalation",
    Event.ESCALATION_WITHDRAWN: "withdrew the escalation",
    Event.CUSTOMER_CREATED: "added the customer",
    Event.CUSTOMER_CHANGED: "changed the customer",
    Event.CUSTOMER_MERGED: "merged the customers",
    Event.CUSTOMER_DISTINCT: "called two customers distinct",
    Event.ORGANIZATION_CREATED: "added the organization",
    Event.ORGANIZATION_CHANGED: "changed the organization",
    Event.INTERACTION_LOGGED: "logged a contact",
    Event.INTERACTION_CHANGED: "changed a contact",
    Event.ORDER_RECEIVED: "noted an order",
    Event.ORDER_CHANGED: "changed an order",
    Event.FEEDBACK_RECEIVED: "noted what the customer says about us",
    Event.FEEDBACK_CHANGED: "changed what the customer says about us",
    Event.AGENT_CHANGED: "changed an agent",
    Event.QUEUE_CHANGED: "changed a queue",
    Event.CALENDAR_CHANGED: "changed a calendar",
    Event.SHIFT_CHANGED: "changed a shift",
    Event.RULE_CHANGED: "changed a routing rule",
    Event.POLICY_CHANGED: "changed a policy",
    Event.AGREEMENT_CHANGED: "changed an agreement",
    Event.VIEW_CHANGED: "changed a view",
    Event.MACRO_CHANGED: "changed a macro",
    Event.MACRO_APPLIED: "applied a macro",
    Event.ARTICLE_CHANGED: "changed an article",
    Event.INTAKE_FORM_CHANGED: "changed an intake form",
    Event.SETTING_CHANGED: "changed a setting",
    Event.IMPORT_MAP_CHANGED: "changed a saved map",
    Event.POLICY_GIVEN: "put the ticket under a policy",
    Event.SLA_WARNED: "warned of a promise",
    Event.ESCALATION_REMINDED: "reminded of the escalation",
    Event.CHANGE_UNDONE: "took a change back",
}
