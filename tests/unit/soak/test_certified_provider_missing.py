"""The soak test with npm's provider is left out with a sentence where it cannot be had, and never hangs."""

import subprocess

import pytest

certified_provider = pytest.importorskip("soak.certified_provider", reason="oidc-provider-mock is missing")


def test_without_node_and_npm_a_sentence_says_what_to_install(monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert certified_provider.run() == []
    assert capsys.readouterr().out == "Ausgelassen: Node.js und npm fehlen (apt-get install nodejs npm).\n"


def no_answer(command, **_):
    raise subprocess.TimeoutExpired(command, certified_provider.INSTALL_SECONDS)


def refused(command, **_):
    return subprocess.CompletedProcess(command, 1, "", "ENOTFOUND")


@pytest.mark.parametrize("registry", [no_answer, refused])
def test_without_a_registry_it_is_the_same(monkeypatch, capsys, registry):
    monkeypatch.setattr(certified_provider.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(certified_provider.subprocess, "run", registry)
    assert certified_provider.run() == []
    assert "lässt sich nicht laden" in capsys.readouterr().out
