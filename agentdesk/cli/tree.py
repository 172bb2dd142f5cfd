"""Every command there is, as a literal table: where it lives and what it does in one sentence.

Help, completion and the docs are made from this table, so none of them imports a command.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """A command: `module:function` in `agentdesk.cli`, and the first sentence of its docstring."""

    target: str
    help: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A group of commands about one noun."""

    help: str
    commands: dict[str, Leaf]


TICKET = Branch(
    "Find, read and work on tickets.",
    {
        "list": Leaf("tickets:list_tickets", "Print the tickets that match a query."),
        "show": Leaf("tickets:show_ticket", "Print one ticket with its messages and escalations."),
        "history": Leaf("tickets:show_history", "Print what happened to a ticket, change by change."),
        "files": Leaf(
            "ticket_files:list_files", "Print the files that came or went with the messages of a ticket."
        ),
        "save-file": Leaf(
            "ticket_files:save", "Write a file of a message into a folder, never over another file."
        ),
        "new": Leaf("ticket_new:new_ticket", "Open a ticket for a customer."),
        "set": Leaf("ticket_edits:set_fields", "Set fields of one or many tickets."),
        "assign": Leaf("ticket_edits:assign", "Give tickets to an agent."),
        "take": Leaf("ticket_edits:take", "Assign tickets to yourself."),
        "next": Leaf("ticket_edits:take_next", "Take the ticket that needs attention most."),
        "solve": Leaf("ticket_edits:solve", "Mark tickets as solved."),
        "reopen": Leaf("ticket_edits:reopen", "Bring solved tickets back to work."),
        "thanks": Leaf("ticket_edits:thanks", "Keep tickets solved that a thank-you has reopened."),
        "reply": Leaf("ticket_words:reply", "Answer the customer."),
        "receive": Leaf("ticket_words:receive", "Take in what the customer wrote or said."),
        "forward": Leaf(
            "ticket_words:forward", "Send the conversation to a third party; the customer does not see it."
        ),
        "note": Leaf("ticket_words:note", "Write an internal note that no customer sees."),
        "escalate": Leaf("ticket_words:escalate", "Ask another team, agent or party for help."),
        "merge": Leaf("ticket_joins:merge", "Make several tickets one."),
        "unmerge": Leaf("ticket_joins:unmerge", "Take a ticket out of the one it was merged into."),
        "split": Leaf(
            "ticket_splits:split", "Make a ticket of its own from a message that is about something else."
        ),
        "link": Leaf("ticket_joins:link", "Say how two tickets belong together."),
        "unlink": Leaf("ticket_joins:unlink", "Take the link between two tickets away."),
        "follow-up": Leaf(
            "ticket_splits:follow_up", "Open the follow-up of a closed ticket, and make it yours."
        ),
        "intake": Leaf("intake:fill_in", "Fill in the form of a ticket, or print it."),
    },
)
CUSTOMER = Branch(
    "Find, read and keep customers.",
    {
        "list": Leaf("customers:list_customers", "Print the customers that match a query."),
        "show": Leaf("customers:show_customer", "Print one customer with open tickets and recent contacts."),
        "new": Leaf("customer_edits:new_customer", "Add a customer."),
        "set": Leaf("customer_edits:set_fields", "Set fields of a customer."),
        "log": Leaf("customer_edits:log_contact", "Log a call, visit or other contact that is no message."),
    },
)
ESCALATION = Branch(
    "Answer requests for help on tickets.",
    {
        "list": Leaf("escalations:list_escalations", "Print the escalations that wait for an answer."),
        "show": Leaf("escalations:show_escalation", "Print one escalation and the chain it stands in."),
        "accept": Leaf("escalations:accept", "Take an escalation on."),
        "decline": Leaf("escalations:decline", "Refuse an escalation and say why."),
        "return": Leaf("escalations:give_back", "Give a ticket back with what was found."),
        "resolve": Leaf("escalations:resolve", "Close an escalation with its outcome."),
        "withdraw": Leaf("escalations:withdraw", "Take back what you asked for."),
    },
)
NOTICE = Branch(
    "What the desk has told you.",
    {
        "list": Leaf("notices:list_notices", "Print what the desk has told you, the newest first."),
        "seen": Leaf("notices:seen", "Put notices away; the tickets stay as they are."),
    },
)
OUTBOX = Branch(
    "What leaves the desk by e-mail.",
    {
        "list": Leaf("outbox:list_letters", "Print the letters that wait to leave, then those that left."),
        "export": Leaf(
            "outbox:export",
            "Hand over every letter whose send window is over, each exactly once, as one .eml file.",
        ),
    },
)
IMPORT = Branch(
    "Bring files in, and take an import back.",
    {
        "contacts": Leaf("imports:import_contacts", "Import a file of contacts, losing no row."),
        "tickets": Leaf(
            "imports:import_tickets", "Import the tickets of another system, with the history they had there."
        ),
        "list": Leaf("imports:list_imports", "Print the imports so far."),
        "show": Leaf("imports:show_import", "Print one import with its counts."),
        "undo": Leaf("imports:undo_import", "Take back everything one import did."),
    },
)
REPORT = Branch(
    "Print reports for leads.",
    {
        "queue": Leaf("reports:queue_report", "Print the daily queue report."),
    },
)
SLA = Branch(
    "Count working time: when something is due, how much was used, and why a clock stands where it does.",
    {
        "explain": Leaf(
            "sla_explain:explain", "Print every clock of a ticket as a table that adds up on paper."
        ),
        "due": Leaf("sla:due", "Print when a target is used up."),
        "elapsed": Leaf(
            "sla:elapsed",
            "Print how many minutes of open time were used; what is left of a minute is dropped.",
        ),
    },
)
AGENT = Branch(
    "Who works at this desk.",
    {
        "list": Leaf("people:list_agents", "Print the agents."),
        "add": Leaf("people:add_agent", "Add an agent."),
        "set": Leaf("people:set_agent", "Change an agent."),
    },
)
SHIFT = Branch(
    "When agents work, and who covers while they do not.",
    {
        "list": Leaf("shifts:list_shifts", "Print the shifts, and who is there now."),
        "set": Leaf("shifts:set_shift", "Say when an agent works."),
        "off": Leaf("shifts:days_off", "Give an agent days off."),
        "clear": Leaf("shifts:clear_shift", "Take the shift of an agent away: they are taken to be there."),
    },
)
RULE = Branch(
    "Which queue a new ticket goes to when nobody named one.",
    {
        "list": Leaf("rules:list_rules", "Print the rules in the order in which they are asked."),
        "add": Leaf("rules:add_rule", "Add a rule."),
        "set": Leaf("rules:set_rule", "Change a rule."),
        "remove": Leaf("rules:remove_rule", "Delete a rule; no ticket is moved."),
        "test": Leaf("rules:try_rules", "Print which rule would choose the queue of a ticket, and why."),
    },
)
MACRO = Branch(
    "What is said and set every day, under a name.",
    {
        "list": Leaf("macros:list_macros", "Print the macros, what they set, and how often each was used."),
        "show": Leaf("macros:show_macro", "Print one macro with its text."),
        "add": Leaf("macros:add_macro", "Add a macro: a text, fields to set, or both."),
        "set": Leaf("macros:set_macro", "Change a macro."),
        "retire": Leaf("macros:retire_macro", "Offer a macro no more; what it was used for stays told."),
        "apply": Leaf(
            "macro_use:apply_macro",
            "Say what a macro says and set what it sets, on one or many tickets.",
        ),
    },
)
ARTICLE = Branch(
    "What the desk knows, written down.",
    {
        "list": Leaf("articles:list_articles", "Print the articles, the last changed first."),
        "search": Leaf(
            "articles:search_articles", "Print the articles that hold every word, the best match first."
        ),
        "show": Leaf("articles:show_article", "Print one article."),
        "new": Leaf("articles:new_article", "Write an article."),
        "set": Leaf("articles:set_article", "Change an article."),
        "retire": Leaf("articles:retire_article", "Tell an article no more; undo brings it back."),
    },
)
INTAKE = Branch(
    "What has to be known before a ticket of a category is solved.",
    {
        "list": Leaf("intake:list_forms", "Print which categories have a form, and what it asks for."),
        "show": Leaf("intake:show_form", "Print the fields of one form."),
        "set": Leaf("intake:set_form", "Say what has to be known before a ticket of a category is solved."),
        "remove": Leaf(
            "intake:remove_form", "Ask for nothing any more; what tickets hold of the form stays."
        ),
    },
)
QUEUE = Branch(
    "Where tickets wait.",
    {
        "list": Leaf("people:list_queues", "Print the queues."),
        "add": Leaf("people:add_queue", "Add a queue."),
        "join": Leaf("people:join_queue", "Put an agent into a queue."),
    },
)
CALENDAR = Branch(
    "Business hours and holidays, in which working time is counted.",
    {
        "list": Leaf("calendars:list_calendars", "Print the calendars."),
        "show": Leaf("calendars:show_calendar", "Print one calendar with its holidays and versions."),
        "add": Leaf("calendar_edits:add_calendar", "Add a calendar."),
        "set": Leaf("calendar_edits:set_calendar", "Change a calendar by making its next version."),
        "import-holidays": Leaf(
            "holiday_imports:import_holidays",
            "Close a calendar on the holidays of a country, or on those of an iCalendar file.",
        ),
    },
)
POLICY = Branch(
    "What is promised to which tickets: targets, business hours, escalation.",
    {
        "list": Leaf(
            "policies:list_policies",
            "Print the policies in their order: the first one that matches a ticket is the one it gets.",
        ),
        "show": Leaf(
            "policies:show_policy",
            "Print one policy with its targets, its ladder, its versions and how many open tickets have it.",
        ),
        "add": Leaf("policy_edits:add_policy", "Add a policy: what is promised to which tickets."),
        "set": Leaf("policy_edits:set_policy", "Change a policy by making its next version."),
        "preview": Leaf(
            "policy_preview:preview_policy",
            "Print which open clocks a draft of a policy would move, and what it would have met.",
        ),
        "apply": Leaf(
            "policy_moves:apply_policy", "Move open tickets to the policies and calendars as they are now."
        ),
        "tickets": Leaf(
            "policy_moves:list_tickets",
            "Print which policy each open ticket has, and why: an agreement, or the conditions it met.",
        ),
        "retire": Leaf(
            "policy_edits:retire_policy", "Let a policy be chosen no more; tickets that have it keep it."
        ),
    },
)
AGREEMENT = Branch(
    "Who is entitled to which policy, and how long.",
    {
        "list": Leaf(
            "agreements:list_agreements",
            "Print the agreements, and where each stands today: coming, active, expiring within 30 days or expired.",
        ),
        "add": Leaf(
            "agreements:add_agreement", "Entitle a customer, or everybody of an organization, to a policy."
        ),
        "set": Leaf(
            "agreements:set_agreement",
            "Change an agreement; tickets that were opened under it keep the policy they got.",
        ),
        "end": Leaf("agreements:end_agreement", "Say which day is the last of an agreement."),
    },
)
SETTING = Branch(
    "What the desk chooses for everybody.",
    {
        "list": Leaf("settings:list_settings", "Print the settings of the desk, with what each may be."),
        "set": Leaf("settings:set_setting", "Choose something for the whole desk."),
        "unset": Leaf("settings:unset_setting", "Bring the default of a setting back."),
    },
)
CONFIG = Branch(
    "What you have chosen for yourself.",
    {
        "show": Leaf("config:show_config", "Print every preference: what holds, and where it was set."),
        "check": Leaf("config:check_config", "Check the configuration, each fault with file and line."),
        "path": Leaf("config:print_path", "Print where the configuration is looked for."),
    },
)
VIEW = Branch(
    "Queries with a name.",
    {
        "list": Leaf("views:list_views", "Print the views and how many tickets each holds."),
        "show": Leaf(
            "views:show_view",
            "Print one view: its query, order, columns and headings, and how many tickets it holds.",
        ),
        "add": Leaf("views:add_view", "Save a query under a name; the same name again replaces it."),
        "rename": Leaf("views:rename_view", "Give a saved view another name."),
        "move": Leaf(
            "views:move_view", "Put a saved view to a place among those of the desk, or among your own."
        ),
        "remove": Leaf("views:remove_view", "Delete a saved view; no ticket is touched."),
        "export": Leaf("view_files:export_views", "Print saved views as JSON that `view import` reads."),
        "import": Leaf(
            "view_files:import_views",
            "Save the views of a file, all or none; a view of the same name is replaced.",
        ),
    },
)

SECTIONS: dict[str, dict[str, Leaf | Branch]] = {
    "Daily work": {
        "ticket": TICKET,
        "customer": CUSTOMER,
        "escalation": ESCALATION,
        "notice": NOTICE,
        "outbox": OUTBOX,
        "macro": MACRO,
        "article": ARTICLE,
        "search": Leaf(
            "changes:search", "Search tickets, messages, customers, organizations and articles at once."
        ),
        "tick": Leaf("tick:tick", "Do what is due: wake, close, warn, escalate, remind."),
        "undo": Leaf("changes:undo", "Take a change back: your last one, or the one with a number."),
        "redo": Leaf("changes:redo", "Do again what was undone."),
        "log": Leaf("changes:log", "Print the latest changes and who made them."),
    },
    "Files and reports": {
        "import": IMPORT,
        "report": REPORT,
        "sla": SLA,
    },
    "The desk": {
        "demo": Leaf("demo:demo", "Build a believable sample desk and open it."),
        "tour": Leaf("demo:tour", "Show a newcomer round the console, on the practice desk."),
        "serve": Leaf("serve:serve", "Show the console in a browser."),
        "init": Leaf("store:init", "Create the store, or bring it up to date."),
        "doctor": Leaf("store:doctor", "Check the store and what it stands on."),
        "agent": AGENT,
        "shift": SHIFT,
        "queue": QUEUE,
        "rule": RULE,
        "calendar": CALENDAR,
        "policy": POLICY,
        "agreement": AGREEMENT,
        "intake": INTAKE,
        "view": VIEW,
        "setting": SETTING,
        "config": CONFIG,
        "keys": Leaf("keys:keys", "Print every key of the console."),
    },
}
ROOT: dict[str, Leaf | Branch] = {
    name: entry for section in SECTIONS.values() for name, entry in section.items()
}
