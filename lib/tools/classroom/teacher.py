"""The teacher's page at the hub: who is there, what goes on, and what the learners' records say.

/hub/class             the page, which asks for the rest
/hub/class/data        JSON: the machine, and each learner with the record as it stands
/hub/class/reset/NAME  sets a learner's work aside, and starts the server with fresh copies
"""

import os
import stat
from contextlib import suppress
from pathlib import Path

import psutil
from jupyterhub import orm
from jupyterhub.handlers.base import BaseHandler
from jupyterhub.scopes import needs_scope
from tornado.web import HTTPError, authenticated

MOST = 1_000_000  # bytes of a record that are read


def read_own(path, owner):
    """Returns the text of a learner's file, and since when it stands. What is nobody's file, or another's, is none."""
    with suppress(OSError):
        opened = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with open(opened, "rb") as file:
            found = os.fstat(opened)
            if stat.S_ISREG(found.st_mode) and found.st_uid == owner:
                file.seek(max(0, found.st_size - MOST))
                return {"text": file.read(MOST).decode(errors="replace"), "at": found.st_mtime}
    return None


def about(user, owner_of):
    spawner = user.spawner
    with suppress(KeyError):  # an account that is no more
        kept = Path(spawner.user_env({})["HOME"]) / "digits"
        owner = owner_of(user.name)
        state = "failed" if spawner._failed else spawner.pending or ("on" if spawner.ready else "off")
        return {
            "name": user.name,
            "state": state,
            "status": read_own(kept / ".status.json", owner),
            "record": read_own(kept / "notebooks" / "digits-record.jsonl", owner),
        }


def handlers(teacher, language, page, hand_out, limits, owner_of, resets):
    """Returns the handlers; who is to be reset goes to `resets`, by name, until the server starts."""

    class Page(BaseHandler):
        @authenticated
        @needs_scope("servers")
        def get(self):
            text = page.read_text().replace('lang="en"', f'lang="{language}"', 1)
            self.finish(text.replace("$XSRF", self.xsrf_token.decode()))

    class Data(BaseHandler):
        @needs_scope("servers")
        def get(self):
            users = map(self._user_from_orm, self.db.query(orm.User).order_by(orm.User.name))
            learners = [about(each, owner_of) for each in users if each.name != teacher]
            memory, disk = psutil.virtual_memory(), psutil.disk_usage(str(hand_out))
            files = [each for each in hand_out.iterdir() if not each.name.startswith(".")]
            self.finish({
                "learners": list(filter(None, learners)),
                "limits": limits,
                "free": {"memory": memory.available // 10**6, "disk": disk.free // 10**6},
                "handOut": str(hand_out),
                "handedOut": sorted(each.name for each in files if each.is_file()),
                # Learners are others than the teacher, and cannot read every file.
                "closed": sorted(
                    each.name for each in files if not (each.is_file() and each.stat().st_mode & 4)
                ) if "threads" in limits else [],
            })  # fmt: skip

    class Reset(BaseHandler):
        @needs_scope("servers")
        async def post(self, name):
            user = self.find_user(name)
            if not user or user.spawner.pending:
                raise HTTPError(409)
            resets.add(user.name)
            if user.running:
                await self.stop_single_user(user)
            await self.spawn_single_user(user)

    return [(r"/class", Page), (r"/class/data", Data), (r"/class/reset/([^/]+)", Reset)]
