"""Full text over tickets, messages, people and articles, kept in step inside the transaction that changes them.

SQLite: FTS5 with external content; the old text must be forgotten before a row changes and the new one learnt after.
PostgreSQL matches without an index for now, through the same three functions.
"""

from collections.abc import Callable, Sequence
from typing import Any

COLUMNS: dict[str, tuple[str, ...]] = {
    "ticket": ("subject",),
    "message": ("body",),
    "customer": ("name", "email", "phone"),
    "organization": ("name",),
    "kb_article": ("title", "body"),
}
"""What is searched, by table."""
Execute = Callable[[str], Any]
MAX_WORDS = 32


def create_statements(*entities: str) -> list[str]:
    """The FTS5 tables for a SQLite store, those of every table unless some are named."""
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {entity}_text USING fts5({', '.join(columns)}, content='{entity}', "
        "content_rowid='id', tokenize='unicode61 remove_diacritics 2')"
        for entity, columns in COLUMNS.items()
        if not entities or entity in entities
    ]


def forget(execute: Execute, entity: str, ids: Sequence[int]) -> None:
    """Take rows out of the index; call it while the table still holds their old text."""
    if entity in COLUMNS and ids:
        columns = ", ".join(COLUMNS[entity])
        execute(
            f"INSERT INTO {entity}_text({entity}_text, rowid, {columns}) "
            f"SELECT 'delete', id, {columns} FROM {entity} WHERE id IN ({_listed(ids)})"
        )


def learn(execute: Execute, entity: str, ids: Sequence[int]) -> None:
    """Put rows into the index; call it once the table holds their new text."""
    if entity in COLUMNS and ids:
        columns = ", ".join(COLUMNS[entity])
        execute(
            f"INSERT INTO {entity}_text(rowid, {columns}) "
            f"SELECT id, {columns} FROM {entity} WHERE id IN ({_listed(ids)})"
        )


def learn_after(execute: Execute, entity: str, last_id: int) -> None:
    """Put every row newer than `last_id` into the index: the end of a bulk load."""
    columns = ", ".join(COLUMNS[entity])
    execute(
        f"INSERT INTO {entity}_text(rowid, {columns}) "
        f"SELECT id, {columns} FROM {entity} WHERE id > {int(last_id)}"
    )


def condition(entity: str, param: str, *, is_sqlite: bool) -> str:
    """SQL that is true for rows of `entity` that match the term bound to `param`."""
    if is_sqlite:
        return f"{entity}.id IN (SELECT rowid FROM {entity}_text WHERE {entity}_text MATCH :{param})"
    return f"{_vector(entity)} @@ to_tsquery('simple', :{param})"


def term(text: str, *, is_sqlite: bool) -> str:
    """A search term in which every word is quoted, joined by AND; a trailing `*` asks for a prefix.

    Quoting each word is the only form that never raises: FTS5's own syntax refuses most of what people type.
    """
    words = [word for word in text.replace("\0", " ").split() if any(c.isalnum() for c in word)][:MAX_WORDS]
    if is_sqlite:
        return " ".join(_sqlite_word(word) for word in words) or '""'
    return " & ".join(_postgres_word(word) for word in words)


def phrase(text: str, *, is_sqlite: bool) -> str:
    """A search term for the words of `text` side by side and in this order."""
    flat = " ".join(text.replace("\0", " ").split())
    return _sqlite_word(flat) if is_sqlite else _postgres_word(flat)


def all_of(terms: Sequence[str], *, is_sqlite: bool) -> str:
    """One search term that asks for all of several."""
    return (" " if is_sqlite else " & ").join(terms)


def newest(entity: str, param: str, limit: str, *, is_sqlite: bool) -> str:
    """SQL for the ids of the newest `:limit` rows of `entity` that match: the index is read from its end."""
    if is_sqlite:
        return f"SELECT rowid FROM {entity}_text WHERE {entity}_text MATCH :{param} ORDER BY rowid DESC LIMIT :{limit}"
    matching = condition(entity, param, is_sqlite=False)
    return f"SELECT {entity}.id FROM {entity} WHERE {matching} ORDER BY {entity}.id DESC LIMIT :{limit}"


RECENT = 2_000
"""Rows of PostgreSQL in which words are counted: without an index, all of them would take too long."""


def holders(entity: str) -> str:
    """SQL of PostgreSQL for `(word, id)` of the newest rows that hold any of `:words`, newest first."""
    text = " || ' ' || ".join(f"coalesce({column}, '')" for column in COLUMNS[entity])
    return (
        "SELECT word.lexeme, newest.id "
        f"FROM (SELECT id, {text} AS said FROM {entity} ORDER BY id DESC LIMIT {RECENT}) AS newest, "
        "unnest(to_tsvector('simple', regexp_replace(newest.said, '(\\W|_)+', ' ', 'g'))) AS word WHERE word.lexeme = ANY(:words) ORDER BY newest.id DESC"
    )


def ranked(entity: str, param: str, window: str, *, is_sqlite: bool) -> str:
    """SQL for id and score, higher is better, of the newest `:window` rows of `entity` that match, the best first.

    What the first column says weighs most.
    """
    some = f"SELECT * FROM ({newest(entity, param, window, is_sqlite=is_sqlite)}) AS newest"
    first, *rest = COLUMNS[entity]
    if is_sqlite:
        weights = ", ".join(["8.0", *("1.0" for _ in rest)])
        return (
            f"SELECT rowid, -bm25({entity}_text, {weights}) AS score FROM {entity}_text "
            f"WHERE {entity}_text MATCH :{param} "
            f"AND rowid >= (SELECT min(rowid) FROM ({some}) AS known) ORDER BY score DESC, rowid DESC"
        )
    weighed = f"setweight({_vector(entity, first)}, 'A')" + (f" || {_vector(entity, *rest)}" if rest else "")
    rank = f"ts_rank({weighed}, to_tsquery('simple', :{param}), 1)"  # 1: long texts weigh less
    return (
        f"SELECT {entity}.id, {rank} AS score FROM {entity} WHERE {entity}.id IN ({some}) "
        f"ORDER BY score DESC, {entity}.id DESC"
    )


def _vector(entity: str, *columns: str) -> str:
    """What PostgreSQL searches: of some columns, or of all."""
    text = " || ' ' || ".join(f"coalesce({entity}.{column}, '')" for column in columns or COLUMNS[entity])
    return f"to_tsvector('simple', {text})"


def _sqlite_word(word: str) -> str:
    bare = word.removesuffix("*")
    return '"' + bare.replace('"', '""') + '"' + ("*" if bare != word else "")


def _postgres_word(word: str) -> str:
    bare = word.removesuffix("*")
    quoted = "'" + bare.replace("\\", "\\\\").replace("'", "''") + "'"
    return quoted + (":*" if bare != word else "")


def _listed(ids: Sequence[int]) -> str:
    return ",".join(str(int(one)) for one in ids)
