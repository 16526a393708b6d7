"""The table of measurements: what reached its aim, and which lines of an earlier run stay."""

import pytest

from bench.__main__ import main
from bench.report import BEGIN, END, Row, at_least, at_most, machine, table, write

FAST = Row("reruns", "one client", "20 reruns/s", "10 reruns/s", **at_least(1, 2.0))
SLOW = Row("browser", "first load", "3 s", "2 s", **at_most(1.3, 1.5))


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "benchmarks.md"
    path.write_text(f"# Benchmarks\n\n{BEGIN}\nolder run\n{END}\n\nwhat was found\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("aim", "ratio", "reaches"), [(at_least, 20.0, True), (at_least, 19.9, False), (at_most, 20.0, True)]
)
def test_an_aim_is_reached_at_its_boundary(aim, ratio, reaches):
    assert aim(20, ratio)["reaches"] is reaches


def test_a_missed_aim_is_called_missed_and_a_number_without_aim_is_not_judged():
    lines = table([FAST, SLOW, Row("memory", "at rest", "354 MB")]).splitlines()[2:]
    assert [line.split("|")[-2].strip() for line in lines] == ["reached", "**missed**", ""]


def test_lines_of_subjects_that_were_not_measured_now_are_kept(page):
    write([FAST, SLOW], page)
    write([Row("reruns", "one client", "30 reruns/s")], page)
    text = page.read_text(encoding="utf-8")
    assert "first load" in text
    assert "30 reruns/s" in text
    assert "20 reruns/s" not in text
    assert text.startswith("# Benchmarks\n")
    assert text.endswith("what was found\n")
    assert text.count("| subject |") == 1


def test_the_machine_is_named_by_what_it_has_and_not_by_its_name():
    import platform  # noqa: PLC0415 - only to know what must not be said

    assert "cores" in machine()
    assert platform.node() not in machine()


def test_an_unknown_subject_is_refused_before_anything_is_measured(capsys):
    with pytest.raises(SystemExit):
        main(["speed"])
    assert "speed" in capsys.readouterr().err
