"""The line that says what the list is: the question, the order, the marks, how many, and when it was read."""

from agentdesk.widgets.bar import Bar, Piece


class StatusLine(Bar):
    """One line under the list."""

    def show_state(
        self,
        *,
        query: str,
        order: str,
        marked: int,
        total: int | None,
        of: int | None,
        told: str,
        noun: str = "ticket",
        is_ranging: bool = False,
        left_out: int = 0,
        unlisted: int = 0,
    ) -> None:
        """Say it.

        Args:
            query: the question in use.
            order: the order in words.
            marked: how many are marked.
            total: how many match; None until they are counted.
            of: how many there are in all, where that is known.
            told: what the right end says.
            noun: one of what is listed.
            is_ranging: whether the marks are being drawn out.
            unlisted: how many of the marked are in the list no more.
            left_out: how many chosen columns there is no room for.
        """
        pieces = [Piece(((query or "everything", "$ink"),), 0, gap=3)]
        if marked or is_ranging:
            gone = f", {unlisted:,} no longer listed" if unlisted else ""
            words = f"{f'{marked:,} marked'.replace(',', ' ')}{gone}"
            words += " · v keeps, esc drops" if is_ranging else ""
            pieces.append(Piece(((words, "bold $soon"),), 0, gap=3))
        if total is not None:
            whole = of if of is not None and of > total else total
            count = f"{total:,}" if whole == total else f"{total:,} of {whole:,}"
            many = f"{count} {noun}{'' if whole == 1 else 's'}".replace(",", " ")
            pieces.append(Piece(((many, "$muted"),), 1, gap=3))
        if left_out:
            many = f"{left_out} column{'' if left_out == 1 else 's'} hidden"
            pieces.append(Piece(((many, "$soon"),), 2, gap=3))
        pieces += [
            Piece(((order, "$faint"),), 3, gap=3),
            Piece(((told, "$faint"),), 4, is_right=True, gap=0),
        ]
        self.set_pieces(pieces)
