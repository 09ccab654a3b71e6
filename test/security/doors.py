"""Tries doors as root, who must find each open, and then as an account of nobody.

usage: doors.py < JSON {"secrets": [TEXT, …], "doors": [[KIND, …], …]}
Prints, as JSON, the doors that were shut to root, and those that were open to nobody. They are:

read FILE           it holds a secret
below FOLDER        one or more of its files do
list FOLDER         its names
follow LINK         where that leads
open FILE           to be read
connect SOCKET      by its path
hear ADDRESS        what a kernel tells
signal FOLDER       of /proc: its process may be sent signals, which end it
process NUMBER      all that Linux tells of it, unless it ends meanwhile; its environment holds a secret
kernel FILE         all its sockets, by its connection file, once it prints a secret
ask URL OWN FOREIGN answered by 200, to root with the headers OWN, to nobody with those of FOREIGN
"""

import http.client
import json
import os
import socket
import sys
from pathlib import Path
from queue import Empty
from urllib.parse import urlsplit
from uuid import uuid4

import zmq
from jupyter_client import BlockingKernelClient

NOBODY = 65534

given = json.load(sys.stdin)
secrets = [each.encode() for each in given["secrets"]]


def read(file):
    content = Path(file).read_bytes()
    return any(secret in content for secret in secrets)


def connect(path):
    with socket.socket(socket.AF_UNIX) as attempt:
        return attempt.connect(path) is None


def hear(address):
    with zmq.Context() as context, context.socket(zmq.SUB) as client:
        client.linger = 0
        client.subscribe(b"")
        client.connect(address)
        return client.poll(3000) > 0


def ask(url, own, foreign):
    address = urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=60)
    headers = own if os.getuid() == 0 else foreign
    connection.request("GET", f"{address.path}?{address.query}", headers=headers)
    return connection.getresponse().status == 200


PLAIN = {
    "read": read,
    "list": os.listdir,
    "follow": os.readlink,
    "open": lambda file: Path(file).open("rb"),
    "connect": connect,
    "hear": hear,
    "signal": lambda folder: os.kill(int(Path(folder).name), 0) is None,
    "ask": ask,
}


def kernel(file):
    client = BlockingKernelClient(connection_file=file)
    client.load_connection_file()
    client.start_channels()
    secret = str(uuid4())
    told = None
    while told != "stream":
        client.execute(f"setInterval(() => console.log('{secret}'), 20); undefined;")
        try:
            while told != "stream":
                told = client.get_iopub_msg(timeout=5)["msg_type"]
        except Empty:  # it was not yet there
            pass
    secrets.extend([secret.encode(), client.session.key])
    yield "read", file
    yield "hear", client._make_url("iopub")
    for channel in ("shell", "iopub", "stdin", "hb", "control"):
        yield "connect", client._make_url(channel).removeprefix("ipc://")


def process(number):
    folder = f"/proc/{number}"
    yield "read", f"{folder}/environ"
    yield "list", f"{folder}/fd"
    yield from (("follow", f"{folder}/{name}") for name in ("cwd", "exe"))
    yield from (("open", f"{folder}/{name}") for name in ("mem", "maps", "stack"))
    yield "signal", folder


def below(folder):
    files = (file for file in Path(folder).rglob("*") if file.is_file())
    return [("read", str(file)) for file in files if read(file)]


SEVERAL = {"kernel": kernel, "process": process, "below": below}


def opens(door):
    kind, *how = door
    try:
        return bool(PLAIN[kind](*how))
    except (OSError, KeyError):  # or nothing was found below
        return False


def has_ended(door):
    parts = Path(str(door[1])).parts
    return parts[:2] == ("/", "proc") and not Path(*parts[:3]).exists()


doors = []
for kind, *how in given["doors"]:
    doors += (list(SEVERAL[kind](*how)) if kind in SEVERAL else []) or [(kind, *how)]
shut = [door for door in doors if not opens(door) and not has_ended(door)]
os.setgroups([])
os.setgid(NOBODY)
os.setuid(NOBODY)
print(json.dumps({"tried": len(doors), "shut": shut, "open": [door for door in doors if opens(door)]}))
