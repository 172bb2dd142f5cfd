"""What is done in the preferences."""

from agentdesk.commands.command import Command

PREFERENCES = (
    Command("preferences.next", "enter,right,l,space", "Change", "The next value", "change(1)", footer=2),
    Command("preferences.previous", "left,h", "Before", "The value before", "change(-1)", footer=4),
    Command("preferences.default", "backspace", "Default", "Bring the default back", "default", footer=5),
    Command("preferences.edit", "e,f4", "Edit file", "Open the file in your own editor", "edit", footer=3),
    Command("preferences.down", "j,down", "Down", "One line down", "move(1)"),
    Command("preferences.up", "k,up", "Up", "One line up", "move(-1)"),
    Command("preferences.back", "escape", "Back", "Back to where you came from", "back"),
)
