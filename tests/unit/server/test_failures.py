"""What a failure tells the reader: what they can do, and nothing of the machine."""

import logging

import pytest

from pages.parts import failed
from pages.parts.failed import NOT_YOURS, UNEXPECTED, record
from server.failures import answer_with_error
from sipa_data.errors import (
    AlreadyPublished,
    AuditError,
    CatalogueError,
    DiskFull,
    FolderUnreachable,
    InvalidQuestion,
    LakeConflict,
    LakeError,
    NoSuchSnapshot,
    NotAllowed,
)
from sipa_data.errors import SettingsError as Settings


@pytest.mark.parametrize("error", [AuditError, CatalogueError, LakeError, Settings])
def test_where_the_house_is_broken_readers_get_an_id_and_the_log_the_path(error, caplog):
    with caplog.at_level(logging.WARNING, "sipa"):
        _, sentence, identifier = record(error("/srv/sipa/roles.toml, Zeile 3"))
    assert sentence == NOT_YOURS
    assert identifier in caplog.text
    assert "/srv/sipa/roles.toml" in caplog.text


@pytest.mark.parametrize("error", [InvalidQuestion, NotAllowed, NoSuchSnapshot])
def test_what_the_reader_can_mend_is_said(error):
    assert record(error("Bitte anders."))[1] == "Bitte anders."


@pytest.mark.parametrize("error", [LakeError, DiskFull, FolderUnreachable])
def test_a_step_that_the_machine_did_not_allow_names_no_folder_on_the_page(error, caplog):
    with caplog.at_level(logging.WARNING, "sipa"):
        told = failed.sentence(error("Auf /srv/sipa/files ist kein Platz mehr."))
    assert "/srv" not in told
    _, _, identifier = told.rpartition("Kennung: ")
    assert identifier
    assert f"{identifier}: {error.__name__}: Auf /srv/sipa/files ist kein Platz mehr." in caplog.text


@pytest.mark.parametrize("error", [AlreadyPublished, LakeConflict])
def test_a_step_that_was_refused_says_why(error):
    assert failed.sentence(error("Bitte wiederholen.")) == "Bitte wiederholen."


def test_what_nobody_expected_is_told_to_nobody():
    assert record(ValueError("select geheim"))[1] == UNEXPECTED


def test_what_stands_in_a_sentence_is_text():
    body = answer_with_error(None, InvalidQuestion("„<img src=x onerror=alert(1)>“ gibt es nicht.")).body.decode()
    assert "<img" not in body
    assert "&lt;img" in body
