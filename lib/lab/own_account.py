"""Restricts JupyterLab to the account that started it, on machines with several accounts."""

import hashlib
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from jupyter_server.auth.identity import PasswordIdentityProvider


def as_listed(host, port):
    """Formats an address like /proc/net/tcp."""
    return f"{int.from_bytes(socket.inet_aton(host), sys.byteorder):08X}:{port:04X}"


def account_of(handler):
    """Returns the user id of the connected account, or None if unknown."""
    with suppress(OSError, AttributeError):  # the connection has ended
        # Look up once per connection, because every request asks, some of them twice.
        stream = handler.request.connection.stream
        if not hasattr(stream, "account"):
            stream.account = owner_of(stream.socket)
        return stream.account


def owner_of(connection):
    """Returns the user id of the process at the other end of a local connection, or None if not listed."""
    ends = [as_listed(*end) for end in (connection.getpeername(), connection.getsockname())]
    for line in Path("/proc/net/tcp").read_text().splitlines():
        row = line.split()
        if row[1:4] == [*ends, "01"]:  # local address, remote address, state "established"
            return int(row[7])
    return None


class OwnAccount(PasswordIdentityProvider):
    """Also accepts a ticket that opens the lesson once, only for the account of this server.

    The browser's command line contains the ticket instead of the token, because all accounts can read it.
    """

    used = False

    def get_token(self, handler):
        token, request = super().get_token(handler), handler.request
        ticket = hashlib.sha256(self.token.encode()).hexdigest()
        if token != ticket or self.used or request.method != "GET" or not request.path.startswith("/lab/tree/"):
            return token
        self.used = account_of(handler) == os.getuid()
        return self.token if self.used else token

    def get_cookie_name(self, handler):
        # The signed name binds the cookie to an account, because browsers send cookies to all ports of a machine.
        return f"{super().get_cookie_name(handler)}-{account_of(handler)}"
