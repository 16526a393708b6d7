"""``python -m bench.unasked run app.py …``: the product where nobody is asked who they are and nothing is logged.

Only for ``bench/roles.py``, which compares with it. All else is the product: its server, its pages, its protection.
"""

import sys

from streamlit.web import cli

from pages.parts import identity, record
from sipa_data.access.scope import Scope
from sipa_data.entrance import Visitor

CHAIR = Visitor((Scope.chair(),), "messung")


def main() -> None:
    identity.visitor = lambda: CHAIR
    identity.way_out = lambda _: None
    identity.banner = lambda: None
    record.seen = lambda *_: None
    sys.argv[0] = "streamlit"
    cli.main()


if __name__ == "__main__":
    main()
