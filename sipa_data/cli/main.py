"""The group of commands and how they end."""

import sys
from collections.abc import Sequence

import click

from sipa_data.cli.auditing import audit_command
from sipa_data.cli.bounding import import_boundaries_command
from sipa_data.cli.changing import purge_command, withdraw_command
from sipa_data.cli.describing import code_book_command, map_command, recognise_command, template_command
from sipa_data.cli.example_city import demo_command
from sipa_data.cli.exits import Exit, tell, tell_unexpected
from sipa_data.cli.importing import import_command
from sipa_data.cli.keeping import backup_command, check_command, restore_command
from sipa_data.cli.looking import history_command, profiles_command, snapshots_command
from sipa_data.cli.options import example
from sipa_data.cli.releasing import refuse_command, release_command, waiting_command
from sipa_data.cli.showing import show_command
from sipa_data.cli.translation import speak_german
from sipa_data.errors import SipaError

PROGRAM = "python -m sipa_data"
VERBOSE = "--verbose"


class InOrder(click.Group):
    """Lists its commands in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- Click's signature
        return list(self.commands)


@click.group(
    name=PROGRAM,
    cls=InOrder,
    options_metavar="[ANGABEN]",
    subcommand_metavar="BEFEHL",
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 110},
    epilog=example("python -m sipa_data import --help") + "\n\nEinstellungen: SIPA_CITY (Stadt), SIPA_LAKE (Katalog:"
    " SQLite-Datei oder postgres:…), SIPA_LAKE_FILES (Ordner der Dateien), SIPA_RECORDS (Ordner des Protokolls)."
    " Alles Weitere steht in docs/operations.md.",
)
@click.option(VERBOSE, is_flag=True, help="Bei einem Fehler auch zeigen, wo im Programm er entstand.")
def commands(verbose: bool) -> None:  # noqa: FBT001 -- read in main, where errors arrive
    """Lagebild der Sicherheitspartnerschaft: Daten aufnehmen, zurückziehen, sichern und abfragen."""


for command in (
    import_command,
    import_boundaries_command,
    recognise_command,
    map_command,
    template_command,
    waiting_command,
    release_command,
    refuse_command,
    profiles_command,
    show_command,
    code_book_command,
    snapshots_command,
    history_command,
    withdraw_command,
    purge_command,
    backup_command,
    restore_command,
    check_command,
    audit_command,
    demo_command,
):
    command.options_metavar = "[ANGABEN]"
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Prints no traceback unless asked to."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    verbose = VERBOSE in given
    speak_german()
    try:
        code = commands.main(given, prog_name=PROGRAM, standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return Exit.wrong_call
    except (click.Abort, KeyboardInterrupt):
        click.echo("Abgebrochen. Es wurde nichts verändert.", err=True)
        return Exit.interrupted
    except SipaError as error:
        return tell(error, verbose=verbose)
    except Exception as error:  # noqa: BLE001 -- the last door: whatever it was, the user gets a number, the log the rest
        return tell_unexpected(error, verbose=verbose)
    return int(code or Exit.ok)
