"""The page of uploads without a browser: a file is sent, checked and rehearsed as somebody would who looks at it."""

from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from sipa_data.access.scope import Role, Scope
from tests.app.conftest import open_page
from tests.support.hostile import files, nearly_right, whole_files

ANALYST = Scope.of(Role.analyst)
KNOWN = "eigene-fallzahlen"


def upload_page(scope: Scope = ANALYST) -> AppTest:
    """The page, as somebody in this role sees it."""
    return open_page("hochladen").selectbox(key="ansicht").set_value(scope).run()


def sent(content: str | bytes, name: str = "fallzahlen.csv", *, to: AppTest | None = None) -> AppTest:
    """The page after a file was dropped on it."""
    visit = to or upload_page()
    visit.file_uploader[0].set_value((name, content if isinstance(content, bytes) else content.encode(), "text/csv"))
    return visit.run()


def checked(visit: AppTest) -> AppTest:
    """The page after the check."""
    return visit.button(key="pruefen").click().run()


def labelled(visit: AppTest, kind: str, label: str) -> Any:
    """The field of this kind under this label."""
    return next(one for one in getattr(visit, kind) if one.label == label)


def said(visit: AppTest) -> str:
    """Every heading, sentence and message on the page."""
    kinds = (visit.title, visit.header, visit.markdown, visit.success, visit.error, visit.warning)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def buttons(visit: AppTest) -> set[str]:
    """The keys of what can be pressed."""
    return {button.key for button in visit.button if button.key}


def as_far_as_it_goes(visit: AppTest, content: bytes, name: str) -> str:
    """Send, check and rehearse, then throw the file away.

    Returns
    -------
    the last step that was reached: ``datei``, ``pruefen`` or ``probe``; everything on the way was said in sentences
    """
    _expect_sentences(sent(content, name, to=visit))
    reached = "datei"
    layout = [field for field in visit.selectbox if str(field.key).startswith("profil-")]
    if layout and "pruefen" not in buttons(visit):
        _expect_sentences(layout[0].set_value(KNOWN).run())
    for step in ("pruefen", "probe"):
        if step in buttons(visit):
            _expect_sentences(visit.button(key=step).click().run())
            reached = step
    if "andere-datei" in buttons(visit):
        visit.button(key="andere-datei").click().run()
    return reached


def drawn_files(folder: Path) -> st.SearchStrategy[bytes]:
    """Hostile files of every kind; every second one nearly is what the page expects."""
    head, keys = "quelle;zeitraum;bezirk;schluessel;faelle", ["892000", "210000"]
    nearly, hostile = nearly_right(head, "pks;", keys, often=20), files(whole_files(folder))
    return st.booleans().flatmap(lambda near: nearly if near else hostile)


def _expect_sentences(visit: AppTest) -> None:
    told = [str(error.value) for error in visit.exception]
    assert not told, told
    assert "Traceback" not in said(visit)
