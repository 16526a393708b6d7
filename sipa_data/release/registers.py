"""What a register holds now, to be taken away, changed and delivered again."""

from sipa_data.intake import Profile, register_of
from sipa_data.lake import LakeReader
from sipa_data.sql import statement

Rows = list[dict[str, object]]


def rows_of_register(reader: LakeReader, profile: Profile) -> Rows:
    """The rows of the table that the layout fills, and the ``marking`` of each; none where it is no register."""
    register = register_of(profile)
    if register is None:
        return []
    table, source = register
    rows: Rows = reader.read(statement("release", "register", table=table), {"source": source}).to_pylist()
    return rows
