"""A registry: members by their Keras name, and an error that lists the names there are."""

from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Named members of one kind, in the order in which they were added."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._members: dict[str, T] = {}

    def add(self, name: str, member: T) -> T:
        """Adds a member. Raises ValueError if the name is taken."""
        if name in self._members:
            raise ValueError(f"{self.kind} {name!r} is registered already; choose another name.")
        self._members[name] = member
        return member

    def get(self, name: str) -> T:
        """The member of that name. Raises ValueError that names the members there are."""
        member = self._members.get(name)
        if member is None:
            raise ValueError(f"Unknown {self.kind} {name!r}; expected one of: {', '.join(self)}.")
        return member

    def names(self) -> list[str]:
        """All names, in the order of registration."""
        return list(self._members)

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __contains__(self, name: object) -> bool:
        return name in self._members
