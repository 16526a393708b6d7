"""What the screens of a field show: whatever is wrong in its matrix or breakdowns is named with place and fix."""

import pytest

from sipa_data.catalogue import load_catalogue

MATRIX = 'matrix = ["unsicher-nachts-wohngegend", "gewalt-oeffentlicher-raum-rate"]'
BY_ITEM = 'indicators = ["unsicher-nachts-wohngegend"]\nby = ["geschlecht", "altersgruppe"]'
BY_MONTH = 'indicators = ["gewalt-oeffentlicher-raum"]\nby = ["month"]'
SIDE_BY_SIDE = 'indicators = ["gewalt-oeffentlicher-raum", "gewalt-oepnv"]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (MATRIX, 'matrix = ["unsicher-nachts"]', "„unsicher-nachts“ gibt es in indicators.toml nicht"),
        (MATRIX, 'matrix = ["graffiti-rate"]', "„graffiti-rate“ gehört nicht zu diesem Feld"),
        (
            MATRIX,
            'matrix = ["unsicher-nachts-wohngegend", "unsicher-stadtbezirk"]',
            "„unsicher-nachts-wohngegend“ und „unsicher-stadtbezirk“ stehen in derselben Spalte",
        ),
        (BY_ITEM, BY_ITEM.replace("altersgruppe", "alter"), "„alter“ ist kein Gliederungsmerkmal der Befragung"),
        (BY_ITEM, BY_ITEM.replace("altersgruppe", "geschlecht"), "„geschlecht“ steht zweimal in der Liste"),
        (BY_ITEM, BY_ITEM.replace("unsicher-nachts-wohngegend", "gewaltkriminalitaet"),
         "„gewaltkriminalitaet“ lässt sich nicht nach Gruppen von Befragten gliedern"),
        (BY_MONTH, BY_MONTH.replace("gewalt-oeffentlicher-raum", "aufklaerung-gewalt"),
         "„aufklaerung-gewalt“ ist keine Fallzahl einzelner Jahre"),
        (SIDE_BY_SIDE, 'indicators = ["gewaltkriminalitaet", "gewaltkriminalitaet-rate"]',
         "Die Einheiten sind verschieden (Fälle, je 100.000)"),
        (SIDE_BY_SIDE, 'indicators = ["gewaltkriminalitaet"]', "Es ist nur eine Kennzahl"),
        (SIDE_BY_SIDE, SIDE_BY_SIDE + '\nby = ["month"]', "Nach „month“ lässt sich nur eine Kennzahl gliedern"),
    ],
)  # fmt: skip
def test_a_mistake_in_matrix_or_breakdown_is_named(complains, old, new, said):
    complains("fields.toml", old, new, "Eintrag „strassen-und-plaetze“", said)


def test_a_city_may_leave_both_out(workshop):
    workshop.change("fields.toml", MATRIX + "\n", "")

    fields = load_catalogue(workshop.folder).fields
    assert fields["strassen-und-plaetze"].matrix == ()
    assert fields["sport"].breakdown == ()
