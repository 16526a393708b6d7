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


MOST_OWN_DISTRICTS = 2
"""Hidden counts are proven against whoever knows the true counts of two districts; see docs/methods.md, section 4."""


@dataclass(frozen=True)
class Scope:
    """What a reader may receive. Built once per session from the identity, never from a widget or a URL.

    ``full_detail`` : everything, everywhere.
    ``own_districts`` : official numbers with full detail although ``full_detail`` is False.
    """

    role: Role
    full_detail: bool
    own_districts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse more districts in one hand than the protection of the others holds against."""
        if not self.full_detail and len(self.own_districts) > MOST_OWN_DISTRICTS:
            raise ValueError(f"{len(self.own_districts)} districts in one hand: at most {MOST_OWN_DISTRICTS}")

    @classmethod
    def chair(cls) -> "Scope":
        return cls(Role.chair, full_detail=True)

    @classmethod
    def public(cls) -> "Scope":
        return cls(Role.reader, full_detail=False)

    def sees_all_of(self, district: str | None) -> bool:
        """Whether counts of this district (None: the city, or cases without a district) need no protection."""
        return self.full_detail or (district is not None and district in self.own_districts)
