"""One delivery, one decision: released and refused at the same time does not exist, however close the two come."""

import shutil

import pytest

from sipa_data.cli import main
from sipa_data.errors import AlreadyPublished, DeliveryGone, LakeError, NotWaiting
from sipa_data.lake import open_lake
from sipa_data.release import WaitingRoom, history, publish, refuse, refused, rehearse, release, submit, waiting
from tests.support.deliveries import Office
from tests.support.disturbed import Step, at_step


@pytest.fixture
def room(sqlite_settings):
    return WaitingRoom.of(sqlite_settings)


@pytest.fixture
def waits(room, tmp_path):
    return submit(room, Office(tmp_path / "amt").population(2024, [10, 20], name="ew24"), by="ana")


@pytest.fixture
def lake(sqlite_settings):
    with open_lake(sqlite_settings) as opened:
        yield opened


@pytest.fixture
def other(sqlite_settings):
    """The lake as another person has it open."""
    with open_lake(sqlite_settings) as opened:
        yield opened


@pytest.mark.parametrize("step", [Step("before", "insert into uploads"), Step("after", "commit")])
def test_while_one_person_releases_nobody_else_refuses_or_releases(lake, other, room, waits, step):
    said = []

    def meanwhile():
        for deed in (
            lambda: refuse(other, room, waits.id, by="ana", reason="Doch nicht."),
            lambda: release(other, room, waits.id, by="max"),
        ):
            with pytest.raises(NotWaiting, match="entscheidet gerade jemand anderes") as refusal:
                deed()
            said.append(refusal.value.sentence)

    at_step(lake, step, meanwhile)
    release(lake, room, waits.id, by="erika")
    assert len(said) == 2
    assert [(one.upload_id, one.status) for one in history(lake)] == [(waits.id, "published")]
    assert (waiting(lake, room), refused(room)) == ((), ())


def test_while_one_person_refuses_nobody_releases(lake, room, waits, monkeypatch):
    refusing = WaitingRoom.refuse

    def slowly(self, submission, **decided):
        with pytest.raises(NotWaiting, match="entscheidet gerade jemand anderes"):
            release(lake, room, waits.id, by="max")
        return refusing(self, submission, **decided)

    monkeypatch.setattr(WaitingRoom, "refuse", slowly)
    refuse(lake, room, waits.id, by="erika", reason="Falsches Jahr.")
    assert history(lake) == ()
    assert [one.reason for one in refused(room)] == ["Falsches Jahr."]


def test_a_release_that_failed_lets_go_of_the_delivery(lake, other, room, waits):
    def fails():
        raise LakeError("Der Server ist fort.")

    at_step(lake, Step("before", "commit"), fails)
    with pytest.raises(LakeError, match="fort"):
        release(lake, room, waits.id, by="erika")
    assert refuse(other, room, waits.id, by="erika", reason="Falsches Jahr.").state == "refused"


@pytest.fixture
def cut_off(lake, room, waits):
    """Whoever released it was killed between the publication and the clearing away."""
    publish(lake, room.delivery(waits), by="ana", approved_by="erika", upload_id=waits.id)
    return waits


@pytest.mark.parametrize(
    "deed", [lambda *at: refuse(*at, by="max", reason="Falsches Jahr."), lambda *at: release(*at, by="max")]
)
def test_what_is_public_is_not_refused_and_not_released_again(lake, room, cut_off, deed):
    with pytest.raises(AlreadyPublished, match="schon freigegeben und veröffentlicht"):
        deed(lake, room, cut_off.id)
    assert (room.all(), [one.status for one in history(lake)]) == ((), ["published"])


def test_the_shell_does_not_call_refused_what_is_public(cut_off, sqlite_settings, monkeypatch, capsys):
    monkeypatch.setenv("SIPA_LAKE", sqlite_settings.lake)
    monkeypatch.setenv("SIPA_LAKE_FILES", str(sqlite_settings.lake_files))
    assert main(["refuse", cut_off.id, "--reason", "Falsches Jahr.", "--by", "erika"]) == 3
    assert "schon freigegeben und veröffentlicht" in capsys.readouterr().err.replace("\n", " ")


@pytest.mark.parametrize("fault", [PermissionError(13, "Permission denied"), FileNotFoundError(2, "gone")])
def test_what_cannot_be_cleared_away_after_the_release_is_released_all_the_same(lake, room, waits, monkeypatch, fault):
    """Somebody else is clearing away at the same moment, or the folder lost its rights."""

    def fails(*_args, **_kwargs):
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(shutil, "rmtree", fails if isinstance(fault, PermissionError) else once(fails))
        assert release(lake, room, waits.id, by="erika").status == "published"
    assert waiting(lake, room) == ()
    room.tidy()
    assert list(room.folder.iterdir()) == []


def once(fails):
    """The first call fails, the others do what they always do."""
    calls, usual = [], shutil.rmtree

    def called(*args, **kwargs):
        calls.append(args)
        return fails() if len(calls) == 1 else usual(*args, **kwargs)

    return called


def test_to_look_at_the_waiting_room_removes_nothing_that_others_are_removing(room, waits):
    going = room.folder / f".weg-{waits.id}"
    going.mkdir()
    assert [one.id for one in WaitingRoom(room.folder).all()] == [waits.id]
    assert going.exists()


def test_tidying_does_not_mind_that_others_tidy_too(room, waits, monkeypatch):
    for name in (".weg-1", ".neu-1", ".neu-2"):
        (room.folder / name).mkdir()
    listed = list(room.folder.iterdir())
    with monkeypatch.context() as patched:
        patched.setattr("pathlib.Path.iterdir", lambda _: iter(listed))
        for gone in (".weg-1", ".neu-2"):
            (room.folder / gone).rmdir()
        room.tidy()
    assert {path.name for path in room.folder.iterdir()} == {waits.id, ".neu-1"}


def test_a_checked_delivery_whose_folder_is_gone_says_so_at_every_step(lake, room, tmp_path):
    """Somebody cleared the folder for temporary files while the window stood open."""
    delivery = Office(tmp_path / "amt").population(2024, [10], name="weg")
    shutil.rmtree(delivery.folder)
    for step in (
        lambda: rehearse(lake, delivery, lambda _: None),
        lambda: submit(room, delivery, by="ana"),
        lambda: publish(lake, delivery, by="ana"),
    ):
        with pytest.raises(DeliveryGone, match="noch einmal prüfen"):
            step()
    assert (room.all(), history(lake)) == ((), ())


def test_rows_that_go_in_the_middle_of_a_release_are_not_blamed_on_the_lake(lake, room, waits):
    """A purge of the same file forgets what waits, whatever is going on."""
    at_step(lake, Step("before", "read_parquet"), lambda: room.forget_file(waits.report.sha256))
    with pytest.raises(DeliveryGone):
        release(lake, room, waits.id, by="erika")
    assert (room.all(), history(lake)) == ((), ())
