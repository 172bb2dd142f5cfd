"""What is done to tickets: TICKET works in the queue (on all marked ones) and on an open ticket, PAGE only on the latter."""

from agentdesk.commands.command import Command

TICKET = (
    Command("ticket.reply", "r", "Reply", "Answer the customer", "reply", footer=2),
    Command("ticket.note", "n", "Note", "Write a note that only the team reads", "note"),
    Command(
        "ticket.forward",
        "F",
        "Forward",
        "Send the conversation to a third party; the customer does not see it",
        "forward",
    ),
    Command("ticket.assign", "a", "Assign", "Give to an agent or a queue", "assign", footer=3),
    Command("ticket.take", "m", "Take", "Assign to me", "take"),
    Command("ticket.take_next", "N", "Take next", "Take the next ticket nobody has", "take_next"),
    Command("ticket.status", "s", "Status", "Set the status", "status", footer=4),
    Command("ticket.priority", "u", "Priority", "Set how urgent it is", "priority"),
    Command("ticket.tags", "t", "Tags", "Add or remove tags", "tags"),
    Command("ticket.edit", "e", "Edit", "Change subject, type, category and due", "edit"),
    Command("ticket.snooze", "w", "Wait", "Set aside until a time", "snooze"),
    Command("ticket.escalate", "E", "Escalate", "Ask for more expertise or authority", "escalate", footer=7),
    Command(
        "ticket.merge", "M", "Merge", "Make it part of another ticket; the marked ones together", "merge"
    ),
    Command("ticket.link", "L", "Link", "Say how it belongs to another ticket", "link"),
    Command("ticket.macro", "x", "Macro", "Say and set in one step what is said and set every day", "macro"),
    Command("ticket.intake", "I", "Form", "Fill in what has to be known before it is solved", "intake"),
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
    Command(
        "ticket.copy_menu",
        "Y",
        "Copy…",
        "Copy the subject, an address, a message or the conversation",
        "copy_menu",
    ),
    Command("ticket.copy", "y", "Copy", "Copy the reference, for example T-1042", "copy"),
)

PAGE = (
    Command("page.next", "J", "Next", "The next ticket of the list", "step(1)"),
    Command("page.previous", "K", "Previous", "The ticket before it in the list", "step(-1)"),
    Command("page.find", "/", "Find", "Search everything, as 6 does", "find"),
    Command("page.fold", "H", "Quotes", "Show or fold quoted text", "fold"),
    Command("page.split", "S", "Split", "Make a ticket of its own from one of the messages", "split"),
    Command("page.unmerge", "U", "Take apart", "Take a merged ticket out again, or a link away", "unmerge"),
    Command("page.enter", "enter", "Open", "Open the entry, or the ticket that this one is part of", "enter"),
    Command(
        "page.new",
        "+,insert",
        "New ticket",
        "Write another ticket for this customer; follow up a closed one",
        "new_ticket",
    ),
    Command("page.files", "f", "Files", "Files and links: save them, see where they lead", "files"),
    Command("page.next_tab", "l,right", "Next tab", "The next tab", "tab(1)"),
    Command("page.previous_tab", "h,left", "Previous tab", "The tab before", "tab(-1)"),
    Command("page.down", "j,down", "Down", "Scroll down", "scroll_by(1)"),
    Command("page.up", "k,up", "Up", "Scroll up", "scroll_by(-1)"),
    Command("page.back", "escape", "Back", "Back to the list", "back"),
)
