"""The attack with hostile files, so small that it takes a second."""

import tempfile

from soak import hostile_files


def test_the_line_says_how_many_files_and_how_much_memory():
    usual = tempfile.tempdir
    (line,) = hostile_files.run(most=15)
    assert line.measured.startswith("15 Dateien, ")
    assert line.measured.endswith(" MB")
    assert tempfile.tempdir == usual
