"""The teacher's pages at the hub: /hub/class shows the learners, with buttons to stop and reset servers;
/hub/class/report is the report of the class, which polls /hub/class/hand-ins for the learners' records."""

import json
import os
import stat
import time
from contextlib import suppress
from pathlib import Path

import psutil
from jupyterhub import orm
from jupyterhub.handlers.base import BaseHandler
from jupyterhub.scopes import needs_scope
from tornado.web import authenticated

MAX_BYTES = 1_000_000  # maximum bytes to read of a file
SILENT = 30  # seconds without a status until a server counts as not responding
MIN_FAILURES = 5  # consecutive wrong tries until a learner counts as stuck


def read_own(path):
    """Returns a learner's file and its modification time. Ignores pipes and links."""
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with suppress(OSError), open(path, "rb", opener=lambda path, _: os.open(path, flags)) as file:
        stats = os.fstat(file.fileno())
        if stat.S_ISREG(stats.st_mode):
            return file.read(MAX_BYTES).decode(errors="replace"), stats.st_mtime
    return "", 0


def progress(record):
    """Computes a learner's progress and current difficulty from the record (`digits/record/learner.ts`)."""
    tries, passed, last = {}, set(), ""
    for line in record.splitlines():
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            event = json.loads(line)
            last = str(event["e"])[:20]
            tries[last] = 0 if event.get("ok") else tries.get(last, 0) + 1
            passed |= {last} if event.get("ok") else set()
    failures = tries.get(last, 0)
    stuck = failures if failures >= MIN_FAILURES else 0
    return {"tried": len(tries), "passed": len(passed), "last": last, "stuck": stuck}


def status_of(text, limits):
    """Returns the status of a learner's server. The learner can edit this file, so filter its content."""
    with suppress(ValueError, TypeError, AttributeError):
        fields = json.loads(text).items()
        return {name: value for name, value in fields if value in limits or 0 <= value < 1e12}
    return {}


def about(user, room):
    """Returns the state of a learner's server, and the learner's record and progress."""
    spawner = user.spawner
    home = Path(spawner.user_env({})["HOME"]) / "digits"
    record, at = read_own(home / "notebooks" / "digits-record.jsonl")
    text, updated = read_own(home / ".status.json")
    state = "failed" if spawner._failed else spawner.pending or ("on" if spawner.ready else "off")
    if state == "on" and time.time() - updated > SILENT:
        state = "silent"
    status = status_of(text, room.limits) if state == "on" else {}
    facts = {"name": user.name, "state": state, "status": status, "record": record, "at": at}
    return {**facts, **progress(record)}


def handlers(room):
    """Returns the handlers of a classroom. `room.resets` holds users to reset at the next server start."""

    class Teachers(BaseHandler):
        def learners(self):
            users = map(self._user_from_orm, self.db.query(orm.User).order_by(orm.User.name))
            learners = [about(user, room) for user in users if user.name != room.teacher]
            return sorted(learners, key=lambda each: (each["state"] == "off", not each["stuck"]))

    class Class(Teachers):
        @authenticated
        @needs_scope("servers")
        async def get(self):
            files = [file for file in room.hand_out.iterdir() if not file.name.startswith(".")]
            readable = {file.name for file in files if file.is_file() and os.access(file, os.R_OK)}
            free = {"memory": psutil.virtual_memory().available, "disk": psutil.disk_usage(room.folder).free}
            page = await self.render_template(
                "class.html.jinja",
                learners=self.learners(),
                files=sorted(readable),
                closed=sorted({file.name for file in files} - readable),
                free={name: amount / 10**6 for name, amount in free.items()},
                now=time.time(),
                **vars(room),
            )
            self.finish(page)

    class Report(BaseHandler):
        @authenticated
        @needs_scope("servers")
        def get(self):
            text = (room.prepared / room.language / "report.html").read_text()
            self.finish(text.replace("$XSRF", self.xsrf_token.decode()))

    class HandIns(Teachers):
        @needs_scope("servers")
        def get(self):
            learners = [learner for learner in self.learners() if learner["record"]]
            self.set_header("Content-Type", "application/json")
            self.finish(json.dumps([{"source": each["name"], "text": each["record"]} for each in learners]))

    class Act(BaseHandler):
        @needs_scope("servers")
        async def post(self, what, name):
            user = self.find_user(name)
            if user and not user.spawner.pending:
                if what == "reset":
                    room.resets[user.name] = "1"
                if user.running:
                    await self.stop_single_user(user)
                if what == "reset":
                    await self.spawn_single_user(user)
            self.redirect("/hub/class")

    pages = {"": Class, "/report": Report, "/hand-ins": HandIns, "/(stop|reset)/([^/]+)": Act}
    return [(f"/class{path}", handler) for path, handler in pages.items()]
