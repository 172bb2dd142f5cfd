"""What a file may do when it is opened, told from its name: a warning, never a verdict."""

from typing import Final

_PROGRAMS: Final = frozenset(
    [
        "app",
        "apk",
        "bat",
        "bin",
        "cmd",
        "com",
        "cpl",
        "deb",
        "dll",
        "dmg",
        "exe",
        "gadget",
        "hta",
        "inf",
        "jar",
        "js",
        "jse",
        "lnk",
        "msi",
        "msp",
        "pif",
        "pkg",
        "ps1",
        "psm1",
        "reg",
        "rpm",
        "run",
        "scf",
        "scr",
        "sh",
        "sys",
        "url",
        "vb",
        "vbe",
        "vbs",
        "wsf",
        "wsh",
        "xpi",
    ]
)
_MACROS: Final = frozenset(["docm", "dotm", "pptm", "potm", "ppam", "xlam", "xlsm", "xltm", "xll"])
_PAGES: Final = frozenset(["htm", "html", "mht", "mhtml", "shtml", "svg", "xhtml"])


def danger_of(name: str) -> str:
    """`a program`, `a document with macros`, `a page that may run scripts`, or nothing to say."""
    endings = name.lower().rstrip(" .").split(".")[1:]
    last = endings[-1].strip() if endings else ""
    if last in _PROGRAMS:
        hidden = f", called like a .{endings[-2].strip()} file" if len(endings) > 1 else ""
        return f"a program{hidden}"
    if last in _MACROS:
        return "a document with macros"
    return "a page that may run scripts" if last in _PAGES else ""
