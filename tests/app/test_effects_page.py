"""The screen „Wirkung“: verdicts first, the map of displacement, and the chain from field to finding."""

import json

from sipa_data.access.scope import Scope
from tests.app.conftest import open_page, tables
from tests.app.test_pages import texts


def plain(text):
    return text.replace("\\", "").replace("\xa0", " ")


def said(visit):
    return plain(texts(visit))


def opened_chain(visit):
    visit.session_state["tabelle-kette"] = True
    visit.run()
    return next(table for table in tables(visit) if "gemessen an" in table)


def test_the_first_sentence_counts_the_verdicts_and_the_gaps_are_named(small_city):
    visit = open_page("wirkung")
    assert not visit.exception
    assert "Von 1 Projekt ist 1 ausgewertet: 1 × Hinweis auf Verschlechterung." in said(visit)
    fields = small_city.catalogue.fields.values()
    without = [field.title for field in fields if field.id != "strassen"]
    assert all(f"„{title}“" in said(visit).split("Ohne ausgewertetes Projekt:")[1] for title in without)


def test_the_chain_leads_from_every_field_to_its_finding(small_city):
    visit = open_page("wirkung")
    (fields,) = [table for table in tables(visit) if "Maßnahmen und Befunde" in table]
    assert list(fields["Handlungsfeld"]) == [field.title for field in small_city.catalogue.fields.values()]
    streets = fields.set_index("Handlungsfeld").loc[small_city.catalogue.fields["strassen"].title]
    assert plain(streets["Maßnahmen und Befunde"]) == "1 von 1 ausgewertet: 1 × Hinweis auf Verschlechterung"
    chain = opened_chain(visit).iloc[0]
    assert (chain["Maßnahme"], chain["gemessen an"]) == ("Nachtlichter", "Gewaltfälle")
    assert chain["Befund"] == "Hinweis auf Verschlechterung"
    assert "von 402 (2023) auf 611 (2025)" in chain["Im Einzelnen"]


def test_the_map_shows_area_comparison_and_neighbours_with_the_change_of_each(small_city):
    (drawn,) = open_page("wirkung").get("plotly_chart")
    assert drawn.proto.alt.startswith("Nachtlichter: Hinweis auf Verschlechterung. Gewaltfälle. ")
    assert "Gebiet: Altstadt und Nordstadt; nebenan: Hafen; Vergleich: Südstadt" in drawn.proto.alt
    figure = json.loads(drawn.proto.spec)
    hover = figure["data"][-1]["hovertext"]
    # 310 + 92 = 402 and 520 + 91 = 611; the Südstadt alone 105 and 108
    assert hover[0] == "Altstadt: Gebiet, zusammen von 402 (2023) auf 611 (2025), plus 52\u202f%"
    assert hover[2] == "Südstadt: Vergleich, von 105 (2023) auf 108 (2025), plus 3\u202f%"
    (roles,) = [table for table in tables(open_page("wirkung")) if "Rolle" in table]
    assert list(roles["Rolle"]) == ["Gebiet", "nebenan", "Vergleich"]
    assert tuple(roles.iloc[0])[1:] == ("Altstadt und Nordstadt", "402", "611")


def test_the_field_in_the_link_narrows_the_screen_and_another_word_does_not(small_city):
    title = small_city.catalogue.fields["sauberkeit"].title
    narrowed = open_page("wirkung", feld=title)
    assert "Hier ist kein Projekt erfasst." in said(narrowed)
    (fields,) = [table for table in tables(narrowed) if "Maßnahmen und Befunde" in table]
    assert list(fields["Handlungsfeld"]) == [title]
    unknown = open_page("wirkung", feld="Raumfahrt")
    assert not unknown.exception
    assert "Von 1 Projekt ist 1 ausgewertet" in said(unknown)


def test_a_district_without_the_project_has_nothing_to_tell(small_city):
    assert "Hier ist kein Projekt erfasst." in said(open_page("wirkung", gebiet="Hafen"))
    assert "Von 1 Projekt ist 1 ausgewertet" in said(open_page("wirkung", gebiet="Altstadt"))


def test_what_the_public_may_not_see_is_confidential_on_map_and_in_chain(small_city):
    visit = open_page("wirkung")
    visit.selectbox(key="ansicht").set_value(Scope.public()).run()
    assert not visit.exception
    assert "Ohne Urteil: 1 × vertraulich." in said(visit)
    everything = said(visit) + "".join(one.proto.spec + one.proto.alt for one in visit.get("plotly_chart"))
    everything += opened_chain(visit).to_csv()
    assert "402" not in everything
    assert "611" not in everything
    assert "Gebiet: Altstadt und Nordstadt" in everything  # which districts it is about is public


def test_an_empty_lake_says_how_data_come_in(empty_city):
    assert "noch keine Daten" in "".join(one.value for one in open_page("wirkung").info)
    assert "noch keine Daten" in "".join(one.value for one in open_page("fruehsignale").info)
