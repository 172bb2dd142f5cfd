"""What is done in the inbox: INBOX works on every page of it, ANSWERS on escalations, NOTICES on what one was told."""

from agentdesk.commands.command import Command

INBOX = (
    Command("inbox.next_tab", "l,right", "Next tab", "The next tab", "tab(1)"),
    Command("inbox.previous_tab", "h,left", "Previous tab", "The tab before", "tab(-1)"),
    Command("inbox.copy", "y", "Copy", "Copy the reference of the ticket", "copy"),
    Command("inbox.back", "escape", "Back", "Clear the marks, then back to the queue", "back"),
)

ANSWERS = (
    Command("answers.accept", "a", "Accept", "Take on what is asked", "accept", footer=2),
    Command("answers.decline", "d", "Decline", "Say no, and why", "decline", footer=3),
    Command("answers.return", "r", "Return", "Give it back with what was found", "give_back", footer=4),
    Command("answers.resolve", "s", "Resolve", "Say that it is done, and how", "resolve", footer=5),
    Command("answers.withdraw", "w", "Withdraw", "Take back what you asked for", "withdraw"),
    Command(
        "answers.further", "E", "Ask further", "Ask somebody else, as the next step of the chain", "further"
    ),
)

NOTICES = (
    Command("notices.seen", "x", "Put away", "Put the notice away, or the marked ones", "put_away", footer=2),
    Command("notices.all_seen", "X", "Put all away", "Put all your notices away", "put_all_away", footer=3),
)
