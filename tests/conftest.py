"""Fixtures for all tests."""

import socket

import pytest


@pytest.fixture
def no_network(monkeypatch):
    """Fail whatever asks for another machine."""

    def refuse(*_arguments: object, **_settings: object) -> None:
        raise AssertionError("the network was asked for")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
