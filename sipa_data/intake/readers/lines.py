"""Which line of the file a row stands in, so that every message can say where."""

import csv
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Body:
    """The rows below the head as a UTF-8 file with plain newlines.

    Parameters
    ----------
    lines : how many there are
    ends : whether the last one has a line end
    cut : the file goes on
    quotes : how many quotation marks there are; with any, a line end need not end a row
    """

    path: Path
    lines: int
    ends: bool
    cut: bool = False
    quotes: int = 0


@dataclass(frozen=True)
class Lines:
    """Row number → line of the file, both counted from 1.

    Parameters
    ----------
    above : lines of the head
    last : number of the last row that is not empty
    unsplit : lines of the body that could not be split into cells and therefore have no row number
    """

    body: Body
    separator: str
    above: int
    last: int
    unsplit: frozenset[int]

    def of(self, row: int) -> int:
        """Known at once where each line is one row. Else the lines before are read again: only to name a place."""
        if self.body.lines == self.last:
            return self.above + row
        return self.above + self._counted(row)

    def _counted(self, row: int) -> int:
        seen = 0
        with self.body.path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, delimiter=self.separator)
            while True:
                first, cells = reader.line_num + 1, ["beyond the limit of the reader, and still a row"]
                try:
                    cells = next(reader)
                except StopIteration:
                    return reader.line_num
                except csv.Error:  # it goes on with the next line
                    pass
                seen += bool(cells) and first not in self.unsplit
                if seen == row:
                    return first
