"""Maps of real exports, as a user would write them."""

WORDS = """
[values.status]
"New" = "new"
"Active" = "open"
"Awaiting User Info" = "pending"
"Awaiting Evidence" = "on_hold"
"Awaiting Problem" = "on_hold"
"Awaiting Vendor" = "on_hold"
"Resolved" = "solved"
"Closed" = "closed"

[values.priority]
"1 - Critical" = "urgent"
"2 - High" = "high"
"3 - Moderate" = "normal"
"4 - Low" = "low"

[values.impact]
"1 - High" = "high"
"2 - Medium" = "medium"
"3 - Low" = "low"

[values.urgency]
"1 - High" = "high"
"2 - Medium" = "medium"
"3 - Low" = "low"
"""
INCIDENT_LOG = (
    """
[file]
dates = "%d/%m/%Y %H:%M"
zone = "UTC"
empty = ["?", ""]
source = "servicenow"
ignore = ["active", "sys_created_at", "sys_created_by"]

[ticket]
external_id = "number"
subject = ["category", "subcategory", "u_symptom"]
type = "=incident"
status = "incident_state"
priority = "priority"
impact = "impact"
urgency = "urgency"
channel = "contact_type"
category = "category"
queue = "assignment_group"
assignee = "assigned_to"
customer = "caller_id"
created_at = "opened_at"
solved_at = "resolved_at"
closed_at = "closed_at"

[events]
at = "sys_updated_at"
by = "sys_updated_by"
"""
    + WORDS
)
INCIDENT_TABLE = (
    """
[file]
source = "servicenow"

[ticket]
external_id = "ticket_id"
subject = ["category", "subcategory"]
type = "=incident"
status = "status"
priority = "priority"
impact = "impact"
urgency = "urgency"
channel = "channel"
category = "category"
queue = "assignment_group"
assignee = "assignee"
customer = "requester"
created_at = "opened_at"
solved_at = "resolved_at"
closed_at = "closed_at"
reopen_count = "reopens"
"""
    + WORDS
)
INCIDENT_QUEUE = INCIDENT_TABLE.replace("[ticket]", '[ticket]\nupdated_at = "updated_at"')
SMALL_LOG = """
[file]
source = "tracker"
ignore = ["seen"]

[ticket]
external_id = "id"
subject = "title"
status = "state"
priority = "prio"
queue = "team"
assignee = "owner"
customer = "who"
created_at = "opened"

[events]
at = "changed"
by = "actor"

[values.status]
"Fresh" = "new"
"Working" = "open"
"Waiting" = "pending"
"Done" = "solved"
"Archived" = "closed"

[values.priority]
"P1" = "urgent"
"P3" = "normal"
"""
SMALL_TABLE = """
[file]
dates = "%d.%m.%Y %H:%M"
zone = "Europe/Berlin"
source = "tracker"

[ticket]
external_id = "Nr"
subject = "Title"
status = "State"
queue = "Team"
customer = "Name"
customer_email = "Mail"
tags = "Labels"
created_at = "Opened"
solved_at = "Solved"
closed_at = "Closed"
first_replied_at = "Replied"

[values.status]
"Offen" = "open"
"Fertig" = "solved"
"Zu" = "closed"
"""
