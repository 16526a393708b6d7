"""One way to SQL: statements live in ``.sql`` files, values are bound, identifiers are quoted here."""

import re
from functools import cache
from importlib.resources import files


def quoted(identifier: str) -> str:
    """An SQL identifier. Only for names that come from our own closed lists, never from a visitor."""
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL text literal, for the few statements (LOAD, ATTACH) that cannot bind a value."""
    return "'" + text.replace("'", "''") + "'"


@cache
def statement(room: str, name: str, **identifiers: str) -> str:
    """The text of ``sipa_data/<room>/<name>.sql``.

    Parameters
    ----------
    room : the package the file lies in, e.g. ``lake`` or ``marts.sql``
    name : the file's name without its ending
    identifiers : each replaces ``{its name}`` in the text, quoted; several names may be joined by ``, ``
    """
    text = files(f"sipa_data.{room}").joinpath(f"{name}.sql").read_text(encoding="utf-8")
    wanted = set(re.findall(r"\{(\w+)\}", text))
    if wanted != set(identifiers):
        raise ValueError(f"{name}.sql names {sorted(wanted)}, but was given {sorted(identifiers)}")
    return re.sub(r"\{(\w+)\}", lambda found: quoted(identifiers[found[1]]), text)
