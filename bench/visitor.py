"""A visitor without a browser: speaks Streamlit's websocket, changes a select box, and waits until the page is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from itertools import cycle

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

CHANGED = "Gebiet"
OPTIONS = 6
"""Between so many options the visitor changes."""
PATIENCE = 120


class Visitor:
    """One session on one page."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._boxes: dict[str, tuple[str, str]] = {}  # label → id and value
        self._held: list[str] = []  # fingerprints of messages that need not be sent again
        self._options: list[str] = []
        self.run()
        self._next = cycle(self._options[:OPTIONS])

    @classmethod
    @contextmanager
    def at(cls, address: str, cookie: str = "") -> Iterator["Visitor"]:
        """Somebody at a page; ``cookie`` : all cookies of somebody who signed in."""
        stream = f"{address.replace('http', 'ws', 1)}/_stcore/stream"
        token = SimpleCookie(cookie).get("_streamlit_xsrf")
        with connect(
            stream,
            subprotocols=["streamlit", *([token.value] if token else [])],
            origin=address if cookie else None,
            additional_headers={"Cookie": cookie} if cookie else {},
            max_size=None,
            ping_interval=None,
        ) as connection:
            yield cls(connection)

    def change(self) -> None:
        """Choose the next option and wait until the page is drawn."""
        identifier, _ = self._boxes[CHANGED]
        self._boxes[CHANGED] = identifier, next(self._next)
        self.run()

    def all_options(self) -> None:
        """Once through all options, so that every one of them has been seen."""
        for _ in range(OPTIONS):
            self.change()

    def run(self) -> None:
        """Ask for a run with the present choices, and read until it is finished."""
        wish = BackMsg()
        state = wish.rerun_script
        state.context_info.timezone, state.context_info.locale = "Europe/Berlin", "de-DE"
        state.context_info.url = "http://127.0.0.1/"
        for identifier, value in self._boxes.values():
            box = state.widget_states.widgets.add()
            box.id, box.string_value = identifier, value
        state.cached_message_hashes.extend(self._held)
        self._connection.send(wish.SerializeToString())
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._connection.recv(PATIENCE))
            kind = message.WhichOneof("type")
            if message.metadata.cacheable and message.hash not in self._held:
                self._held.append(message.hash)
            if kind == "delta":
                self._note(message)
            elif kind == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
                    raise RuntimeError("the page did not run to its end")
                return

    def _note(self, message: ForwardMsg) -> None:
        element = message.delta.new_element
        if element.WhichOneof("type") == "exception":
            raise RuntimeError(element.exception.message)
        if element.WhichOneof("type") == "alert" and element.alert.format == Alert.ERROR:
            raise RuntimeError(element.alert.body)  # what our server makes of an exception
        if element.WhichOneof("type") == "selectbox":
            box = element.selectbox
            known = self._boxes.get(box.label)
            value = known[1] if known else box.options[box.default]
            self._boxes[box.label] = box.id, value
            if box.label == CHANGED:
                self._options = list(box.options)
