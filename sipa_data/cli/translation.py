"""Click speaks German, whatever the language of the shell. Run as a script, it compiles the translations."""

import gettext
import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DOMAIN = "messages"
FOLDER = Path(__file__).parent / "locale"
SOURCE = FOLDER / "de" / "LC_MESSAGES" / f"{DOMAIN}.po"
COMPILED = SOURCE.with_suffix(".mo")


def speak_german() -> None:
    """Bind Click's messages to our translation. Only the command line calls this, for its own process."""
    os.environ["LANGUAGE"] = "de"
    gettext.bindtextdomain(DOMAIN, str(FOLDER))
    gettext.textdomain(DOMAIN)


def compile_translation(target: Path = COMPILED) -> None:
    """Write the binary form that Python reads."""
    with SOURCE.open("rb") as source, target.open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="de"))


if __name__ == "__main__":
    compile_translation()
