"""„Link kopieren“: the address of what one sees, with the Datenstand, so that it says the same to others."""

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from pages.parts.filter_bar import PERIOD_KEY, PLACE_KEY, period_name, place_name
from pages.parts.stand import PARAMETER
from pages.parts.verdict import muted
from sipa_data.answers import Reader
from sipa_data.areas import CITY
from sipa_data.periods import Period

EXPLAINED = (
    "Das Zeichen rechts im Kasten kopiert den Link. Er öffnet genau diese Ansicht mit diesem Datenstand. Ihre Rolle "
    "steht nicht darin: Wer ihn öffnet, sieht, was ihm selbst zusteht."
)

OURS = (PLACE_KEY, PERIOD_KEY, PARAMETER)


def popover(reader: Reader, place: str, period: Period | None) -> None:
    """The button of the filter bar, and behind it the link with Streamlit's own button to copy it."""
    with st.popover("Link kopieren", key="link"):
        with st.container(key="adresse"):
            st.code(address(reader, place, period), language=None, wrap_lines=True)
        st.markdown(muted(EXPLAINED))


def address(reader: Reader, place: str, period: Period | None) -> str:
    """The whole address: page, what the page itself keeps in its address, place, period, Datenstand."""
    here = urlsplit(st.context.url or "")
    own = {name: text for name, text in st.query_params.to_dict().items() if name not in OURS}
    asked = own | parameters(reader, place, period)
    return urlunsplit((here.scheme, here.netloc, here.path or "/", urlencode(asked), ""))


def parameters(reader: Reader, place: str, period: Period | None) -> dict[str, str]:
    """What the filter bar says, as an address carries it; what is the case without a choice is left out."""
    asked = {} if place == CITY else {PLACE_KEY: place_name(reader.catalogue, place)}
    asked |= {} if period is None else {PERIOD_KEY: period_name(period)}
    return asked | {PARAMETER: str(reader.mart.snapshot.id)}
