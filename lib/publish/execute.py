"""Executes a notebook on its kernel and prints events, one JSON object per line.

usage: execute.py FOLDER TIMEOUT
Executes the notebook in the first line of stdin, with FOLDER as the working directory and at most TIMEOUT
seconds per cell. Events, each with the index of its cell: stream (text); display (data, id);
done (ok, seconds); and at most once failed (reason: error, timeout, dead kernel, no kernel, stopped;
message). The last event is end, with the (partially) executed notebook. Stops when stdin closes: Windows has
no signal for a graceful stop, and so it also ends with its parent.
"""

import asyncio
import json
import os
import re
import signal
import sys
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from queue import Empty
from subprocess import DEVNULL
from threading import Thread
from time import monotonic

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat.v4 import output_from_msg
from traitlets.config import Config

sys.path.append(str(Path(__file__).parents[1] / "lab" / "jupyter"))

from sockets import own_folder  # noqa: E402

DISPLAYS = {"display_data", "update_display_data", "execute_result"}
REASONS = (
    (CellExecutionError, "error"),
    (CellTimeoutError, "timeout"),
    (DeadKernelError, "dead kernel"),
    ((NoSuchKernel, RuntimeError), "no kernel"),
)


def tell(event, cell, **more):
    print(json.dumps({"event": event, "cell": cell, **more}), flush=True)


class Client(NotebookClient):
    """Prints an event per kernel message. Keeps output of finished cells, which nbclient drops."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.running = None
        self.cells = {}  # by message id of the execution request

    def attach(self):
        get = self.kc.iopub_channel.get_msg

        async def get_and_tell(*args, **options):
            message = await get(*args, **options)
            self.hear(message)
            return message

        self.kc.iopub_channel.get_msg = get_and_tell

    def hear(self, message):
        kind, content = message["msg_type"], message["content"]
        # A request's first message (status busy) arrives while its cell is running.
        cell = self.cells.setdefault(message["parent_header"].get("msg_id"), self.running)
        if cell is None:
            return
        if kind == "stream" and cell != self.running:
            self.nb.cells[cell].outputs.append(output_from_msg(message))
        elif kind == "stream":
            tell("stream", cell, text=content["text"])
        elif kind in DISPLAYS:
            display_id = (content.get("transient") or {}).get("display_id")
            tell("display", cell, data=content["data"], id=display_id)

    async def run(self, cell, index):
        self.running = index
        began = monotonic()
        ok = False
        try:
            await self.async_execute_cell(cell, index)
            ok = True
        finally:
            tell("done", index, ok=ok, seconds=monotonic() - began)
            self.running = None

    async def settle(self):
        """Waits for late output of the last cell: until the kernel has replied, and 0.3 s without a message."""
        with suppress(Empty, TimeoutError):
            await self.kc.kernel_info(reply=True, timeout=10)
            while True:
                await self.kc.iopub_channel.get_msg(timeout=0.3)


def call_at_end_of_input(loop, stop):
    def wait():
        # Not sys.stdin: its lock would still be held at Python's exit.
        while os.read(0, 1):
            pass
        with suppress(RuntimeError):  # the event loop has ended
            loop.call_soon_threadsafe(stop)

    Thread(target=wait, daemon=True).start()


async def run(client, folder):
    task = asyncio.current_task()
    stopped = False

    def stop():
        nonlocal stopped
        stopped = True
        client.shutdown_kernel = "immediate"
        task.cancel()

    def count(cell, cell_index, execute_reply):
        # nbclient reads the count from execute_input, which tslab does not send.
        cell.execution_count = execute_reply["content"].get("execution_count")

    client.on_cell_executed = count
    call_at_end_of_input(asyncio.get_running_loop(), stop)
    index = None
    try:
        # Node makes an inherited stdout non-blocking, which would truncate our long lines.
        async with client.async_setup_kernel(cwd=folder, stdout=DEVNULL):
            client.attach()
            for index, cell in enumerate(client.nb.cells):
                if cell.cell_type == "code":
                    await client.run(cell, index)
            index = None
            await client.settle()
    except (asyncio.CancelledError, Exception) as error:
        named = (name for kind, name in REASONS if isinstance(error, kind))
        reason = "stopped" if stopped else next(named, type(error).__name__)
        tell("failed", index, reason=reason, message=str(error))


def coalesced(outputs):
    """Joins adjacent streams, and applies carriage returns like a terminal.

    nbclient's own method would move text across figures.
    """
    for (kind, _), alike in groupby(outputs, lambda each: (each.output_type, each.get("name"))):
        first, *others = alike
        if kind == "stream":
            text = first.text + "".join(output.text for output in others)
            first.text = re.sub(r"^.*\r(?!$)|\r+$", "", text, flags=re.M)
            others = []
        yield from [first, *others]


def listens_on_sockets(kernel):
    """Returns whether a kernel supports sockets: the stock tslab supports only ports."""
    with suppress(NoSuchKernel):  # reported by the execution
        return Path(KernelSpecManager().get_kernel_spec(kernel).argv[0]).stem != "tslab"
    return True


def main(folder, timeout):
    # On Windows, Ctrl+C also reaches this process. Only the parent handles it.
    signal.signal(signal.SIGINT, lambda *_: None)
    notebook = nbformat.reads(sys.stdin.buffer.readline().decode(), as_version=4)
    kernel = notebook.metadata.kernelspec.name
    options = {"kernel_name": kernel, "timeout": int(timeout), "startup_timeout": 60}
    with own_folder() as private:
        manager = {}
        if private:
            manager["connection_file"] = str(private / "kernel.json")
            if listens_on_sockets(kernel):
                manager["transport"] = "ipc"
        options["config"] = Config({"KernelManager": manager})
        client = Client(notebook, **options)
        asyncio.run(run(client, folder))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = list(coalesced(cell.outputs))
    tell("end", None, notebook=json.loads(nbformat.writes(notebook)))


if __name__ == "__main__":
    main(*sys.argv[1:])
