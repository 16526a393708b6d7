"""The example of docs/examples/nginx.conf with Debian's nginx: TLS, websocket, and nothing of the machinery."""

import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.support.programs import missing
from tests.support.server import running_server
from tests.support.sign_in import sign_in_environment
from tests.support.small_city import published_below

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "nginx.conf"
NAME = "lagebild.example.org"
NGINX = os.environ.get("SIPA_TEST_NGINX") or shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@pytest.fixture(scope="module", autouse=True)
def nginx_is_here():
    if NGINX is None:
        missing("nginx", "nginx-light")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def certificate(folder):
    """A self-signed certificate and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "lagebild.pem").write_bytes(built.public_bytes(serialization.Encoding.PEM))
    (folder / "lagebild.key").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )


def adapted(folder, server, plain, secure):
    """The example with the ports and paths of this test, inside the frame that Debian puts around it."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for old, new in {
        "127.0.0.1:8501": f"127.0.0.1:{server}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "/etc/ssl/certs/": f"{folder}/",
        "/etc/ssl/private/": f"{folder}/",
    }.items():
        assert old in text
        text = text.replace(old, new)
    paths = "".join(
        f"{name} {folder}/{name};\n"
        for name in (
            "client_body_temp_path",
            "proxy_temp_path",
            "fastcgi_temp_path",
            "uwsgi_temp_path",
            "scgi_temp_path",
        )
    )
    return (
        f"pid {folder}/pid;\nerror_log {folder}/fehler.log;\ndaemon off;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{text}\n}}\n"
    )


@pytest.fixture(scope="module")
def proxied(tmp_path_factory):
    """Ports of a running nginx in front of a running server."""
    folder = tmp_path_factory.mktemp("nginx")
    certificate(folder)
    server, plain, secure = free_port(), free_port(), free_port()
    (folder / "nginx.conf").write_text(adapted(folder, server, plain, secure), encoding="utf-8")
    environment = sign_in_environment(folder, public=f"https://{NAME}")
    with running_server(published_below(folder), folder / "log", port=server, **environment):
        nginx = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")])
        try:
            yield wait_for(secure, nginx, folder), plain, secure
        finally:
            nginx.terminate()
            nginx.wait(timeout=20)


def wait_for(port, nginx, folder):
    for _ in range(100):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return folder
        if nginx.poll() is not None:
            break
        time.sleep(0.1)
    pytest.fail((folder / "fehler.log").read_text(encoding="utf-8"))


def get(proxied, path, *, secure=True, **headers):
    _, plain, encrypted = proxied
    base = f"https://127.0.0.1:{encrypted}" if secure else f"http://127.0.0.1:{plain}"
    return httpx.get(base + path, headers={"Host": NAME} | headers, verify=False)  # the certificate is our own


def test_without_encryption_one_is_sent_to_the_encrypted_address(proxied):
    answer = get(proxied, "/bezirk?gebiet=Hafen", secure=False)
    assert answer.status_code == 301
    assert answer.headers["location"] == f"https://{NAME}/bezirk?gebiet=Hafen"


def test_pages_come_with_every_header_and_no_version(proxied):
    answer = get(proxied, "/bezirk")
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert f"wss://{NAME}" in answer.headers["content-security-policy"]
    assert not re.search(r"\d", answer.headers.get("server", ""))


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check"])
def test_the_machinery_is_not_reachable(proxied, path):
    assert get(proxied, path).status_code in (403, 404)


def test_cookies_travel_only_encrypted(proxied):
    cookies = get(proxied, "/_stcore/health").headers.get_list("set-cookie")
    assert cookies
    assert all("Secure" in cookie for cookie in cookies)


def socket_of(proxied, origin):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    wire = socket.create_connection(("127.0.0.1", proxied[2]))
    return connect(
        f"wss://{NAME}/_stcore/stream", sock=wire, ssl=context, server_hostname=NAME, origin=origin,
        subprotocols=["streamlit", "none"], max_size=None,
    )  # fmt: skip


def test_the_websocket_goes_through_and_asks_to_sign_in(proxied):
    message = BackMsg()
    message.rerun_script.query_string = ""
    with socket_of(proxied, f"https://{NAME}") as window:
        window.send(message.SerializeToString())
        said = b""
        while b"Bitte melden Sie sich an." not in said:
            received = window.recv(timeout=30)
            said += received
            assert ForwardMsg.FromString(received).WhichOneof("type") != "script_finished"


def test_the_websocket_of_another_site_does_not(proxied):
    with pytest.raises(InvalidStatus), socket_of(proxied, "https://evil.example"):
        pass


def test_a_client_cannot_say_that_it_is_this_machine(proxied):
    answer = get(proxied, "/", **{"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"})
    assert answer.status_code == 200
    assert get(proxied, "/_stcore/metrics", **{"X-Forwarded-For": "127.0.0.1"}).status_code in (403, 404)
