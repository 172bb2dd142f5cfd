"""What the composer does besides taking text: EDITOR while writing, REVIEW before sending."""

from agentdesk.commands.command import Command

EDITOR = (
    Command(
        "editor.send",
        "f2,ctrl+s",
        "Review & send",
        "Look once more, then send",
        "send",
        footer=1,
        priority=True,
    ),
    Command(
        "editor.insert",
        "f6,ctrl+t",
        "Macro",
        "Put in a macro, a template or an article",
        "insert",
        footer=4,
        priority=True,
    ),
    Command(
        "editor.attach", "f9", "Attach", "Attach a file, or take one off", "attach", footer=5, priority=True
    ),
    Command(
        "editor.external",
        "f4,ctrl+e",
        "$EDITOR",
        "Write in your own editor",
        "external",
        footer=6,
        priority=True,
    ),
    Command("editor.after", "f7", "Then", "The next status after sending", "after", footer=7, priority=True),
    Command("editor.preview", "f3", "Preview", "See it as the customer will", "preview", priority=True),
    Command(
        "editor.next_gap",
        "tab",
        "Next gap",
        "To the next placeholder without a value; to the next field where there is none",
        "next_gap",
    ),
    Command(
        "editor.other",
        "f5",
        "Other text",
        "Exchange the text for what another console of yours wrote",
        "other_text",
        priority=True,
    ),
    Command("editor.leave", "escape", "Keep & leave", "Keep the draft and go back", "leave", footer=3),
    Command("editor.help", "f1", "Help", "Every key that works while you write", "help", footer=2),
)

REVIEW = (
    Command("review.send", "y,enter", "Send", "Send it", "send", footer=1),
    Command(
        "review.solve", "s", "Send, solved", "Send it and solve the ticket", "send_as('solved')", footer=5
    ),
    Command(
        "review.wait",
        "w",
        "Send, pending",
        "Send it and wait for the customer (pending)",
        "send_as('pending')",
        footer=6,
    ),
    Command(
        "review.open", "o", "Send, open", "Send it and leave the ticket open", "send_as('open')", footer=7
    ),
    Command("review.edit", "e,escape", "Edit", "Go on writing", "edit", footer=2),
    Command("review.postpone", "p", "Postpone", "Keep it as a draft and go back", "postpone", footer=3),
    Command("review.discard", "d", "Discard", "Throw the draft away, after a question", "discard", footer=4),
)
