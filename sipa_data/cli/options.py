"""What several commands ask for."""

import getpass
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import click

from sipa_data.errors import InvalidQuestion
from sipa_data.periods import Period
from sipa_data.settings import Settings, city_folder

Command = TypeVar("Command", bound=Callable[..., Any])
Pair = tuple[str, str]


def example(call: str) -> str:
    """The example below a command's help, on one line, so that it can be copied."""
    return f"\b\nBeispiel:\n  {call}"


class PeriodText(click.ParamType[Period]):
    """A period as a link writes it."""

    name = "zeitraum"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(str(value))
        except InvalidQuestion as error:
            self.fail(error.sentence, param, ctx)


class Said(click.ParamType[Pair]):
    """WHAT=VALUE; the first equals sign counts, so that a value may hold others."""

    name = "angabe"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Pair:
        what, found, said = str(value).partition("=")
        if not (what and found):
            self.fail("Gemeint ist LINKS=RECHTS, zum Beispiel marking=published.", param, ctx)
        return what, said


def city_option(command: Command) -> Command:
    """--city"""
    return click.option(
        "--city",
        metavar="STADT",
        help="Ordner mit den Dateien der Stadt, oder der Name eines Ordners unter data/. Sonst gilt SIPA_CITY,"
        " sonst stuttgart.",
    )(command)


def by_option(command: Command) -> Command:
    """--by"""
    return click.option(
        "--by",
        metavar="NAME",
        default=getpass.getuser,
        help="Wer das tut; steht im Verlauf. Sonst das angemeldete Konto.",
    )(command)


def settings_for(city: str | None) -> Settings:
    """The settings of the environment, for this city."""
    settings = Settings.from_environment()
    return replace(settings, city=city_folder(city)) if city else settings
