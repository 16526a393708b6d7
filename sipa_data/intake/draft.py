"""A mapping that is being made: proposed, corrected column by column, and in the end a layout. Pure throughout."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sipa_data.catalogue import Catalogue
from sipa_data.errors import ProfileError
from sipa_data.german import count_of, listing
from sipa_data.intake.choices import Choices, Proposed
from sipa_data.intake.column_words import KINDS
from sipa_data.intake.drafted import profile_of
from sipa_data.intake.found import Found
from sipa_data.intake.likeness import can_be_named
from sipa_data.intake.meanings import DISTRICT, ITEM, POINT, X, Y, words_of
from sipa_data.intake.open_settings import WAVE_SETTINGS, Setting, open_settings, standard
from sipa_data.intake.profile import Profile, Wave
from sipa_data.intake.proposing import proposed_columns, proposed_kind
from sipa_data.intake.reporting import period_in
from sipa_data.intake.waves import wave_of
from sipa_data.tables import TABLES


@dataclass(frozen=True)
class Draft(Choices):
    """What is proposed and what was corrected. Every correction gives a new draft."""

    def with_kind(self, kind: str) -> "Draft":
        """Take the file for something else; the columns are proposed anew, what was said beside the file stays."""
        return replace(self, kind=kind, columns=proposed_columns(self.found, self.catalogue, kind))

    def with_meaning(self, heading: str, meaning: str) -> "Draft":
        """Say what a column is. Whatever was taken for it before is not taken any more: each meaning has one column."""
        columns = tuple(
            replace(one, meaning=meaning, sure=1.0, why="von Hand", values={})
            if one.heading == heading
            else replace(one, meaning="", sure=0.0, why="")
            if meaning and one.meaning == meaning
            else one
            for one in self.columns
        )
        return replace(self, columns=columns)

    def with_value(self, heading: str, said: str, meant: str) -> "Draft":
        """Say what a word of a column means; „“ takes it back."""
        columns = tuple(
            replace(one, values={word: target for word, target in {**one.values, said: meant}.items() if target})
            if one.heading == heading
            else one
            for one in self.columns
        )
        return replace(self, columns=columns)

    def with_setting(self, setting: str, value: str) -> "Draft":
        """Say something that the file does not."""
        return replace(self, given={**self.given, setting: value.strip()})

    def seen_again(self, found: Found) -> "Draft":
        """The same file, read in another way: what was decided stays where the headings stay, else all is proposed."""
        if found.headings != self.found.headings:
            return propose(found, self.catalogue, taken=self.taken)
        columns = tuple(replace(one, column=column) for one, column in zip(self.columns, found.columns, strict=True))
        return replace(self, found=found, columns=columns)

    def meanings(self) -> dict[str, str]:
        """What a column can be taken for: id → German."""
        return {meaning: words.title for meaning, words in words_of(self.kind, self.catalogue).items()}

    def value_choices(self, heading: str) -> Mapping[str, str]:
        """What the words of a column can be taken for; empty where they need no map."""
        return self.value_targets(self.proposed(heading))

    def open_words_are_settled(self, one: Proposed) -> bool:
        """Whether a setting says what the unknown words of a column mean, so that none has to be mapped by itself."""
        return one.meaning == DISTRICT and self.setting("elsewhere") != "refuse"

    def settings(self) -> tuple[Setting, ...]:
        """What the file does not say itself, with what is proposed."""
        return open_settings(self)

    def setting(self, name: str) -> str:
        """The value of one of them; empty where it is open."""
        return next((one.value for one in self.settings() if one.id == name), "")

    def problems(self) -> tuple[str, ...]:
        """Everything that still stands between the draft and a layout, in German."""
        return (
            *self._missing_columns(),
            *self._headings_without_a_name(),
            *self._open_settings(),
            *self._unresolved_words(),
        )

    def profile(self) -> Profile:
        """The layout.

        Raises
        ------
        ProfileError : something is still open; the sentence says what
        """
        if problems := self.problems():
            raise ProfileError(problems[0])
        return profile_of(self, {one.id: one.value for one in self.settings()})

    def reading(self) -> dict[str, Any]:
        """What ``read_delivery`` has to be told beside the layout: the period or the wave of this one delivery.

        Raises
        ------
        RefusedDelivery : as ``wave``
        """
        told: dict[str, Any] = {}
        if period := period_in(self.setting("period")):
            told["period"] = period
        if self.kind == "survey":
            told["described"] = self.wave()
        return told

    def wave(self) -> Wave:
        """The wave that this file is.

        Raises
        ------
        RefusedDelivery : something of it is missing or contradicts something else; the sentence says what
        """
        said = {one.id: one.value for one in self.settings()}
        return wave_of((word, said[setting]) for setting, word in WAVE_SETTINGS.items())

    def _missing_columns(self) -> tuple[str, ...]:
        if self.kind == "survey":
            if any(one.meaning.startswith(ITEM) for one in self.columns):
                return ()
            return ("Noch keine Spalte ist einer Frage des Katalogs zugeordnet.",)
        settled = {one.meaning for one in self.columns} | {one.id for one in self.settings()}
        words = words_of(self.kind, self.catalogue)
        open_ones = [
            words[column.name].title
            for column in TABLES[self.kind].columns
            if not column.optional and column.name in words and column.name not in settled
        ]
        if (self.meant(X) is None) != (self.meant(Y) is None):
            open_ones.append("die zweite Koordinate")
        return (f"Noch keine Spalte ist zugeordnet für: {listing(open_ones)}.",) if open_ones else ()

    def _headings_without_a_name(self) -> tuple[str, ...]:
        return tuple(
            f"Die Überschrift „{one.heading[:40]}“ ist leer, zu lang oder kommt mehrfach vor. "
            "Bitte in der Datei umbenennen."
            for one in self.columns
            if one.meaning and not can_be_named(one.heading, self.found.headings)
        )

    def _open_settings(self) -> tuple[str, ...]:
        return tuple(f"Bitte angeben: {one.title}. {one.help}".strip() for one in self.settings() if not one.fine)

    def _unresolved_words(self) -> tuple[str, ...]:
        told = []
        for one in self.columns:
            if self.open_words_are_settled(one):
                continue
            if words := self.unresolved(one.heading):
                what = count_of(len(words), "Wert", "Werte")
                shown = listing([f"„{word}“" for word in words[:3]])
                be = "ist" if len(words) == 1 else "sind"
                told.append(f"In der Spalte „{one.heading}“ {be} {what} noch ohne Bedeutung, zum Beispiel {shown}.")
        return tuple(told)

    @property
    def needs_boundaries(self) -> bool:
        """Whether the file tells its places by points, so that the districts' boundaries have to be given."""
        return self.meant(POINT) is not None or self.meant(X) is not None


def propose(found: Found, catalogue: Catalogue, kind: str | None = None, *, taken: Collection[str] = ()) -> Draft:
    """Propose the meaning of every column of a file that no layout describes. ``taken`` : ids of the known layouts."""
    chosen = kind or proposed_kind(found, catalogue)
    if chosen not in KINDS:
        raise ProfileError(f"Die Art „{chosen}“ gibt es nicht. Möglich sind: {', '.join(KINDS)}.")
    ids = frozenset(taken) | frozenset(catalogue.city.released_alone)
    return Draft(found, catalogue, chosen, proposed_columns(found, catalogue, chosen), standard(found, ids), ids)
