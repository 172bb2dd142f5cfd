"""Where articles will be; until then it says so."""

from typing import ClassVar

from textual.content import Content

from agentdesk.screens.reading import ReadingPage


class KnowledgeScreen(ReadingPage):
    """No articles yet."""

    mode: ClassVar[str] = "knowledge"

    def refresh_data(self) -> None:
        """Say what is and what is not."""
        self.put(
            Content.assemble(
                ("Articles come with a later release: there is nothing here yet.\n\n", "bold $ink"),
                ("Until then, what was solved before is found by its words: press ", "$muted"),
                ("1", "bold $here"),
                (" for the queue, then ", "$muted"),
                ("/", "bold $here"),
                (" and for example\n\n", "$muted"),
                ("  status:solved token expired\n", "$ink"),
            )
        )
