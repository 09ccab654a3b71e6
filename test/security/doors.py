"""Tries doors as root, who must find each open, and then as another account.

usage: doors.py < JSON {"secrets": [TEXT, …], "doors": [[KIND, …], …]}
Prints, as JSON, the doors that were shut to root, and those that were open to the other. They are:

read FILE           it holds a secret
below FOLDER        one or more of its files do
open PATH           of a file or folder, also by a link
connect SOCKET      by its path
kernel FILE         the connection file, and all sockets that it names
ask URL OWN FOREIGN answered by 200, to root with the headers OWN, to the other with those of FOREIGN
"""

import http.client
import json
import os
import socket
import sys
from pathlib import Path
from time import sleep
from urllib.parse import urlsplit

given = json.load(sys.stdin)
NOBODY = 65534
secrets = [each.encode() for each in given["secrets"]]


def read(file):
    content = Path(file).read_bytes()
    return any(secret in content for secret in secrets)


def connect(path):
    with socket.socket(socket.AF_UNIX) as attempt:
        return attempt.connect(path) is None


def ask(url, own, foreign):
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=60)
    headers = own if os.getuid() == 0 else foreign
    connection.request("GET", f"{address.path}?{address.query}", headers=headers)
    return connection.getresponse().status == 200


PLAIN = {
    "read": read,
    "open": lambda path: os.open(path, os.O_RDONLY) > 0,
    "connect": connect,
    "ask": ask,
}


def kernel(file):
    connection = json.loads(Path(file).read_text())
    secrets.append(connection["key"].encode())
    yield "read", file
    for channel in ("shell", "iopub", "stdin", "hb", "control"):
        path = f"{connection['ip']}-{connection[f'{channel}_port']}"
        while not Path(path).exists():  # the kernel is starting
            sleep(0.1)
        yield "connect", path


def below(folder):
    files = (file for file in Path(folder).rglob("*") if file.is_file())
    return [("read", str(file)) for file in files if read(file)]


SEVERAL = {"kernel": kernel, "below": below}


def opens(door):
    kind, *how = door
    try:
        return bool(PLAIN[kind](*how))
    except (OSError, KeyError):  # or nothing was found below
        return False


doors = []
for kind, *how in given["doors"]:
    doors += (list(SEVERAL[kind](*how)) if kind in SEVERAL else []) or [(kind, *how)]
shut = [door for door in doors if not opens(door)]
os.setgroups([])
os.setgid(NOBODY)
os.setuid(NOBODY)
print(json.dumps({"tried": len(doors), "shut": shut, "open": [door for door in doors if opens(door)]}))
