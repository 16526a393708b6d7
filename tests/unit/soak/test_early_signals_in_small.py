"""The simulation of early signals in small: quiet where nothing happened, and loud where much did."""

import numpy as np
import pytest

from soak import early_signals
from soak.early_signals import Months, false_alarm_rate


@pytest.mark.parametrize("months", [Months(), Months(scatter=1.0, years=(1, 2, 3, 4, 5)), Months(outbreaks=True)])
def test_unchanged_months_hardly_ring(months):
    # 0.5 per cent are stated; 2,000 months and four standard errors more
    assert false_alarm_rate(np.random.default_rng(1), 2_000, 30.0, months) <= 0.005 + 4 * (0.005 / 2_000) ** 0.5


def test_every_line_of_the_report_says_what_was_measured():
    lines = early_signals.run(series=40, screens=2)
    assert len(lines) == 2 + 2 + len(early_signals.LEVELS)
    assert all(line.what and "%" in line.measured for line in lines)
