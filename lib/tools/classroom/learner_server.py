"""What the classroom adds to a learner's server, as an extension of Jupyter Server.

It sees that the learner keeps to the limits, and tells the page how near they are; gives what the teacher
hands out meanwhile; brings originals back; and tells the teacher's page, by a file, what goes on.
"""

import asyncio
import json
import os
import time
from contextlib import suppress
from math import inf
from pathlib import Path

import psutil
from copies import hand_out, originals, write
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated

home = Path.home() / "digits"
limits = json.loads(os.environ.get("DIGITS_CLASSROOM_LIMITS") or "{}")
handed_out = os.environ.get("DIGITS_CLASSROOM_HAND_OUT")

SECONDS = 2
SECONDS_OF_DISK = 30
status = {"memory": 0, "processes": 0, "disk": 0, "busy": None, "ended": None}


def below():
    return psutil.Process().children(recursive=True)


def in_use():
    """Returns the megabytes of the server with all that it has started, and how many processes these are."""
    total, started = 0, below()
    for each in [psutil.Process(), *started]:
        with suppress(psutil.Error):
            memory = each.memory_full_info()
            # What processes share is divided among them where the system tells it.
            total += getattr(memory, "pss", memory.uss)
    return {"memory": total // 10**6, "processes": len(started)}


def on_disk():
    total = 0
    for folder, _, names in os.walk(home):
        for name in names:
            with suppress(OSError):
                total += os.lstat(os.path.join(folder, name)).st_blocks * 512
    return {"disk": total // 10**6}


def end_all():
    """Ends all that the server has started. Stopped first, none can start another one meanwhile."""
    stopped = set()
    while new := set(below()) - stopped:
        for each in new:
            with suppress(psutil.Error):
                each.suspend()
        stopped |= new
    for each in stopped:
        with suppress(psutil.Error):
            each.kill()


async def watch(kernels):
    walked = -inf
    while True:
        now = time.time()
        status.update(await asyncio.to_thread(in_use))
        over = [each for each in ("memory", "processes") if status[each] > limits.get(each, inf)]
        if over:
            status["ended"] = {"by": over[0], "was": status[over[0]], "at": now}
            await asyncio.to_thread(end_all)
        if now - walked > SECONDS_OF_DISK:
            status.update(await asyncio.to_thread(on_disk))
            walked = now
        busy = any(each["execution_state"] == "busy" for each in kernels.list_kernels())
        status["busy"] = (status["busy"] or now) if busy else None
        with suppress(OSError):  # a full disk
            write(home / ".status.json", json.dumps(status).encode())
            if handed_out:
                await asyncio.to_thread(hand_out, int(handed_out), home)
        await asyncio.sleep(SECONDS)


class Classroom(APIHandler):
    # An open page alone does not keep the server.
    _track_activity = False

    @authenticated
    def get(self):
        self.finish({"status": status, "limits": limits, "originals": list(originals(home))})

    @authenticated
    def post(self):
        """Brings an original back under its name, which the learner's copy has no longer."""
        name = (self.get_json_body() or {}).get("name")
        copy = home / "notebooks" / str(name)
        original = originals(home).get(name)
        if not original or copy.exists():
            raise HTTPError(409, f"There is no original of {name}, or a copy has its name.")
        write(copy, original.read_bytes())
        self.finish({})


def _load_jupyter_server_extension(app):
    address = url_path_join(app.web_app.settings["base_url"], "digits/classroom")
    app.web_app.add_handlers(".*$", [(address, Classroom)])
    app.digits_classroom = asyncio.ensure_future(watch(app.kernel_manager))
