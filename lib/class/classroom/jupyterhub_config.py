"""Configures the classroom's JupyterHub, started by `npm run classroom`.

All processes run as the account that started the command, which is not root.

The working directory is the hub's private data folder. DIGITS_CLASSROOM contains JSON:

folder     the classroom's folder, with the learners' files
passwords  the learners' and the teacher's passwords
ports      ports on 127.0.0.1 of the classroom, the hub and the proxy
language   language of the lesson: en or zh
teacher    the teacher's user name
limits     a learner's limits that differ from the defaults, such as `memory=2000,disk=500`

Messages for the teacher go to file descriptor 3, JupyterHub's log to stdout and stderr.
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

settings = json.loads(os.environ["DIGITS_CLASSROOM"])
passwords = settings.pop("passwords")
room = SimpleNamespace(**settings, prepared=project / "build" / "classroom", resets={})
room.folder = Path(room.folder)
room.t = yaml.safe_load((here / "page" / f"{room.language}.yml").read_text())
limits = f"memory=2000,processes=50,disk=2000,{room.limits}".strip(",").split(",")
room.limits = {name: int(value) for name, value in (limit.split("=") for limit in limits)}


def runs(pid, program):
    """Returns whether a process runs a program. A stored process id may have been reused."""
    with suppress(psutil.Error):
        return program in " ".join(psutil.Process(pid).cmdline())
    return False


proxy_pid = Path("proxy.pid")


def end_proxy():
    """Kills a proxy that has outlived its hub. JupyterHub itself would kill any process with the stored id."""
    if proxy_pid.exists():
        pid = int(proxy_pid.read_text() or 0)
        if runs(pid, "configurable-http-proxy"):
            proxy = psutil.Process(pid)
            proxy.kill()
            proxy.wait(10)  # to free its port
        proxy_pid.unlink()


# Kill the proxy of an earlier hub, and at exit the own proxy, even if the hub did not start.
end_proxy()
atexit.register(end_proxy)
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))

# Fail on a used port, which the proxy would ignore.
for port in room.ports:
    socket.create_server(("127.0.0.1", port)).close()
# Loopback only. Learners connect through an HTTPS server (README.md).
addresses = [f"http://127.0.0.1:{port}" for port in room.ports]
c.JupyterHub.bind_url, c.JupyterHub.hub_bind_url, c.ConfigurableHTTPProxy.api_url = addresses
c.ConfigurableHTTPProxy.command = [str(room.prepared / "node_modules/.bin/configurable-http-proxy")]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(proxy_pid)
c.JupyterHub.log_level = "WARN"


def folded(text):
    """Normalizes text for comparison: one form of é, and plain instead of full-width letters."""
    return unicodedata.normalize("NFKC", text)


def is_name(name):
    """Returns whether a name is valid in folders and URLs. Chinese names are valid."""
    signs = {each for each in name if unicodedata.category(each)[0] not in "LMN"}
    return 0 < len(name) <= 32 and name[0] not in ".-" and signs <= set("_.-")


def is_teacher(user):
    return user and user.name == room.teacher


class OnePassword(Authenticator):
    """Accepts any valid name with the class's password, and the teacher with a separate password."""

    def normalize_username(self, username):
        return super().normalize_username(folded(username))

    async def authenticate(self, handler, data):
        name = self.normalize_username(data["username"])
        if not is_name(name):
            raise HTTPError(403, room.t["another_name"])
        expected = passwords["teacher" if name == room.teacher else "learners"]
        # Compare bytes: compare_digest accepts only ASCII text.
        is_right = compare_digest(folded(data["password"]).encode(), folded(expected).encode())
        return name if is_right else None

    def get_handlers(self, app):
        return [*super().get_handlers(app), *handlers(room)]


class Server(SimpleLocalProcessSpawner):
    async def poll(self):
        # JupyterHub itself would treat any process with the stored id as a running server, and stop it.
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
learners.chmod(0o700)  # the homes inside are readable by all accounts
c.SimpleLocalProcessSpawner.home_dir_template = str(learners / "{username}")
# The homes' paths are too long for socket addresses (singleuser.py).
c.Spawner.environment["JUPYTER_RUNTIME_DIR"] = lambda server: str(room.folder / "run" / str(server.user.id))

c.JupyterHub.authenticator_class, c.JupyterHub.spawner_class = OnePassword, Server
c.Authenticator.allow_all = True
# Only this user has the teacher's page, even if an earlier teacher is stored.
c.JupyterHub.load_roles = [{"name": "teacher", "scopes": ["servers"], "users": [room.teacher]}]
c.JupyterHub.template_paths = [str(here / "page")]
c.JupyterHub.default_url = lambda handler: "/hub/class" if is_teacher(handler.current_user) else ""
c.Spawner.cmd = [sys.executable, str(here / "singleuser.py")]
c.Spawner.ip = "127.0.0.1"
c.Spawner.notebook_dir = "~/digits/notebooks"
c.Spawner.default_url = f"/lab/tree/lesson.{room.language}.ipynb"
# Seconds between SIGINT, SIGTERM and SIGKILL. Kernels end with their server.
c.LocalProcessSpawner.interrupt_timeout = c.LocalProcessSpawner.term_timeout = 1
# A whole class starts within the same minute on few cores.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
