"""Publish a delivery, or see what publishing it would change. Both are the same transaction."""

import json
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

import duckdb

from sipa_data.errors import AlreadyPublished, DeliveryGone, LakeError, RefusedDelivery
from sipa_data.german import day, listing
from sipa_data.intake.delivery import Delivery
from sipa_data.lake import Lake, LakeTransaction
from sipa_data.release.places import count_rows, delete_rows_of, rows_cut_by, rows_of
from sipa_data.release.slices import any_overlap, any_table_shared, described
from sipa_data.release.upload import Upload, find, slices_to_json, status_now, still_filled, uploads_in
from sipa_data.sql import statement
from sipa_data.tables import TABLES

T = TypeVar("T")


@dataclass(frozen=True)
class Signed:
    """Who stands for an upload. ``at`` : when it came in; None: as it is published."""

    upload_id: str
    by: str
    at: datetime | None = None
    approved_by: str | None = None
    note: str | None = None


def new_id() -> str:
    """The number of an upload."""
    return f"{datetime.now(UTC):%Y-%m-%d}-{secrets.token_hex(4)}"


def publish(
    lake: Lake,
    delivery: Delivery,
    *,
    by: str,
    approved_by: str | None = None,
    replace: bool = False,
    note: str | None = None,
    upload_id: str | None = None,
    uploaded_at: datetime | None = None,
) -> Upload:
    """Make a delivery public: one transaction, one new snapshot, or nothing at all.

    Parameters
    ----------
    by : account that publishes
    approved_by : second account, where the city asks for one
    replace : whether rows that already fill the same place may go
    note : for the history
    upload_id, uploaded_at : of a delivery that waited for its release; else both are made now

    Raises
    ------
    AlreadyPublished : the same file is public already, or it overlaps another upload and ``replace`` is not set
    RefusedDelivery : intake found errors, or the delivery does not fit the tables
    DeliveryGone : its staged files were removed
    LakeError : the lake could not be written; it is as it was
    """
    own_id = upload_id or new_id()

    def work(transaction: LakeTransaction) -> Upload:
        signed = Signed(own_id, by, uploaded_at, approved_by, note)
        _write(transaction, delivery, signed, may_replace=replace)
        return find(uploads_in(transaction), own_id)

    return lake.transaction(work, author=by, message=f"{own_id} veröffentlicht ({delivery.report.profile})")


def rehearse(lake: Lake, delivery: Delivery, look: Callable[[LakeTransaction], T], *, replace: bool = False) -> T:
    """Publish, look at the result, and take everything back. Raises what ``publish`` would raise."""

    def work(transaction: LakeTransaction) -> T:
        _write(transaction, delivery, Signed(new_id(), "Probe"), may_replace=replace)
        return look(transaction)

    return lake.rehearsal(work)


def update_statuses(transaction: LakeTransaction, uploads: tuple[Upload, ...]) -> None:
    """Say of each upload whether anything of it still shows."""
    for upload in uploads:
        status = status_now(upload, uploads)
        if status != upload.status:
            transaction.execute(statement("release", "set_status"), [status, upload.upload_id])


def _write(transaction: LakeTransaction, delivery: Delivery, signed: Signed, *, may_replace: bool) -> None:
    _check_delivery(delivery)
    before = uploads_in(transaction)
    _check_file_is_new(delivery, before)
    _make_room(transaction, delivery, before, may_replace=may_replace)
    _insert(transaction, delivery, signed.upload_id)
    report, now = asdict(delivery.report), datetime.now(UTC)
    transaction.execute(
        statement("release", "insert_upload"),
        {
            **{name: report[name] for name in ("profile", "file_name", "sha256", "marking")},
            **{name: report[name] for name in ("rows_in", "rows_taken", "rows_refused", "rows_skipped")},
            "upload_id": signed.upload_id,
            "slices": slices_to_json(delivery.slices),
            "snapshot_before": transaction.before,
            "uploaded_by": signed.by,
            "uploaded_at": (signed.at or now).astimezone(UTC).replace(tzinfo=None),
            "approved_by": signed.approved_by,
            "approved_at": now.replace(tzinfo=None) if signed.approved_by else None,
            "note": signed.note,
            "report": json.dumps(report, default=date.isoformat, ensure_ascii=False),
        },
    )
    update_statuses(transaction, uploads_in(transaction))


def expect_staged(delivery: Delivery) -> None:
    """Before a checked delivery is used: its files are still where they were staged.

    Raises
    ------
    DeliveryGone : one of them is not
    """
    if not delivery.is_there:
        raise DeliveryGone(
            f"Die geprüften Tabellen von „{delivery.report.file_name}“ sind nicht mehr da; nach langer Zeit werden sie"
            " entfernt. Bitte die Datei noch einmal prüfen."
        )


def _check_delivery(delivery: Delivery) -> None:
    expect_staged(delivery)
    if delivery.report.errors:
        raise RefusedDelivery(
            f"„{delivery.report.file_name}“ enthält Fehler: {delivery.report.errors[0].sentence}"
            " Berichtigen Sie die Datei und liefern Sie sie noch einmal."
        )
    unknown = sorted(set(delivery.tables) - set(TABLES))
    unplaced = sorted(set(delivery.tables) - {place.table for place in delivery.slices})
    if unknown or unplaced or not delivery.tables:
        raise RefusedDelivery(
            f"Die Lieferung „{delivery.report.file_name}“ sagt nicht für jede Tabelle, welchen Ausschnitt sie füllt"
            f" ({listing(unknown or unplaced) or 'keine Tabelle'}). Prüfen Sie das Dateiprofil."
        )


def _check_file_is_new(delivery: Delivery, uploads: tuple[Upload, ...]) -> None:
    """One file may fill different tables through two profiles; the same table only once, and none after a purge."""
    for upload in uploads:
        if upload.sha256 != delivery.report.sha256:
            continue
        when = f"{day(upload.published_at)} von {upload.uploaded_by}"
        if upload.status == "purged":
            raise AlreadyPublished(
                f"Diese Datei wurde am {when} veröffentlicht und später endgültig gelöscht ({upload.upload_id})."
                " Gelöschte Dateien werden nicht noch einmal angenommen."
            )
        if upload.status != "withdrawn" and any_table_shared(upload.slices, delivery.slices):
            raise AlreadyPublished(
                f"Genau diese Datei wurde am {when} veröffentlicht ({upload.upload_id})."
                + (
                    " Eine spätere Lieferung hat sie ersetzt; ziehen Sie jene zurück, um diese wieder zu zeigen."
                    if upload.status == "replaced"
                    else " Es ist nichts zu tun."
                )
            )


def _make_room(
    transaction: LakeTransaction, delivery: Delivery, uploads: tuple[Upload, ...], *, may_replace: bool
) -> None:
    in_the_way = [
        upload
        for upload in uploads
        if upload.status == "published" and any_overlap(still_filled(upload, uploads), delivery.slices)
    ]
    if not in_the_way:
        return
    names = listing([upload.described for upload in in_the_way])
    if not may_replace:
        raise AlreadyPublished(
            f"Für denselben Ausschnitt ({described(delivery.slices[0])}) gibt es schon {names}."
            " Soll die neue Lieferung sie ersetzen, bestätigen Sie das (auf der Kommandozeile: --replace)."
        )
    for place in delivery.slices:
        cut = rows_cut_by(place)
        if cut and count_rows(transaction, place.table, *cut):
            raise AlreadyPublished(
                f"{names} enthält Zeiträume, die über den neuen Ausschnitt ({described(place)}) hinausgehen und"
                " sich nicht teilen lassen. Liefern Sie den ganzen Zeitraum, oder ziehen Sie die alte Lieferung zurück."
            )
        delete_rows_of(transaction, place)


def _insert(transaction: LakeTransaction, delivery: Delivery, upload_id: str) -> None:
    for table, path in delivery.tables.items():
        try:
            transaction.execute(statement("release", "insert_rows", table=table), [upload_id, str(path)])
        except LakeError as error:
            expect_staged(delivery)  # somebody may have removed it only now
            if isinstance(
                error.__cause__, duckdb.ConstraintException | duckdb.BinderException | duckdb.ConversionException
            ):
                raise RefusedDelivery(
                    f"Die Lieferung passt nicht zur Tabelle „{table}“: eine Spalte fehlt, ist zu viel oder lässt einen"
                    " Pflichtwert leer. Prüfen Sie das Dateiprofil."
                ) from error
            raise
        inside, values = [], []
        for place in delivery.slices:
            if place.table == table:
                condition, bound = rows_of(place)
                inside.append(f"({condition})")
                values += bound
        outside = count_rows(transaction, table, f"upload_id = ? and not ({' or '.join(inside)})", [upload_id, *values])
        if outside:
            raise RefusedDelivery(
                f"In der Tabelle „{table}“ liegen {outside} Zeilen außerhalb des Ausschnitts, den die Lieferung nennt."
                " Prüfen Sie den angegebenen Zeitraum."
            )
