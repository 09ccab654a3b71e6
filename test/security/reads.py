"""Reads what a kernel says and who may ask it, as its owner and then as an account of nobody.

usage: reads.py CONNECTION TOKEN FOLDER PROCESS...
A cell prints a secret. It is looked for where the kernel tells its clients; it, TOKEN and the kernel's key
in the files of FOLDER and of the connection file's, and in what Linux tells of PROCESSES. Prints, as JSON,
where each of the two has read something.
"""

import json
import os
import sys
from pathlib import Path
from time import monotonic
from uuid import uuid4

import zmq
from jupyter_client import BlockingKernelClient

NOBODY = 65534

connection, token, folder, *processes = sys.argv[1:]
secret = f"secret {uuid4()}"
client = BlockingKernelClient(connection_file=connection)
client.load_connection_file()
client.start_channels()
client.wait_for_ready(timeout=60)
client.execute(f"setInterval(() => console.log({json.dumps(secret)}), 20); undefined;")
while client.get_iopub_msg(timeout=60)["msg_type"] != "stream":
    pass
needles = [needle.encode() for needle in (secret, token, client.session.key.decode())]


def hears(address):
    with zmq.Context() as context, context.socket(zmq.SUB) as socket:
        socket.linger = 0
        socket.subscribe(b"")
        socket.connect(address)
        end = monotonic() + 2
        while socket.poll(max(0, 1000 * (end - monotonic()))):
            if secret in str(socket.recv_multipart()):
                return True
    return False


def files():
    for top in (Path(connection).parent, Path(folder)):
        for parent, _, names in os.walk(top):
            yield from (Path(parent) / name for name in names)
    for process in processes:
        yield from (Path("/proc", process, name) for name in ("cmdline", "environ"))


def tells(file):
    try:
        content = file.read_bytes()
    except OSError:
        return False
    return any(needle in content for needle in needles)


def read():
    address = client._make_url("iopub")
    return [address] * hears(address) + [str(file) for file in files() if tells(file)]


owner = read()
os.setgroups([])
os.setgid(NOBODY)
os.setuid(NOBODY)
print(json.dumps({"owner": owner, "nobody": read()}))
