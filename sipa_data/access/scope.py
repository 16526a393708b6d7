"""Who is asking: the role, the own districts, and what follows for detail and protection."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The closed list of roles."""

    chair = "vorsitz"
    office = "geschaeftsstelle"
    analyst = "analyse"
    district = "bezirk"
    reader = "lesen"


@dataclass(frozen=True)
class Scope:
    """What a reader may receive. Built once per session from the identity, never from a widget or a URL.

    ``full_detail`` : everything, everywhere.
    ``own_districts`` : official numbers with full detail although ``full_detail`` is False.
    """

    role: Role
    full_detail: bool
    own_districts: frozenset[str] = frozenset()

    @classmethod
    def chair(cls) -> "Scope":
        return cls(Role.chair, full_detail=True)

    @classmethod
    def public(cls) -> "Scope":
        return cls(Role.reader, full_detail=False)

    def sees_all_of(self, district: str | None) -> bool:
        """Whether counts of this district (None: the city, or cases without a district) need no protection."""
        return self.full_detail or (district is not None and district in self.own_districts)
