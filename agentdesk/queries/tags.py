"""The tags in use."""

from agentdesk.store.reader import Reader


def tag_names(read: Reader, entity: str = "ticket") -> list[str]:
    """Every tag in use on `entity`, the most used first."""
    sql = (
        "SELECT name, count(*) AS uses FROM tag WHERE entity = :entity GROUP BY name ORDER BY uses DESC, name"
    )
    return [str(name) for name, _ in read.tuples(sql, {"entity": entity})]
