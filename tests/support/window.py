"""A window without a browser: Streamlit's own messages over a raw websocket, with cookies, clicks and files.

What a hostile client may send can be sent, and everything that the server sends can be read.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.util import calc_hash
from websockets.sync.client import ClientConnection, connect

SECONDS = 30
MEDIA = re.compile(rb"/media/[0-9a-f]+(?:\.\w+)?")


class Browser:
    """Cookies of one person, and requests with them. ``Origin`` is always that of the server."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = httpx.Client(
            base_url=address, timeout=SECONDS, verify=False
        )  # plain HTTP: no list of authorities
        self.client.get("/_stcore/health")

    def cookie_header(self) -> str:
        """Cookies for our server only: the provider may run on the same host."""
        return "; ".join(f"{one.name}={one.value}" for one in self.client.cookies.jar)

    def window(self, page: str = "", query: str = "", **changed: str) -> "Window":
        return Window(self, page, query, **changed)

    def close(self) -> None:
        self.client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class Window:
    """One session. ``received`` : every message of the last run, whole."""

    def __init__(
        self, browser: Browser, page: str = "", query: str = "", *, origin: str | None = None, resume: str = ""
    ) -> None:
        self.browser = browser
        self.page = page
        self.query = query
        self.states: dict[str, WidgetState] = {}
        self.received: list[ForwardMsg] = []
        parts = urlsplit(browser.address)
        xsrf = browser.client.cookies.get("_streamlit_xsrf", default="")
        self._open = ExitStack()
        connection = connect(
            f"ws://{parts.netloc}/_stcore/stream",
            subprotocols=["streamlit", xsrf or "none", *([resume] if resume else [])],
            origin=origin or browser.address,
            additional_headers={"Cookie": browser.cookie_header()},
            max_size=None,
            open_timeout=SECONDS,
        )
        self.socket: ClientConnection = self._open.enter_context(connection)
        self.session_id = ""

    def run(self, *forged: WidgetState, part: str = "") -> "Window":
        """Let the script run with the states of this window, and with forged ones; or only a part of the page."""
        message = BackMsg()
        message.rerun_script.query_string = self.query
        message.rerun_script.page_script_hash = calc_hash(self.page) if self.page else ""
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.url = f"{self.browser.address}/{self.page}"
        message.rerun_script.context_info.timezone = "Europe/Berlin"
        message.rerun_script.fragment_id = part
        message.rerun_script.widget_states.widgets.extend([*self.states.values(), *forged])
        return self.send(message)

    def send(self, message: BackMsg) -> "Window":
        self.socket.send(message.SerializeToString())
        self.received = list(self._until_finished())
        for one in self.received:
            if one.HasField("new_session"):
                self.session_id = one.new_session.initialize.session_id or self.session_id
        return self

    def _until_finished(self) -> Iterator[ForwardMsg]:
        while True:
            message = ForwardMsg.FromString(self.socket.recv(timeout=SECONDS))
            yield message
            if message.WhichOneof("type") == "script_finished" and message.script_finished in (
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
                ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            ):
                return

    def parts(self) -> list[str]:
        """What may be built anew without the rest of the page."""
        found = [one.delta.fragment_id for one in self.received] + [one.auto_rerun.fragment_id for one in self.received]
        return [part for part in dict.fromkeys(found) if part]

    def received_elements(self) -> list:
        """Every element that the last run drew and that is not empty."""
        drawn = (one.delta.new_element for one in self.received if one.delta.WhichOneof("type") == "new_element")
        return [element for element in drawn if element.WhichOneof("type") != "empty"]

    def elements(self, kind: str) -> list:
        """Every element of a kind that the last run drew."""
        return [getattr(one, kind) for one in self.received_elements() if one.WhichOneof("type") == kind]

    def text(self) -> str:
        """Everything that the last run says in words."""
        words = [element.body for kind in ("heading", "markdown") for element in self.elements(kind)]
        words += [element.body for element in self.elements("alert")]
        return "\n".join(words)

    def choose(self, label: str, option: str) -> "Window":
        """Choose in a select box as a person would."""
        box = next(one for one in self.elements("selectbox") if one.label == label)
        self.states[box.id] = WidgetState(id=box.id, string_value=option)
        return self.run()

    def click(self, label: str) -> "Window":
        button = next(one for one in self.elements("button") if one.label == label)
        return self.run(WidgetState(id=button.id, trigger_value=True))

    def leads_to(self) -> str | None:
        """Where the last run sends the browser to sign in or out."""
        return next((one.auth_redirect.url for one in self.received if one.HasField("auth_redirect")), None)

    def downloads(self) -> list[bytes]:
        """Every file that the last run offers, made as on a click."""
        return [file for button in self.elements("download_button") if (file := self.download(button)) is not None]

    def everything(self) -> list[ForwardMsg | bytes]:
        """All that the last run sends: its messages, the files behind its buttons, and those that it points to."""
        files = self.downloads()
        pointed_to = {address for one in self.received for address in MEDIA.findall(one.SerializeToString())}
        files += [self.browser.client.get(address.decode()).content for address in sorted(pointed_to)]
        return [*self.received, *files]

    def download(self, button: object) -> bytes | None:
        """The file behind a button; None: the server gives none."""
        if not button.deferred_file_id:
            return self.browser.client.get(button.url).content
        message = BackMsg()
        message.backend_operation_request.request_id = uuid4().hex
        message.backend_operation_request.session_id = self.session_id
        message.backend_operation_request.deferred_file.file_id = button.deferred_file_id
        self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg.FromString(self.socket.recv(timeout=SECONDS))
            if answer.HasField("backend_operation_response"):
                self.received.append(answer)
                url = answer.backend_operation_response.deferred_file.url
                return self.browser.client.get(url).content if url else None

    def close(self) -> None:
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
