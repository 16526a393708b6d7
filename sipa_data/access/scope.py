"""Who is asking: the role, the own districts, and what follows for detail and protection."""

from dataclasses import dataclass
from enum import StrEnum

from sipa_data.errors import NotAllowed


class Role(StrEnum):
    """The closed list of roles."""

    chair = "vorsitz"
    office = "geschaeftsstelle"
    analyst = "analyse"
    district = "bezirk"
    reader = "lesen"


MOST_OWN_DISTRICTS = 2
"""Hidden counts are proven against whoever knows the true counts of two districts; see docs/methods.md, section 4."""


class Right(StrEnum):
    """What somebody may do beside looking. Whatever is not named here nobody may do on the pages."""

    upload = "hochladen"
    release = "freigeben"
    withdraw = "zurückziehen"
    purge = "endgültig löschen"
    decide = "Ziele und Beschlüsse festhalten"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.chair: frozenset(),
    Role.office: frozenset(Right),
    Role.analyst: frozenset({Right.upload}),
    Role.district: frozenset(),
    Role.reader: frozenset(),
}


@dataclass(frozen=True)
class Scope:
    """What a reader may receive. Built once per session from the identity, never from a widget or a URL.

    ``full_detail`` : everything, everywhere.
    ``own_districts`` : official numbers with full detail although ``full_detail`` is False. Whoever holds several
        districts has them all here at once: what is hidden must hold against everything that this person knows.
    """

    role: Role
    full_detail: bool
    own_districts: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Refuse more districts in one hand than the protection of the others holds against."""
        if not self.full_detail and len(self.own_districts) > MOST_OWN_DISTRICTS:
            raise ValueError(f"{len(self.own_districts)} districts in one hand: at most {MOST_OWN_DISTRICTS}")

    @classmethod
    def of(cls, role: Role, own_districts: frozenset[str] = frozenset()) -> "Scope":
        """The scope of a role; own districts count for ``bezirk`` only."""
        if role is Role.district:
            return cls(role, full_detail=False, own_districts=own_districts)
        return cls(role, full_detail=role is not Role.reader)

    @classmethod
    def chair(cls) -> "Scope":
        return cls.of(Role.chair)

    @classmethod
    def public(cls) -> "Scope":
        return cls.of(Role.reader)

    def sees_all_of(self, district: str | None) -> bool:
        """Whether counts of this district (None: the city, or cases without a district) need no protection."""
        return self.full_detail or (district is not None and district in self.own_districts)

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def require(self, right: Right) -> None:
        """Asked where something is done, not where a button is drawn.

        Raises
        ------
        NotAllowed : the role does not cover it
        """
        if not self.may(right):
            raise NotAllowed(f"Die Rolle „{self.role.value}“ darf nicht {right.value}.")
