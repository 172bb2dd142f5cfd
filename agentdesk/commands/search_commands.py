"""What the search screen does as a list; what is found is acted on with the commands on tickets."""

from agentdesk.commands.command import Command

SEARCH = (
    Command("search.query", "/", "Search", 'Type words, "a phrase" or begin*', "query", footer=5),
    Command("search.next_tab", "l,right", "Next tab", "The next kind of hits", "tab(1)"),
    Command("search.previous_tab", "h,left", "Previous tab", "The kind of hits before", "tab(-1)"),
    Command("search.best", "o", "Best / newest", "The best match first, or the newest", "best"),
    Command(
        "search.mark_all", "*", "Mark all", "Mark every hit, also those not loaded; again unmarks", "mark_all"
    ),
    Command("search.preview", "p", "Preview", "Show or hide the hit whole", "preview"),
    Command("search.back", "escape", "Clear", "Clear the marks, then the words; never leaves", "back"),
)
