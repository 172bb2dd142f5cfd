"""Who acts: an agent with a role, or the desk itself; and what each role may do."""

from dataclasses import dataclass
from enum import StrEnum

from agentdesk.domain.errors import NotPermittedError
from agentdesk.domain.vocabulary import Role


class Permission(StrEnum):
    """What an operation needs; the value reads after "may not"."""

    WORK = "work on tickets and customers"
    IMPORT = "import data"
    EXPORT = "export data"
    MOVE = "move a whole desk"
    PLAN = "plan shifts and days off"
    CONFIGURE = "change the desk's set-up"
    TAKE_BACK = "take back what somebody else did"
    TELL_TIME = "write as of another instant"
    FORETELL = "write as of an instant to come"


_GRANTS: dict[Role, frozenset[Permission]] = {
    Role.READ_ONLY: frozenset(),
    Role.AGENT: frozenset({Permission.WORK}),
    Role.LEAD: frozenset(
        {
            Permission.WORK,
            Permission.IMPORT,
            Permission.EXPORT,
            Permission.PLAN,
            Permission.TAKE_BACK,
            Permission.TELL_TIME,
        }
    ),
    Role.ADMIN: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who is answerable for a change."""

    id: int | None
    """The agent's id; None is the desk itself."""
    handle: str
    """The short name shown and typed: `ana`."""
    name: str
    """The full name customers read."""
    role: Role

    def require(self, permission: Permission) -> None:
        """Refuse unless the role grants it.

        Raises:
            NotPermittedError: it does not.
        """
        if permission not in _GRANTS[self.role]:
            raise NotPermittedError(self.handle, permission.value)


DESK = Actor(id=None, handle="desk", name="AgentDesk", role=Role.ADMIN)
"""The desk itself: rules, ticks, migrations."""
