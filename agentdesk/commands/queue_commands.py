"""What the queue and the customer list do as lists."""

from agentdesk.commands.command import Command

QUEUE = (
    Command(
        "queue.query", "/", "Filter", "Ask for other tickets: words, or is:open due:<4h", "query", footer=5
    ),
    Command("queue.next_view", "]", "Next view", "The next view", "view(1)"),
    Command("queue.previous_view", "[", "Previous view", "The view before", "view(-1)"),
    Command(
        "queue.save_view",
        "V",
        "Save view",
        "Keep the question as a view; rename, move or delete the view that is open",
        "save_view",
    ),
    Command(
        "queue.sort", "o", "Sort", "Choose another order; the one that is on again turns it round", "sort"
    ),
    Command("queue.columns", "O", "Columns", "Choose the columns of this view and their order", "columns"),
    Command("queue.group", "G", "Group", "Headings by queue, by customer, or none", "group"),
    Command(
        "queue.mark_all",
        "*",
        "Mark all",
        "Mark every match, also those off the screen; again unmarks",
        "mark_all",
    ),
    Command("queue.preview", "p", "Preview", "Show or hide the conversation beside the list", "preview"),
    Command(
        "queue.preview_place", "P", "Below", "The conversation below the list, or beside it", "preview_place"
    ),
    Command("queue.new", "+,insert", "New", "Write a new ticket", "new_ticket"),
    Command("queue.practice", "d", "Practice", "On an empty desk: open one to play with", "practice_here"),
    Command("queue.back", "escape", "Clear", "Clear the marks, then the question; never leaves", "back"),
)

CUSTOMERS = (
    Command(
        "customers.query", "/", "Find", "Find customers by name, address or organization", "query", footer=2
    ),
    Command("customers.open", "c", "Customer", "Everything about the customer", "customer", footer=3),
    Command(
        "customers.duplicates",
        "d",
        "Duplicates",
        "Pairs of customers that may be one person, with the reasons",
        "duplicates",
        footer=4,
    ),
    Command(
        "customers.merge", "M", "Merge", "Make the marked customers one, after a look at all sides", "merge"
    ),
    Command("customers.copy", "y", "Copy", "Copy the customer's address", "copy"),
    Command("customers.back", "escape", "Clear", "Clear the question; never leaves", "back"),
)

DUPLICATES = (
    Command(
        "duplicates.merge",
        "M",
        "Merge",
        "Merge the two of the pair, after a look at both sides",
        "merge",
        footer=2,
    ),
    Command(
        "duplicates.group",
        "G",
        "Group",
        "Merge all customers that hang together with this pair, after a look at all sides",
        "group",
        footer=4,
    ),
    Command(
        "duplicates.distinct",
        "n",
        "Two people",
        "Say that they are not the same person, so that nobody is asked again",
        "distinct",
        footer=3,
    ),
    Command("duplicates.one", "c", "First", "Everything about the first of the two", "customer('id')"),
    Command("duplicates.other", "C", "Other", "Everything about the other one", "customer('other_id')"),
    Command("duplicates.again", "f", "Find again", "Look for pairs again", "again"),
    Command("duplicates.back", "escape", "Back", "Clear the marks; back to the customers", "back", footer=5),
)

CUSTOMER = (
    Command(
        "customer.new", "+,insert", "New ticket", "Write a ticket for this customer", "new_ticket", footer=2
    ),
    Command(
        "customer.merge",
        "M",
        "Duplicates",
        "Who may be the same person as this customer, to be merged with them",
        "merge",
        footer=3,
    ),
    Command("customer.copy", "y", "Copy", "Copy the customer's address", "copy", footer=4),
    Command("customer.down", "j", "Down", "One entry down", "down"),
    Command("customer.up", "k", "Up", "One entry up", "up"),
    Command("customer.back", "escape", "Back", "Back to where you came from", "back", footer=5),
)

KNOWLEDGE = (
    Command("knowledge.query", "/", "Find", "Find articles by their words", "query", footer=2),
    Command("knowledge.order", "o", "Order", "The best match first, or the last changed", "order"),
    Command("knowledge.new", "+,insert", "New", "Write an article", "new_article", footer=3),
    Command("knowledge.edit", "e", "Edit", "Change the article", "edit", footer=4),
    Command("knowledge.copy", "y", "Copy", "Copy the text of the article", "copy", footer=5),
    Command(
        "knowledge.review", "r", "Still right", "Say that you have looked at it and it is right", "review"
    ),
    Command("knowledge.retire", "x", "Retire", "Tell the article no more", "retire"),
    Command(
        "knowledge.back", "escape", "Back", "From the article to the list; there, clear the words", "back"
    ),
)

READING = (
    Command("reading.down", "j,down", "Down", "Scroll down", "scroll_by(1)"),
    Command("reading.up", "k,up", "Up", "Scroll up", "scroll_by(-1)"),
    Command(
        "reading.page_down", "pagedown,space", "Page down", "One screen down", "scroll_pages(1)", footer=2
    ),
    Command("reading.page_up", "pageup", "Page up", "One screen up", "scroll_pages(-1)"),
)

CLOCKS = (
    Command("clocks.next", "l,right", "Next clock", "The table of the next clock", "clock(1)", footer=2),
    Command("clocks.previous", "h,left", "Previous", "The table of the clock before", "clock(-1)", footer=3),
    Command("clocks.down", "j,down", "Down", "Scroll the table down", "scroll_by(1)"),
    Command("clocks.up", "k,up", "Up", "Scroll the table up", "scroll_by(-1)"),
    Command("clocks.page_down", "pagedown,space", "Page down", "One screen down", "scroll_pages(1)"),
    Command("clocks.page_up", "pageup", "Page up", "One screen up", "scroll_pages(-1)"),
    Command("clocks.back", "escape,C", "Back", "Back to where you came from", "back", footer=4),
)
