"""Runs a notebook on its kernel, and then on a second one while the first is still there.

usage: notebook.py NOTEBOOK KERNEL FOLDER KERNELS
NOTEBOOK is .ipynb or .py in cells of `# %%`. Tells the seconds from a kernel's start to the end of
the last cell, the processor seconds meanwhile, the most memory that the kernel held (RSS), and what
the last of the kernels holds at its end (PSS: shared pages count by share). Memory in bytes, and
only where there is /proc.
"""

import json
import re
import sys
import time
from pathlib import Path

import jupytext
from jupyter_core.utils import run_sync
from nbclient import NotebookClient


def family(pid):
    """A process and all that it started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            number, rest = stat.read_text().rsplit(")", 1)
        except OSError:
            continue  # it has ended
        parents[int(number.split(" ")[0])] = int(rest.split()[1])
    members = [pid]
    for member in members:
        members += [child for child, parent in parents.items() if parent == member]
    return members


def memory(pid, file, field):
    """The sum of a field of /proc over a process and all that it started, in bytes."""
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    texts = (Path(f"/proc/{member}/{file}").read_text() for member in family(pid))
    return sum(1024 * int(re.search(rf"^{field}:\s+(\d+)", text, re.M)[1]) for text in texts)


def cpu(pid):
    if not Path("/proc/self/stat").exists():
        return 0
    fields = (Path(f"/proc/{member}/stat").read_text().rsplit(")", 1)[1] for member in family(pid))
    return sum(int(ticks) for text in fields for ticks in text.split()[11:13]) / 100


def run(path, kernel, folder, others):
    notebook = jupytext.read(path)
    client = NotebookClient(notebook, kernel_name=kernel, timeout=600, startup_timeout=60)
    own, began = time.process_time(), time.perf_counter()
    client.km = client.create_kernel_manager()
    client.start_new_kernel(cwd=folder)
    client.start_new_kernel_client()
    ready = time.perf_counter()
    for index, cell in enumerate(notebook.cells):
        if cell.cell_type == "code":
            client.execute_cell(cell, index)
    seconds = time.perf_counter() - began
    own = time.process_time() - own
    pid = client.km.provisioner.pid
    values = {
        "seconds": seconds,
        "kernel": ready - began,
        "cpu": cpu(pid) + own,
        "peak": memory(pid, "status", "VmHWM"),
    }
    if others:
        values["second"] = run(path, kernel, folder, others - 1)
    else:
        values["pss"] = memory(pid, "smaps_rollup", "Pss")
    client.kc.stop_channels()
    run_sync(client.km.shutdown_kernel)(now=True)
    return values


path, kernel, folder, kernels = sys.argv[1:]
result = run(path, kernel, folder, int(kernels) - 1)
print("@bench " + json.dumps({"event": "ran", **result}), flush=True)
