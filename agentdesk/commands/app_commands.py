"""What works everywhere."""

from agentdesk.commands.command import Command

APP = (
    Command("app.queue", "1", "Queue", "Go to the queue", "go('queue')"),
    Command("app.customers", "2", "Customers", "Go to the customers", "go('customers')"),
    Command("app.knowledge", "3", "Knowledge", "Go to the knowledge base", "go('knowledge')"),
    Command("app.reports", "4", "Reports", "Go to the reports", "go('reports')"),
    Command("app.inbox", "5", "Inbox", "Go to what is asked of you and what you were told", "go('inbox')"),
    Command("app.search", "6", "Search", "Search tickets, messages, people and articles", "go('search')"),
    Command("app.goto", "g", "Go to", "Go to a ticket or customer by number, name or word", "goto"),
    Command(
        "app.resume", "b", "Unsent", "Go on with what you wrote and did not send, the newest first", "resume"
    ),
    Command(
        "app.undo",
        "z",
        "Undo",
        "Take back your last change, or letting go of a draft or of marks",
        "undo_last",
        footer=6,
    ),
    Command("app.redo", "Z", "Redo", "Do again what you took back", "redo_last"),
    Command("app.refresh", "R,f5", "Refresh", "Read everything again", "reload"),
    Command(
        "app.help", "?,f1", "Help", "Every key and what it does; type to search, enter runs", "help", footer=1
    ),
    Command(
        "app.palette", ":,ctrl+p", "Palette", "Find any command, ticket or customer by typing", "palette"
    ),
    Command(
        "app.jump", "ctrl+o,f12", "Jump", "Letters on everything that can be reached", "jump", priority=True
    ),
    Command(
        "app.preferences", "comma", "Preferences", "What you can choose, and where it is kept", "preferences"
    ),
    Command(
        "app.imports",
        "f7",
        "Imports",
        "Bring in a file of contacts; the imports so far, to take back",
        "imports",
    ),
    Command("app.theme", "f8", "Theme", "Next theme: ink, paper, contrast, clear, terminal", "next_theme"),
    Command("app.record", "f9", "Record", "Begin or end the recording of keys", "record"),
    Command("app.play", "@", "Play", "Play the recorded keys, after a look at them", "play"),
    Command("app.suspend", "ctrl+z,f11", "Suspend", "Back to the shell; fg goes on here", "suspend"),
    Command("app.tour", "", "Tour", "Five minutes round the console, on a practice desk", "tour"),
    Command("app.practice", "", "Practice desk", "Open a desk on which nothing is real", "practice"),
    Command("app.leave", "q", "Leave", "Go back; at the top, leave AgentDesk", "leave"),
    Command(
        "app.quit", "ctrl+q,f10", "Quit", "Leave AgentDesk at once; drafts are kept", "quit", priority=True
    ),
)
