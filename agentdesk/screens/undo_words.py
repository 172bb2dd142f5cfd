"""What the toast says was taken back or done again."""

from agentdesk.desk import Desk
from agentdesk.domain.left_behind import LISTED, fold_left
from agentdesk.queries.undone import Undone, undone_words


def words_of(desk: Desk, told: Undone) -> str:
    """`priority of T-7 high → normal.`; for several tickets, or where no field moved, what was done to them."""
    back = " · b goes on with it" if told.is_draft else "."
    left = f" Left as it is: {'; '.join(fold_left(told.left, LISTED))}." if told.left else ""
    with desk.read() as read:
        return f"{undone_words(read, told, desk.clock.now(), desk.zone)}{back}{left}"
