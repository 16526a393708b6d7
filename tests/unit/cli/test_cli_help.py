import re
import shlex
from pathlib import Path

import click
import pytest
from babel.messages.pofile import read_po

from sipa_data.cli import main
from sipa_data.cli.main import commands
from sipa_data.cli.translation import COMPILED, SOURCE, compile_translation

COMMANDS = [commands, *commands.commands.values()]
ENGLISH = re.compile(
    r"\b(usage|options|arguments|commands|show this|default|required|missing|error|file)\b", re.IGNORECASE
)


def by_name(command):
    return command.name


def help_of(command, capsys):
    arguments = [] if command is commands else [command.name]
    assert main([*arguments, "--help"]) == 0
    return capsys.readouterr().out


def test_every_command_that_was_promised_is_there():
    assert set(commands.commands) >= {
        "import", "profiles", "snapshots", "history", "withdraw", "purge", "backup", "restore", "check", "show",
    }  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=by_name)
def test_every_command_has_german_help_with_an_example(command, capsys):
    printed = help_of(command, capsys)
    assert printed.startswith("Aufruf: python -m sipa_data")
    assert "Beispiel:" in printed
    assert not ENGLISH.findall(printed)


@pytest.mark.parametrize("command", commands.commands.values(), ids=by_name)
def test_every_example_can_be_called_as_it_stands(command, capsys):
    example = help_of(command, capsys).split("Beispiel:\n")[1].strip()
    words = [word for word in shlex.split(example) if not word.startswith("SIPA_")]
    assert words[:4] == ["python", "-m", "sipa_data", command.name]
    command.make_context(command.name, words[4:])  # raises when something in the call does not exist


@pytest.mark.parametrize("command", COMMANDS, ids=by_name)
def test_every_option_and_every_argument_has_help(command):
    for parameter in command.params:
        assert parameter.help, f"{command.name}: {parameter.name}"


@pytest.mark.parametrize("command", commands.commands.values(), ids=by_name)
def test_every_command_says_in_one_line_what_it_is_for(command):
    assert command.short_help
    assert command.short_help.endswith((".", ")."))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (["improt"], "Den Befehl „improt“ gibt es nicht. Meinten Sie 'import'?"),
        (["template", "eigene-ziele"], "Es fehlt die Angabe '--to'"),
        (["import", "-p", "x"], "Es fehlt 'DATEI...'"),
        (["import", "a.csv", "-p", "x", "--marking", "geheim"], "„geheim“ ist keiner der möglichen Werte"),
        (["import", "a.csv", "-p", "x", "--companion", "adressen.csv"], "Gemeint ist NAME=DATEI"),
        (["import", "a.csv", "-p", "x", "--period", "neulich"], "„neulich“ ist kein Zeitraum"),
        (["show", "a", "--snapshot", "x"], "„x“ ist keine Zahl"),
        (["withdraw", "a", "b"], "Unerwartet ist: b"),
        (["history", "--foo"], "Die Angabe --foo gibt es nicht"),
        (["withdraw", "a", "--by"], "Die Angabe --by braucht einen Wert"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_ends_with_2_and_a_german_sentence(call, sentence, capsys):
    assert main(call) == 2
    printed = capsys.readouterr().err
    assert sentence in printed
    assert "Traceback" not in printed


def test_a_call_without_a_command_shows_the_help_and_ends_with_2(capsys):
    assert main([]) == 2
    assert "Befehle:" in capsys.readouterr().err


def test_the_compiled_translation_is_that_of_the_source(tmp_path):
    compile_translation(tmp_path / "fresh.mo")
    assert COMPILED.read_bytes() == (tmp_path / "fresh.mo").read_bytes()


def test_every_sentence_of_the_translation_is_one_that_click_says():
    """A sentence that Click has reworded would silently come out in English."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in click_files())
    with SOURCE.open("rb") as file:
        for message in read_po(file, locale="de"):
            for text in message.id if isinstance(message.id, tuple) else (message.id,):
                assert repr(text)[1:-1] in source, text


def click_files():
    return Path(click.__file__).parent.glob("*.py")
