"""Every command there is, as a literal table: where it lives and what it does in one sentence.

Help, completion and the docs are made from this table, so none of them imports a command.
"""

from agentdesk.cli.branch import Branch, Leaf
from agentdesk.cli.desk_tree import THE_DESK

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
        "duplicates": Leaf("customer_joins:duplicates", "Print pairs of customers that may be one person."),
        "merge": Leaf("customer_joins:merge", "Make several customers one."),
        "distinct": Leaf("customer_joins:distinct", "Say that two customers are two people."),
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
            "ticket_imports:import_tickets",
            "Import the tickets of another system, with their history and conversations.",
        ),
        "organizations": Leaf(
            "record_imports:import_organizations",
            "Import organizations, known again by id, name or mail domain.",
        ),
        "orders": Leaf("record_imports:import_orders", "Import the orders of a shop or an ERP."),
        "feedback": Leaf("record_imports:import_feedback", "Import ratings, answers to surveys and reviews."),
        "calls": Leaf("record_imports:import_calls", "Import the calls of a telephone system."),
        "articles": Leaf("record_imports:import_articles", "Import the articles of another knowledge base."),
        "map": Branch(
            "Keep maps of foreign files by name.",
            {
                "list": Leaf("import_maps:list_maps", "Print the maps that are kept."),
                "show": Leaf("import_maps:show_map", "Print one map as it was saved."),
                "save": Leaf("import_maps:save", "Keep a map under a name, in place of the one that has it."),
                "retire": Leaf("import_maps:retire", "Offer a map no more; undo brings it back."),
            },
        ),
        "mail": Leaf("mail_imports:import_mail", "Import mail: one conversation one ticket, losing no mail."),
        "desk": Leaf(
            "desk_moves:import_desk",
            "Import a whole desk into an empty store, with its numbers, its history and its files.",
        ),
        "apply": Leaf("import_plans:apply_plan", "Import a file exactly as it was planned, or not at all."),
        "resume": Leaf(
            "import_plans:resume_import",
            "Go on with an import that was killed, stopped or broken off.",
        ),
        "list": Leaf("imports:list_imports", "Print the imports so far."),
        "show": Leaf("imports:show_import", "Print one import with its counts."),
        "undo": Leaf("imports:undo_import", "Take back everything one import did."),
    },
)
EXPORT = Branch(
    "Get everything out.",
    {
        "contacts": Leaf("exports:export_contacts", "Export customers with every way to reach them."),
        "organizations": Leaf("exports:export_organizations", "Export organizations."),
        "tickets": Leaf(
            "exports:export_tickets",
            "Export tickets, one row each; or as Markdown, each with all that was said.",
        ),
        "messages": Leaf(
            "exports:export_messages", "Export what was said on tickets, internal notes among it."
        ),
        "feedback": Leaf("exports:export_feedback", "Export ratings, answers to surveys and reviews."),
        "orders": Leaf("exports:export_orders", "Export orders."),
        "calls": Leaf("exports:export_calls", "Export calls and voicemails with their times in seconds."),
        "articles": Leaf(
            "exports:export_articles",
            "Export the articles of the knowledge base, retired ones among them.",
        ),
        "journal": Leaf(
            "exports:export_journal", "Export who changed what and when, each field before and after."
        ),
        "desk": Leaf(
            "desk_moves:export_desk", "Export everything of the desk as one zip, journal and files included."
        ),
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
        "export": EXPORT,
        "report": REPORT,
        "sla": SLA,
    },
    "The desk": THE_DESK,
}
ROOT: dict[str, Leaf | Branch] = {
    name: entry for section in SECTIONS.values() for name, entry in section.items()
}
