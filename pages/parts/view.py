"""What a page is given: who asks, where and when, and where its title goes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from streamlit.delta_generator import DeltaGenerator
from streamlit.navigation.page import Page

from sipa_data.answers import Answer, Question, Reader
from sipa_data.areas import CITY
from sipa_data.catalogue import Catalogue
from sipa_data.entrance import Visitor
from sipa_data.figures import Picture, SpineRow, Tile
from sipa_data.house import DrawnMemory
from sipa_data.periods import Period

Drawn = TypeVar("Drawn", Tile, Picture, SpineRow)
DISTRICT_ADDRESS = "bezirk"
PARTNERS_ADDRESS = "partner"
NOBODY = Visitor((), "unbekannt")
"""Stands in where nobody has come in; where people sign in, it gets no file."""


def field_address(field_id: str) -> str:
    """Address of a field of action below the server's."""
    return f"handlungsfeld-{field_id}"


def indicator_address(indicator: str) -> str:
    """Address of an indicator: the proof behind every number."""
    return f"kennzahl-{indicator}"


def partners_address(field_id: str | None) -> str:
    """Address of all partners, or of those of a field of action."""
    return PARTNERS_ADDRESS if field_id is None else f"{PARTNERS_ADDRESS}-{field_id}"


@dataclass(frozen=True)
class View:
    """The state of the filter bar, as one value.

    ``place`` : official number of a district, or CITY. ``period`` : None is the latest of each source.
    ``head`` : the line above the filter bar, where the page puts its title.
    ``pages`` : the registered pages by their address, to link to.
    ``memory`` : what was drawn already, for whomever.
    ``visitor`` : whose account the log names, and whose session must go on when a file is made.
    """

    reader: Reader
    place: str
    period: Period | None
    dark: bool
    head: DeltaGenerator
    pages: dict[str, Page] = field(default_factory=dict)
    memory: DrawnMemory = field(default_factory=DrawnMemory, repr=False)
    visitor: Visitor = NOBODY

    @property
    def catalogue(self) -> Catalogue:
        return self.reader.catalogue

    @property
    def is_citywide(self) -> bool:
        return self.place == CITY

    @property
    def place_name(self) -> str:
        return self.catalogue.city.name if self.is_citywide else self.catalogue.districts[self.place].name

    def title(self, title: str, lead: str = "") -> None:
        """The one main heading of the page, and a line that says what the page answers."""
        self.head.title(title, anchor=False)
        if lead:
            self.head.markdown(lead)

    def page_of_field(self, field_id: str) -> Page:
        return self.pages[field_address(field_id)]

    def page_of_partners(self, field_id: str | None = None) -> Page:
        return self.pages[partners_address(field_id)]

    def page_of_indicator(self, indicator: str) -> Page:
        return self.pages[indicator_address(indicator)]

    def question(self, indicator: str) -> Question:
        """The question that the filter bar asks about an indicator."""
        return Question(indicator, districts=() if self.is_citywide else (self.place,), period=self.period)

    def ask(self, indicator: str) -> Answer:
        return self.reader.ask(self.question(indicator))

    def ask_over_time(self, indicator: str) -> Answer:
        return self.reader.ask(self.question(indicator).over_time())

    def ask_everywhere(self, indicator: str) -> Answer:
        """Every district beside the others, each against the rest of the city."""
        return self.reader.ask(self.question(indicator).everywhere().against("rest"))

    def drawn(self, draw: Callable[..., Drawn], *answers: Answer) -> Drawn:
        """What ``draw`` makes of answers in the theme of this reader; what was drawn before is not drawn again.

        A screen may tell an answer otherwise than it was given (``Family``), so its verdicts are part of the key.
        """
        snapshot = self.reader.mart.snapshot.id
        told = tuple((answer.question, answer.verdicts) for answer in answers)
        key = snapshot, (self.reader.scope, told, draw.__name__, self.dark)
        return self.memory.recall(key, lambda: draw(*answers, dark=self.dark))  # type: ignore[return-value]
