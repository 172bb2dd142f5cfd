"""Our five themes, each designed on its own: ink, paper, contrast, clear and the terminal's sixteen colours.

Every colour of text is read on every surface and on the cursor: at least 4.5 to 1, in `contrast` 7 to 1 (WCAG 2).
A colour means one thing: late, soon, here (where you are, what is new), internal, waiting; the rest is text, muted, faint.
`panel-1` and `panel-2` are the two quieter surfaces, `float` is what lies above, `cursor` the tint of the row.
"""

from textual.theme import Theme

_TERMINAL_EXTRA = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "border-blurred": "ansi_bright_black",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_blue",
    "input-selection-foreground": "ansi_default",
    "scrollbar": "ansi_bright_black",
    "scrollbar-hover": "ansi_bright_black",
    "scrollbar-active": "ansi_default",
    "scrollbar-background": "ansi_default",
    "scrollbar-background-hover": "ansi_default",
    "scrollbar-background-active": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-text-style": "reverse",
    "border": "ansi_cyan",
    "button-focus-text-style": "bold reverse",
}


def _theme(
    name: str,
    *,
    dark: bool,
    surfaces: tuple[str, str, str, str],
    texts: tuple[str, str, str],
    late: str,
    soon: str,
    here: str,
    here_text: str,
    internal: str,
    waiting: str,
    cursor: str,
    cursor_style: str = "none",
    ansi: bool = False,
) -> Theme:
    ground, panel_1, panel_2, floating = surfaces
    text, muted, faint = texts
    return Theme(
        name=name,
        dark=dark,
        ansi=ansi,
        primary=here,
        secondary=waiting,
        accent=here,
        warning=soon,
        error=late,
        success=here,
        foreground=text,
        background=ground,
        surface=panel_1,
        panel=panel_2,
        boost=panel_2,
        variables={
            "ink": text,
            "muted": muted,
            "faint": faint,
            "panel-1": panel_1,
            "panel-2": panel_2,
            "float": floating,
            "late": late,
            "soon": soon,
            "here": here,
            "here-text": here_text,
            "internal": internal,
            "waiting": waiting,
            "cursor": cursor,
            "cursor-style": cursor_style,
            "block-cursor-background": cursor,
            "block-cursor-foreground": text,
            "block-cursor-text-style": "bold" if cursor_style == "none" else cursor_style,
            "block-cursor-blurred-background": cursor,
            "block-cursor-blurred-foreground": text,
            "input-cursor-background": text,
            "input-cursor-foreground": ground,
            "input-selection-background": cursor,
            "scrollbar": panel_2,
            "scrollbar-hover": faint,
            "scrollbar-active": here,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
            "border": here,
            "border-blurred": panel_2,
            **(_TERMINAL_EXTRA if ansi else {}),
        },
    )


THEMES: dict[str, Theme] = {
    theme.name: theme
    for theme in (
        _theme(
            "ink",
            dark=True,
            surfaces=("#0e1116", "#141a21", "#1a222b", "#1e2730"),
            texts=("#dde3e8", "#a8b3bd", "#8b969f"),
            late="#f4716f",
            soon="#ecb552",
            here="#5ccfbd",
            here_text="#0b1513",
            internal="#bfa4f5",
            waiting="#7fb0f7",
            cursor="#1d3038",
        ),
        _theme(
            "paper",
            dark=False,
            surfaces=("#fbfaf6", "#f2f0e9", "#e8e5db", "#ffffff"),
            texts=("#1d2227", "#454e57", "#5f666d"),
            late="#b8232b",
            soon="#8a5800",
            here="#00706a",
            here_text="#ffffff",
            internal="#6a3dbd",
            waiting="#1b5cae",
            cursor="#d3e9e4",
        ),
        _theme(
            "contrast",
            dark=True,
            surfaces=("#000000", "#000000", "#101010", "#000000"),
            texts=("#ffffff", "#e8e8e8", "#cccccc"),
            late="#ff9d94",
            soon="#ffdd33",
            here="#3dffe0",
            here_text="#000000",
            internal="#dcbcff",
            waiting="#8fd0ff",
            cursor="#00302a",
        ),
        _theme(
            "clear",
            dark=True,
            surfaces=("#10131a", "#161b24", "#1d2430", "#222a37"),
            texts=("#e6e9ee", "#b0bac7", "#919caa"),
            late="#ff8a47",
            soon="#f0e442",
            here="#56b4e9",
            here_text="#08131b",
            internal="#e79fca",
            waiting="#c3cfe2",
            cursor="#1b3346",
        ),
        _theme(
            "terminal",
            dark=True,
            ansi=True,
            surfaces=("ansi_default", "ansi_default", "ansi_default", "ansi_default"),
            texts=("ansi_default", "ansi_default", "ansi_bright_black"),
            late="ansi_red",
            soon="ansi_yellow",
            here="ansi_cyan",
            here_text="ansi_black",
            internal="ansi_magenta",
            waiting="ansi_blue",
            cursor="ansi_default",
            cursor_style="reverse",
        ),
    )
}
"""Every theme by its name, in the order the theme key walks through them."""

DEFAULT = "ink"


def as_practice(variables: dict[str, str]) -> dict[str, str]:
    """A theme's variables with the accent of a practice desk: what says where you are has the colour of notes."""
    accent = variables["internal"]
    return {**variables, **dict.fromkeys(("here", "primary", "accent", "border", "scrollbar-active"), accent)}
