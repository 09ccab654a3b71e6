"""Who may enter JupyterLab, on a machine with several accounts."""

import hashlib
import os
import socket
import sys
from contextlib import suppress
from pathlib import Path

from jupyter_server.auth.identity import PasswordIdentityProvider


def as_listed(host, port):
    return f"{int.from_bytes(socket.inet_aton(host), sys.byteorder):08X}:{port:04X}"


def account_of(handler):
    """Returns the user id of who is connected; None where the system does not tell."""
    with suppress(OSError, AttributeError):  # nobody is any more
        # Looked up once a connection, which stays one account's: each request asks, some of them twice.
        stream = handler.request.connection.stream
        if not hasattr(stream, "account"):
            stream.account = owner_of(stream.socket)
        return stream.account


def owner_of(connection):
    ends = [as_listed(*end) for end in (connection.getpeername(), connection.getsockname())]
    for line in Path("/proc/net/tcp").read_text().splitlines():
        row = line.split()
        if row[1:4] == [*ends, "01"]:  # established
            return int(row[7])


class OwnAccount(PasswordIdentityProvider):
    """Also takes a ticket, which opens the lesson once, to the account of this server.

    The browser is started with it in place of the token: command lines are for all accounts to see.
    """

    used = False

    def get_token(self, handler):
        given, asked = super().get_token(handler), handler.request
        ticket = hashlib.sha256(self.token.encode()).hexdigest()
        if given != ticket or self.used or asked.method != "GET" or not asked.path.startswith("/lab/tree/"):
            return given
        self.used = account_of(handler) == os.getuid()
        return self.token if self.used else given

    def get_cookie_name(self, handler):
        # Signed with its value, so that it serves no other account: browsers send it to all ports of this machine.
        return f"{super().get_cookie_name(handler)}-{account_of(handler)}"
