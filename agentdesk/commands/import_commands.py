"""What is done with imports: IMPORTS in the list of them, PLAN on what would come of a file."""

from agentdesk.commands.command import Command

IMPORTS = (
    Command(
        "imports.new", "n,plus", "New", "Bring in a file of contacts, after a look ahead", "new", footer=2
    ),
    Command(
        "imports.path",
        "slash,tilde,full_stop",
        "Path",
        "Begin to type the path of a file to bring in",
        "path",
    ),
    Command(
        "imports.undo", "u", "Take back", "Take the highlighted import back whole", "take_back", footer=3
    ),
    Command(
        "imports.force",
        "X",
        "With changes",
        "Take it back together with what was changed since",
        "force",
        footer=5,
    ),
    Command("imports.resume", "r", "Go on", "Go on with an import that was stopped", "go_on", footer=4),
    Command("imports.back", "escape", "Back", "Stop what is being done, else back", "back"),
)

PLAN = (
    Command("plan.apply", "a", "Apply", "Import the file just as it is shown here", "apply", footer=2),
    Command("plan.next_tab", "l,right", "Next tab", "The next tab", "tab(1)", footer=3),
    Command("plan.previous_tab", "h,left", "Previous tab", "The tab before", "tab(-1)"),
    Command(
        "plan.back",
        "escape",
        "Back",
        "Stop what is being done, else leave it: nothing is written",
        "back",
        footer=4,
    ),
)
