"""How to move in any list. Letters and arrows, always both."""

from agentdesk.commands.command import Command

LIST = (
    Command("list.down", "j,down", "Down", "One row down", "move(1)"),
    Command("list.up", "k,up", "Up", "One row up", "move(-1)"),
    Command("list.top", "<,home", "Top", "To the first row", "top"),
    Command("list.bottom", ">,end", "Bottom", "To the last row", "bottom"),
    Command("list.page_down", "pagedown", "Page down", "One screen down", "page(1)"),
    Command("list.page_up", "pageup", "Page up", "One screen up", "page(-1)"),
    Command("list.half_down", "D,ctrl+d", "Half down", "Half a screen down", "half(1)"),
    Command("list.half_up", "U,ctrl+u", "Half up", "Half a screen up", "half(-1)"),
    Command("list.mark", "space", "Mark", "Mark or unmark the row and go down", "mark"),
    Command(
        "list.range", "v", "Range", "Mark from here to where you go; v again keeps it, esc drops it", "range"
    ),
    Command("list.open", "enter", "Open", "Open the row", "open"),
)
