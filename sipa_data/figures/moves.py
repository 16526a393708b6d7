"""In how many districts a value rose and fell, in a sentence: what no dot of one period can show."""

from sipa_data.answers.types import Answer, Verdict, VerdictCode
from sipa_data.figures.when import period_text
from sipa_data.figures.words import BEYOND_CHANCE, SAYS_SOMETHING, dative_plural
from sipa_data.german import listing, number

MOST_NAMES = 5


def moves_sentence(answer: Answer) -> str:
    """„In 16 von 23 Stadtbezirken ist der Wert höher als zuvor (2024), in 7 niedriger. …: gesunken in Mitte.“

    Parameters
    ----------
    answer : asked everywhere and compared with the period before. Districts that cannot be compared, or that this
        reader may not see, do not count. Empty where there is none
    """
    told = [one for one in answer.verdicts if one.subject in answer.places and one.difference is not None]
    told = [one for one in told if one.code in SAYS_SOMETHING]
    before = next((one.compared_period for one in told if one.compared_period is not None), None)
    if not told or before is None:
        return ""
    higher = sum((one.difference or 0.0) > 0 for one in told)
    lower = sum((one.difference or 0.0) < 0 for one in told)
    districts = dative_plural(answer.city.districts_word)
    return (
        f"In {number(higher)} von {number(len(told))} {districts} ist der Wert höher als zuvor "
        f"({period_text(before)}), in {number(lower)} niedriger. {_beyond_chance(answer, told)}"
    )


def _beyond_chance(answer: Answer, told: list[Verdict]) -> str:
    if not any(one.code in BEYOND_CHANCE for one in told):
        return "Nirgends ist das mehr als Zufall oder übliche Schwankung."
    parts = []
    for code, verb in ((VerdictCode.rose, "gestiegen"), (VerdictCode.fell, "gesunken")):
        names = [answer.place_name(one.subject) for one in told if one.code is code]
        if names:
            districts = dative_plural(answer.city.districts_word)
            where = listing(names) if len(names) <= MOST_NAMES else f"{number(len(names))} {districts}"
            parts.append(f"{verb} in {where}")
    return f"Mehr als Zufall oder übliche Schwankung: {', '.join(parts)}."
