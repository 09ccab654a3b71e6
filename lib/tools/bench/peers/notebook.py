"""Runs a notebook on its kernel. It asks for all cells at once, as "Run All" does.

usage: notebook.py NOTEBOOK KERNEL FOLDER
NOTEBOOK is .ipynb or .py in cells of `# %%`. It tells the seconds to the kernel's start and to the
end of the last cell, and the most memory that the kernel held (RSS), in bytes, if there is /proc.
"""

import json
import re
import sys
import time
from contextlib import suppress
from pathlib import Path
from queue import Empty

import jupytext
import psutil
from jupyter_client.manager import start_new_kernel


def peak(process):
    """Sums the most memory that a process, and each that it started, has held, in bytes."""
    if not Path("/proc/self/status").exists():
        return None
    family = [process, *process.children(recursive=True)]
    statuses = [Path(f"/proc/{each.pid}/status").read_text() for each in family]
    return sum(1024 * int(re.search(r"^VmHWM:\s+(\d+)", each, re.M)[1]) for each in statuses)


def run_all(manager, client, cells):
    """Runs until the last cell has ended; raises, with its traceback, if one has failed."""
    waiting = [client.execute(cell) for cell in cells]
    while waiting:
        if not manager.is_alive():
            raise RuntimeError("the kernel has ended")
        with suppress(Empty):
            reply = client.get_shell_msg(timeout=5)["content"]
            if reply["status"] != "ok":
                raise RuntimeError("\n".join(reply["traceback"]))
            waiting.pop()


path, kernel, folder = sys.argv[1:]
cells = [cell.source for cell in jupytext.read(path).cells if cell.cell_type == "code"]
began = time.perf_counter()
manager, client = start_new_kernel(kernel_name=kernel, startup_timeout=60, cwd=folder)
ready = time.perf_counter()
run_all(manager, client, cells)
seconds = [ready - began, time.perf_counter() - began]
result = {"seconds": seconds, "peak": peak(psutil.Process(manager.provisioner.pid))}
client.stop_channels()
manager.shutdown_kernel(now=True)
print("@bench " + json.dumps({"event": "ran", **result}), flush=True)
