"""The attack with hostile files, so small that it takes a second."""

import tempfile

from soak import hostile_files


def test_the_line_says_how_many_files_and_how_much_memory():
    usual = tempfile.tempdir
    line, on_the_page = hostile_files.run(most=15, by_page=2)
    assert line.measured.startswith("15 Dateien, ")
    assert line.measured.endswith(" MB")
    assert on_the_page.measured.startswith("2 Dateien, ")
    assert on_the_page.reaches
    assert tempfile.tempdir == usual
