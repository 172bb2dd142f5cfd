"""What every dialog does."""

from agentdesk.commands.command import Command

DIALOG = (
    Command(
        "dialog.confirm",
        "f2,ctrl+s",
        "Confirm",
        "Do what the dialog says",
        "confirm",
        footer=1,
        priority=True,
    ),
    Command("dialog.cancel", "escape", "Cancel", "Change nothing", "cancel", footer=2),
)
