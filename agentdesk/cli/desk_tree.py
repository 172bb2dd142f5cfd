"""The commands that set a desk up and keep it, as a literal table: the part of `cli.tree` that is not daily work."""

from agentdesk.cli.branch import Branch, Leaf

AGENT = Branch(
    "Who works at this desk.",
    {
        "list": Leaf("people:list_agents", "Print the agents."),
        "add": Leaf("people:add_agent", "Add an agent."),
        "set": Leaf("people:set_agent", "Change an agent."),
        "signature": Leaf("signature:signature", "Print or change what ends your replies."),
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

THE_DESK: dict[str, Leaf | Branch] = {
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
}
"""What sets a desk up, in the order of the help."""
