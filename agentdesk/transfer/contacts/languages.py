"""Languages of a file of contacts that are none: they are kept as they are, and told."""

from agentdesk.domain.languages import is_language
from agentdesk.domain.quoting import quoted


class Languages:
    """What was met in the column of languages."""

    def __init__(self) -> None:
        """Nothing yet."""
        self._known: dict[str, bool] = {}
        self._odd, self._first = 0, ""

    def look_at(self, language: str, line: int) -> None:
        """Count a row."""
        is_known = self._known.get(language)
        if is_known is None:
            is_known = self._known[language] = is_language(language)
        if not is_known:
            self._odd += 1
            self._first = self._first or f"{quoted(language)} in line {line}"

    def notes(self) -> list[str]:
        """One sentence about those that are no language; none where all are."""
        if not self._odd:
            return []
        have = "1 row has" if self._odd == 1 else f"{self._odd:,} rows have"
        what = "no code such as en or pt-BR, and no name of one"
        first = self._first if self._odd == 1 else f"the first is {self._first}"
        return [f"{have} a language that is {what} ({first}): kept as it is."]
