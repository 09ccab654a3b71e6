"""Classroom extension of a learner's server: enforces limits, reports usage, copies files that the teacher
hands out, and restores originals."""

import asyncio
import json
import os
import subprocess
import time
from contextlib import suppress
from itertools import count
from math import inf
from pathlib import Path

import psutil
from copies import hand_out, originals, write
from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError, authenticated

home = Path.home() / "digits"
limits = json.loads(os.environ.get("DIGITS_CLASSROOM_LIMITS", "{}"))
INTERVAL = 2  # seconds between two measurements
DISK_INTERVAL = 15  # measurements between two of the disk, which are slow
# `busy` and `ended` are times; 0 means never.
status = {"memory": 0, "processes": 0, "disk": 0, "busy": 0, "ended": 0}


def memory_of(processes):
    total = 0
    for process in processes:
        with suppress(psutil.Error):
            memory = process.memory_full_info()
            # PSS divides shared memory among processes, if the system reports it.
            total += getattr(memory, "pss", memory.uss)
    return total // 10**6


def keep_limits():
    """Measures usage. Beyond a limit, kills the largest process tree of the server: a kernel."""
    server, trees = psutil.Process(), []
    for child in server.children():
        with suppress(psutil.Error):
            trees.append([*child.children(recursive=True), child])
    status["processes"] = sum(map(len, trees))
    status["memory"] = memory_of([server, *sum(trees, [])])
    for name, measure in {"memory": memory_of, "processes": len}.items():
        if trees and status[name] > limits.get(name, inf):
            status.update(ended=time.time(), by=name, was=status[name])
            for process in max(trees, key=measure):
                with suppress(psutil.Error):
                    process.kill()
            return


def megabytes_on_disk():
    with suppress(ValueError, IndexError):
        return int(subprocess.run(["du", "-sk", home], capture_output=True).stdout.split()[0]) * 1024 // 10**6
    return 0


async def watch(kernels):
    for tick in count():
        await asyncio.to_thread(keep_limits)
        if tick % DISK_INTERVAL == 0:
            status["disk"] = await asyncio.to_thread(megabytes_on_disk)
        is_busy = any(kernel["execution_state"] == "busy" for kernel in kernels.list_kernels())
        status["busy"] = is_busy and (status["busy"] or time.time())
        with suppress(OSError):  # such as on a full disk
            write(home / ".status.json", json.dumps(status).encode())
            if folder := os.environ.get("DIGITS_CLASSROOM_HAND_OUT"):
                await asyncio.to_thread(hand_out, Path(folder), home)
        await asyncio.sleep(INTERVAL)


class Classroom(APIHandler):
    _track_activity = False  # an open page alone does not keep the server alive

    @authenticated
    def get(self):
        self.finish({"status": status, "limits": limits, "originals": list(originals(home))})

    @authenticated
    def post(self):
        """Restores an original under its name, after the learner's copy was renamed."""
        name = str((self.get_json_body() or {}).get("name"))
        if name not in originals(home) or (home / "notebooks" / name).exists():
            raise HTTPError(409)
        write(home / "notebooks" / name, originals(home)[name].read_bytes())
        self.finish({})


def _load_jupyter_server_extension(app):
    address = app.web_app.settings["base_url"] + "digits/classroom"
    app.web_app.add_handlers(".*$", [(address, Classroom)])
    app.digits_classroom = asyncio.ensure_future(watch(app.kernel_manager))
