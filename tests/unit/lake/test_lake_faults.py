from pathlib import Path

import duckdb
import pytest

from sipa_data.errors import DiskFull, LakeConflict, LakeError
from sipa_data.lake.address import Address, without_password
from sipa_data.lake.faults import explain, told_in_german

ADDRESS = Address("postgres:host=db password=geheim dbname=lake", Path("/srv/sipa/files"))


@pytest.mark.parametrize(
    ("error", "kind", "sentence"),
    [
        (duckdb.IOException("Could not write file: No space left on device"), DiskFull, "kein Platz"),
        (OSError(28, "No space left on device"), DiskFull, "kein Platz"),
        (duckdb.TransactionException('Failed to commit: "COMMIT": database or disk is full'), DiskFull, "kein Platz"),
        (duckdb.TransactionException("Failed to flush changes: database is locked"), LakeConflict, "gleichzeitig"),
        (duckdb.TransactionException("Exceeded the maximum … ducklake_max_retry_count"), LakeConflict, "gleichzeitig"),
        (duckdb.IOException("Cannot open file: Permission denied"), LakeError, "Schreibrechte"),
        (duckdb.IOException('Unable to connect to Postgres at "…"'), LakeError, "SIPA_LAKE"),
        (duckdb.TransactionException('Failed to commit: Failed to execute query "ROLLBACK": '), LakeError, "SIPA_LAKE"),
        (duckdb.IOException("Cannot open file: No such file or directory"), LakeError, "SIPA_LAKE_FILES"),
        (duckdb.InternalException("something new"), LakeError, "python -m sipa_data check"),
    ],
)
def test_each_fault_says_what_to_do(error, kind, sentence):
    told = explain(error, ADDRESS)
    assert type(told) is kind
    assert sentence in told.sentence


def test_a_full_disk_during_a_commit_is_no_conflict():
    both = "Exceeded the maximum retry count, ducklake_max_retry_count. Failed to commit: database or disk is full"
    assert isinstance(explain(duckdb.TransactionException(both), ADDRESS), DiskFull)


@pytest.mark.parametrize(
    "text",
    [
        "host=db password=geheim dbname=lake",
        "host=db password = 'ge heim geheim' dbname=lake",
        "host=db PASSWORD=geheim",
        "postgres://erika:geheim@db/lake",
        'Unable to connect to "postgres://erika:geheim@db:5432/lake"',
    ],
)
def test_a_password_is_blacked_out_and_the_rest_stays(text):
    assert "geheim" not in without_password(text)
    assert "db" in without_password(text)


def test_the_original_error_is_kept_for_the_log_without_the_password():
    with pytest.raises(LakeError) as told, told_in_german(ADDRESS):
        raise duckdb.IOException('Unable to connect to Postgres at "host=db password=geheim dbname=lake"')
    assert "geheim" not in told.value.sentence
    assert str(told.value.__cause__) == 'Unable to connect to Postgres at "host=db password=*** dbname=lake"'


def test_errors_of_others_pass_unchanged():
    with pytest.raises(ValueError, match="mine"), told_in_german(ADDRESS):
        raise ValueError("mine")
