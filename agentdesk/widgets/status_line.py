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
        """
        pieces = [Piece(((query or "everything", "$ink"),), 0, gap=3)]
        if marked:
            pieces.append(Piece(((f"{marked:,} marked".replace(",", " "), "bold $soon"),), 0, gap=3))
        if total is not None:
            whole = of if of is not None and of > total else total
            count = f"{total:,}" if whole == total else f"{total:,} of {whole:,}"
            many = f"{count} {noun}{'' if whole == 1 else 's'}".replace(",", " ")
            pieces.append(Piece(((many, "$muted"),), 1, gap=3))
        pieces += [
            Piece(((order, "$faint"),), 3, gap=3),
            Piece(((told, "$faint"),), 4, is_right=True, gap=0),
        ]
        self.set_pieces(pieces)
