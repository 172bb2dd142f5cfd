"""What is done to tickets: TICKET works in the queue (on all marked ones) and on an open ticket, PAGE only on the latter."""

from agentdesk.commands.command import Command

TICKET = (
    Command("ticket.reply", "r", "Reply", "Answer the customer", "reply", footer=2),
    Command("ticket.note", "n", "Note", "Write a note that only the team reads", "note"),
    Command("ticket.assign", "a", "Assign", "Give to an agent or a queue", "assign", footer=3),
    Command("ticket.take", "m", "Take", "Assign to me", "take"),
    Command("ticket.take_next", "N", "Take next", "Take the next ticket nobody has", "take_next"),
    Command("ticket.status", "s", "Status", "Set the status", "status", footer=4),
    Command("ticket.priority", "u", "Priority", "Set how urgent it is", "priority"),
    Command("ticket.tags", "t", "Tags", "Add or remove tags", "tags"),
    Command("ticket.edit", "e", "Edit", "Change subject, type, category and due", "edit"),
    Command("ticket.snooze", "w", "Wait", "Set aside until a time", "snooze"),
    Command("ticket.escalate", "E", "Escalate", "Ask for more expertise or authority", "escalate", footer=7),
    Command("ticket.thanks", "T", "Thanks", "Keep it solved: the customer only said thank you", "thanks"),
    Command("ticket.customer", "c", "Customer", "Everything about the customer", "customer"),
    Command(
        "ticket.why",
        "i",
        "Why here",
        "Say why the ticket stands where it does, and what its signs mean",
        "why",
    ),
    Command("ticket.clocks", "C", "Clocks", "Every clock of the ticket as a table that adds up", "clocks"),
    Command("ticket.copy", "y", "Copy", "Copy the reference, for example T-1042", "copy"),
)

PAGE = (
    Command("page.next", "J", "Next", "The next ticket of the list", "step(1)"),
    Command("page.previous", "K", "Previous", "The ticket before it in the list", "step(-1)"),
    Command("page.find", "/", "Find", "Find another ticket or customer by words, as g does", "find"),
    Command("page.fold", "H", "Quotes", "Show or fold quoted text", "fold"),
    Command("page.new", "+,insert", "New ticket", "Write another ticket for this customer", "new_ticket"),
    Command("page.next_tab", "l,right", "Next tab", "The next tab", "tab(1)"),
    Command("page.previous_tab", "h,left", "Previous tab", "The tab before", "tab(-1)"),
    Command("page.down", "j,down", "Down", "Scroll down", "scroll_by(1)"),
    Command("page.up", "k,up", "Up", "Scroll up", "scroll_by(-1)"),
    Command("page.back", "escape", "Back", "Back to the list", "back"),
)
