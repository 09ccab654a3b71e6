"""The classroom's JupyterHub, on this machine: `npm run classroom` starts it with this file.

All run as the account that started it, which is not root.

It starts in the folder of the hub's own files, which is nobody else's, and reads DIGITS_CLASSROOM, as JSON:

folder     of the classroom, with the learners' files
passwords  the learners' and the teacher's
ports      of 127.0.0.1: the classroom's, the hub's own and its proxy's
language   the lesson that opens: en or zh
teacher    the name that has the teacher's page
limits     of a learner, those that are not the usual ones, such as `memory=2000,disk=500`

What the teacher is to read goes to file descriptor 3, JupyterHub's own log to the standard ones.
"""

import atexit
import json
import os
import signal
import socket
import sys
import unicodedata
from contextlib import suppress
from hmac import compare_digest
from pathlib import Path
from types import SimpleNamespace

import psutil
import yaml
from jupyterhub.auth import Authenticator
from jupyterhub.spawner import SimpleLocalProcessSpawner
from tornado.web import HTTPError

c = get_config()  # noqa: F821, by JupyterHub

here = Path(__file__).resolve().parent
project = here.parents[2]
sys.path.append(str(here))

from teacher import handlers  # noqa: E402

given = json.loads(os.environ["DIGITS_CLASSROOM"])
passwords = given.pop("passwords")
room = SimpleNamespace(**given, prepared=project / "build" / "classroom", resets={})
room.folder = Path(room.folder)
room.t = yaml.safe_load((here / "page" / f"{room.language}.yml").read_text())
limits = f"memory=2000,processes=50,disk=2000,{room.limits}".strip(",").split(",")
room.limits = {name: int(most) for name, most in (each.split("=") for each in limits)}


def runs(pid, program):
    """Returns whether a process runs a program: a number that was kept may be another one's by now."""
    with suppress(psutil.Error):
        return program in " ".join(psutil.Process(pid).cmdline())
    return False


proxy_pid = Path("proxy.pid")


def end_proxy():
    """Ends a proxy that has outlived its hub. By itself JupyterHub would end whoever has its number by now."""
    if proxy_pid.exists():
        left = int(proxy_pid.read_text() or 0)
        if runs(left, "configurable-http-proxy"):
            proxy = psutil.Process(left)
            proxy.kill()
            proxy.wait(10)  # until its port is free
        proxy_pid.unlink()


# Of a hub that was killed; and ours, if the hub cannot start or is told to end before it has.
end_proxy()
atexit.register(end_proxy)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

# The proxy would go on without a port that another program has.
for port in room.ports:
    socket.create_server(("127.0.0.1", port)).close()
# Loopback only. Learners come through a server before it that speaks HTTPS (README.md).
addresses = [f"http://127.0.0.1:{port}" for port in room.ports]
c.JupyterHub.bind_url, c.JupyterHub.hub_bind_url, c.ConfigurableHTTPProxy.api_url = addresses
c.ConfigurableHTTPProxy.command = [str(room.prepared / "node_modules/.bin/configurable-http-proxy")]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(proxy_pid)
c.JupyterHub.log_level = "WARN"


def folded(text):
    """Returns text as it is compared: an é in one form, and full-width letters as the plain ones."""
    return unicodedata.normalize("NFKC", text)


def is_name(name):
    """Returns whether a name may become a folder and a part of addresses. Chinese ones are welcome."""
    signs = {each for each in name if unicodedata.category(each)[0] not in "LMN"}
    return 0 < len(name) <= 32 and name[0] not in ".-" and signs <= set("_.-")


def is_teacher(user):
    return user and user.name == room.teacher


class OnePassword(Authenticator):
    """Lets in any name with the class's password, the teacher with another one, and says what a name may be."""

    def normalize_username(self, username):
        return super().normalize_username(folded(username))

    async def authenticate(self, handler, data):
        name = self.normalize_username(data["username"])
        if not is_name(name):
            raise HTTPError(403, room.t["another_name"])
        asked = passwords["teacher" if name == room.teacher else "learners"]
        # As bytes: of text it compares ASCII alone.
        is_right = compare_digest(folded(data["password"]).encode(), folded(asked).encode())
        return name if is_right else None

    def get_handlers(self, app):
        return [*super().get_handlers(app), *handlers(room)]


class Server(SimpleLocalProcessSpawner):
    async def poll(self):
        # By itself JupyterHub would take any process for a server that was left, and stop that, by its number.
        if not self.proc and not runs(self.pid, "singleuser"):
            self.pid = 0
        return await super().poll()


room.hand_out = room.folder / "hand-out"
room.hand_out.mkdir(exist_ok=True)
c.Spawner.environment = {
    "DIGITS_CLASSROOM_LANGUAGE": room.language,
    "DIGITS_CLASSROOM_LIMITS": json.dumps(room.limits),
    "DIGITS_CLASSROOM_HAND_OUT": str(room.hand_out),
    "DIGITS_CLASSROOM_TEACHERS": lambda server: str(room.hand_out) if is_teacher(server.user) else "",
    "DIGITS_CLASSROOM_RESET": lambda server: room.resets.pop(server.user.name, ""),
}
room.teacher = folded(room.teacher).lower()
if not is_name(room.teacher):
    os.write(3, f"--teacher {room.teacher}: {room.t['another_name']}\n".encode())
    sys.exit(1)
learners = room.folder / "learners"
learners.mkdir(exist_ok=True)
learners.chmod(0o700)  # their homes are open to all accounts of the machine
c.SimpleLocalProcessSpawner.home_dir_template = str(learners / "{username}")
# Their homes' paths are too long for the addresses of sockets (singleuser.py).
c.Spawner.environment["JUPYTER_RUNTIME_DIR"] = lambda server: str(room.folder / "run" / str(server.user.id))

c.JupyterHub.authenticator_class, c.JupyterHub.spawner_class = OnePassword, Server
c.Authenticator.allow_all = True
# Exactly these have the teacher's page, whoever had it before.
c.JupyterHub.load_roles = [{"name": "teacher", "scopes": ["servers"], "users": [room.teacher]}]
c.JupyterHub.template_paths = [str(here / "page")]
c.JupyterHub.default_url = lambda handler: "/hub/class" if is_teacher(handler.current_user) else ""
c.Spawner.cmd = [sys.executable, str(here / "singleuser.py")]
c.Spawner.ip = "127.0.0.1"
c.Spawner.notebook_dir = "~/digits/notebooks"
c.Spawner.default_url = f"/lab/tree/lesson.{room.language}.ipynb"
# Seconds, after which a server that was asked to end is told to, and killed: kernels end by themselves.
c.LocalProcessSpawner.interrupt_timeout = c.LocalProcessSpawner.term_timeout = 1
# A whole class starts within the same minute, on few cores.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
