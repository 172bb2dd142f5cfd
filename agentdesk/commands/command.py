"""What a command is. The id outlives its keys: keymaps, docs and tests name it."""

from typing import NamedTuple


class Command(NamedTuple):
    """One thing an agent can do with a key.

    Attributes:
        id: `scope.name`; what a keymap names. Never renamed.
        keys: key names parted by commas; the first is the one shown, the others are its twins.
        label: one or two words for the footer.
        help: a sentence for help and docs, without a full stop.
        action: the `action_<name>` of the screen, table or app that runs it.
        footer: 0 is never in the footer; 1 stays longest when there is little room.
        priority: works while something else has the focus; only chords and function keys may.
    """

    id: str
    keys: str
    label: str
    help: str
    action: str
    footer: int = 0
    priority: bool = False

    @property
    def scope(self) -> str:
        """The part of the id that says where it works."""
        return self.id.partition(".")[0]
