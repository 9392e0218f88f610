"""A registry: members by their Keras name, and an error that lists the names there are."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named members of one kind, in the order in which they were added."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._members: dict[str, T] = {}
        self._aliases: dict[str, str] = {}

    def add(self, name: str, member: T, *aliases: str) -> T:
        """Adds a member, with other names it is known by. Raises ValueError if one is taken."""
        for new in (name, *aliases):
            if new in self:
                raise ValueError(f"{self.kind} {new!r} is registered already; choose another name.")
        self._members[name] = member
        self._aliases |= dict.fromkeys(aliases, name)
        return member

    def get(self, name: str) -> T:
        """The member of that name. Raises ValueError that names the members there are."""
        member = self._members.get(self._aliases.get(name, name))
        if member is None:
            raise ValueError(f"Unknown {self.kind} {name!r}; expected one of: {', '.join(self)}.")
        return member

    def names(self) -> list[str]:
        """One name a member, in the order of registration."""
        return list(self._members)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members or name in self._aliases
