"""What protection costs: the pattern of all closed cuts at publish time, and a question of a protected reader."""

from bench.city import example_city
from bench.measure import seconds
from bench.report import Row, at_most
from sipa_data.access.scope import Scope
from sipa_data.answers import Question
from sipa_data.answers.ask import ask
from sipa_data.catalogue import load_catalogue
from sipa_data.disclosure import protect_cuts
from sipa_data.lake import open_lake
from sipa_data.marts import Mart, build_mart

PATTERN_SECONDS = 2.0
RUNS = 5


def measure() -> list[Row]:
    """The pattern of the example city, and every question about incidents as protected reader and as chair."""
    settings = example_city()
    with open_lake(settings) as lake, lake.reader() as reader:
        mart = build_mart(reader, load_catalogue(settings.city))
    cells = int(mart.pattern.cube.published.sum())
    pattern = seconds(lambda: protect_cuts(mart.pattern.cube), runs=3)
    persons = len(mart.person_pattern.delivered)
    ratio = protected_to_chair(mart)
    return [
        Row(
            "disclosure", f"pattern of all cuts, {cells:,} counts (and {persons:,} of persons)", f"{pattern:.2f} s",
            f"{PATTERN_SECONDS:.0f} s", **at_most(1.0, pattern / PATTERN_SECONDS),
        ),
        Row("disclosure", "a question of a protected reader against the chair's", "", "", **at_most(1.0, ratio)),
    ]  # type: ignore[arg-type]  # fmt: skip


def protected_to_chair(mart: Mart) -> float:
    """Median time of all questions with history and districts, protected by chair. The counts are remembered."""
    questions = [
        Question(indicator.id, by_district=True, history=history)
        for indicator in mart.catalogue.indicators.values()
        if indicator.data_class == "incidents"
        for history in (False, True)
    ]
    times: dict[Scope, list[float]] = {Scope.chair(): [], Scope.public(): []}
    for _ in range(RUNS):
        for scope, found in times.items():
            found.append(seconds(lambda scope=scope: [ask(mart, scope, one) for one in questions], runs=1))
    chair, public = (sorted(times[scope])[RUNS // 2] for scope in (Scope.chair(), Scope.public()))
    return public / chair
