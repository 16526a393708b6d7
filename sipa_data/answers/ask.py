"""The only door to numbers."""

from sipa_data.access.scope import Scope
from sipa_data.answers.current_shares import answer_current_share
from sipa_data.answers.found import Found
from sipa_data.answers.frames import observations
from sipa_data.answers.incidents import answer_incidents
from sipa_data.answers.persons import answer_persons
from sipa_data.answers.register_shares import answer_register_share
from sipa_data.answers.registers import answer_register
from sipa_data.answers.standardised import answer_standardised
from sipa_data.answers.surveys import answer_survey
from sipa_data.answers.types import Answer, Question
from sipa_data.catalogue.models import (
    ClearanceMeasure,
    CountMeasure,
    DecisionShareMeasure,
    DifferenceMeasure,
    Indicator,
    MeanMeasure,
    PersonRateMeasure,
    PersonShareMeasure,
    ProjectShareMeasure,
    RateMeasure,
    RegisterMeasure,
    RegisterShareMeasure,
    ShareMeasure,
)
from sipa_data.errors import InvalidQuestion
from sipa_data.marts import Mart


def ask(mart: Mart, scope: Scope, question: Question) -> Answer:
    """Answer one question for one reader.

    Parameters
    ----------
    mart : one snapshot, rolled up
    scope : who asks; decides which counts are in the answer at all
    question : what is asked; may come from a link and is checked here

    Raises
    ------
    InvalidQuestion : an indicator, district or cut that does not exist
    """
    indicator = mart.catalogue.indicator(question.indicator)
    for district in question.districts:
        mart.catalogue.district(district)
    if question.cut is not None and question.cut not in mart.catalogue.cuts:
        raise InvalidQuestion(f"Den Zuschnitt „{question.cut[:40]}“ gibt es nicht.")
    found = _find(mart, scope, question, indicator)
    return Answer(
        question=question,
        indicator=indicator,
        city=mart.catalogue.city,
        places=mart.catalogue.districts,
        observations=observations(indicator.id, found.rows),
        verdicts=found.verdicts,
        notes=(*found.notes, *indicator.caveats),
        snapshot=mart.snapshot,
        period=found.period,
        source=indicator.source,
        breaks=found.breaks,
        boundaries=mart.catalogue.boundaries,
    )


def _find(mart: Mart, scope: Scope, question: Question, indicator: Indicator) -> Found:
    match indicator.measure:
        case CountMeasure() | RateMeasure() | ClearanceMeasure():
            return answer_incidents(mart, scope, question, indicator)
        case PersonRateMeasure() | PersonShareMeasure():
            is_standardised = isinstance(indicator.measure, PersonRateMeasure) and indicator.measure.standard
            return (answer_standardised if is_standardised else answer_persons)(mart, scope, question, indicator)
        case ShareMeasure() | MeanMeasure() | DifferenceMeasure():
            return answer_survey(mart, scope, question, indicator)
        case RegisterMeasure():
            return answer_register(mart, scope, question, indicator)
        case RegisterShareMeasure():
            return answer_register_share(mart, scope, question, indicator)
        case ProjectShareMeasure() | DecisionShareMeasure():
            return answer_current_share(mart, scope, question, indicator)
