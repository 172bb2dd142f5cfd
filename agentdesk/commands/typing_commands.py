"""What works in a line where words or a question are typed: no letters, for those are text."""

from agentdesk.commands.command import Command

TYPING = (
    Command("typing.submit", "enter,down", "To the list", "Go to what was found", "submit", footer=2),
    Command("typing.leave", "escape", "Leave", "Leave the line; the words stay", "leave_line", footer=3),
)
ASKING = (
    Command("asking.submit", "enter", "Ask", "Ask the question", "submit", footer=2),
    Command(
        "asking.complete", "tab", "Complete", "Take the first word that is offered", "complete", footer=3
    ),
    Command("asking.earlier", "up", "Earlier", "The question asked before this one", "earlier(1)", footer=4),
    Command("asking.later", "down", "Later", "The question asked after this one", "earlier(-1)"),
    Command("asking.leave", "escape", "Leave", "Leave the question as it was", "close", footer=5),
)
