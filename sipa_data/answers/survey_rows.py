"""One estimate of a survey as a row of the answer: with its number, or with the word for why there is none."""

from sipa_data.answers.frames import Row
from sipa_data.answers.groups import Estimates
from sipa_data.answers.survey_waves import Wave
from sipa_data.answers.types import Status
from sipa_data.german import number

TOO_FEW = "zu wenige Antworten"
FEW = "eingeschränkt, weniger als 100 Antworten"


def row_of(wave: Wave, found: Estimates, area: str, more: str = "", group: str | None = None) -> Row:
    """``more`` : added to the basis; ``group`` : the label of the group whose estimate it is."""
    if not found.is_shown(area):
        return Row(area, wave.period, Status.unreliable, breakdown=group, reason=TOO_FEW)
    at, status = found.at(area), found.status_of(area)
    return Row(
        area,
        wave.period,
        status,
        value=float(found.values[at]),
        lower=float(found.lower[at]),
        upper=float(found.upper[at]),
        n=int(found.n[at]),
        n_effective=float(found.n_effective[at]),
        basis=f"{wave.title}, {number(float(found.n[at]))} gültige Antworten{more}",
        breakdown=group,
        reason=FEW if status == Status.limited else None,
    )
