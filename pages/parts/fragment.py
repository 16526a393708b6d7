"""Small pieces of HTML: one element on the page instead of six, each text a text whatever stands in it."""

from base64 import b64encode
from xml.etree.ElementTree import Element, SubElement, tostring

from sipa_data.figures import Spark


def text(parent: Element, tag: str, words: str, kind: str = "", ink: str = "") -> Element:
    """A child with words, in the class and colour that are named."""
    found = SubElement(parent, tag, {"class": kind} if kind else {})
    if ink:
        found.set("style", f"color: {ink}")
    found.text = words
    return found


def small_trend(parent: Element, small: Spark) -> None:
    """A small trend as a picture: no request, no script, and a sentence for those who do not see it."""
    packed = b64encode(small.svg.encode()).decode()
    SubElement(parent, "img", {"src": f"data:image/svg+xml;base64,{packed}", "alt": small.alt})


def as_html(element: Element) -> str:
    return tostring(element, encoding="unicode", method="html")
