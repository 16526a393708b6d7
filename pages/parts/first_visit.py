"""„Zum ersten Mal hier?“: how to read these pages in three sentences. Whoever knows it puts it away for this window."""

import streamlit as st

from pages.parts.view import View

PUT_AWAY = "sipa-einweisung-gelesen"
"""Only in the memory of this window: no cookie, nothing on the server."""
STEPS = """
1. **Wählen:** Gebiet und Zeitraum stehen oben und gelten auf allen Seiten; „Suche“ führt zu jeder Kennzahl.
2. **Lesen:** Zu jedem Wert stehen sein Unsicherheitsbereich und eine Einschätzung. Der Pfeil zeigt, wohin sich die Zahl
   bewegt; farbig ist er nur, wo das über den Zufall hinausgeht: Blaugrün ist günstig, Orange ungünstig.
3. **Prüfen:** „Beleg“ führt zu Verlauf, Gebieten, Tabelle und Datei; „Link kopieren“ gibt die Ansicht weiter, wie Sie
   sie sehen.
"""
WITHOUT_DETAIL = "Ein Punkt (•) heißt: Die Zahl ist vertraulich und wird nicht gezeigt."


def first_visit(view: View) -> None:
    """One line that opens, until it is put away."""
    if st.session_state.get(PUT_AWAY):
        return
    with st.expander("Zum ersten Mal hier? So lesen Sie diese Seiten", type="compact", key="tabelle-erster-besuch"):
        st.markdown(STEPS)
        if not view.reader.scope.full_detail:
            st.markdown(WITHOUT_DETAIL)
        with st.container(horizontal=True, vertical_alignment="center", key="verweis-erster-besuch"):
            st.page_link(view.pages["methodik"], label="Methodik")
            st.page_link(view.pages["glossar"], label="Glossar")
            st.button("Nicht mehr zeigen", type="tertiary", on_click=_put_away, key="einweisung-weg")


def _put_away() -> None:
    st.session_state[PUT_AWAY] = True
