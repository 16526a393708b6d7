"""Whether the lake is whole: files, and rows that belong to an upload that shows."""

from sipa_data.german import count_of, number
from sipa_data.lake import Lake
from sipa_data.lake.maintenance import data_files
from sipa_data.lake.purge import is_unfinished
from sipa_data.release.upload import uploads_in
from sipa_data.sql import statement
from sipa_data.tables import TABLES


def inconsistencies(lake: Lake) -> tuple[str, ...]:
    """German sentences, one per thing that is wrong. Empty: nothing is."""
    found = []
    gone = [file.path for file in data_files(lake) if not file.is_whole_in(lake.address.files)]
    if gone:
        found.append(
            f"{count_of(len(gone), 'Datei fehlt oder ist', 'Dateien fehlen oder sind')} unvollständig, zuerst"
            f" {lake.address.files / gone[0]}. Stellen Sie eine Sicherung wieder her."
        )
    if is_unfinished(lake):
        found.append("Eine endgültige Löschung ist noch nicht abgeschlossen; das nächste Öffnen führt sie zu Ende.")
    if gone:
        return tuple(found)
    with lake.reader() as reader:
        showing = {upload.upload_id for upload in uploads_in(reader) if upload.status == "published"}
        for table in TABLES.keys() & set(lake.tables_ever_filled()):
            rows = reader.read(statement("release", "rows_by_upload", table=table)).to_pylist()
            found += [
                f"In der Tabelle {table} stehen {number(row['row_count'])} Zeilen der Lieferung {row['upload_id']},"
                " die laut Verlauf nicht (mehr) gezeigt wird."
                for row in rows
                if row["upload_id"] not in showing
            ]
    return tuple(found)
