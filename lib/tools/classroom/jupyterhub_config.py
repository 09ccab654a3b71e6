"""The classroom's JupyterHub, on this machine: `npm run classroom` starts it with this file.

That gives it, in environment variables:

DIGITS_CLASSROOM_FOLDER    for the hub's own files, and the learners' in shared mode
DIGITS_CLASSROOM_ACCOUNTS  `system`: learners log in with their accounts of this machine and run as
                           themselves; the hub is root. `shared`: any name with one password, and
                           all run as the account that started the hub, which is not root.
DIGITS_CLASSROOM_PORT      of 127.0.0.1
DIGITS_CLASSROOM_HUB_PORT  the hub's own
DIGITS_CLASSROOM_LANGUAGE  the lesson that opens: en or zh
DIGITS_CLASSROOM_TEACHER   the account that has the teacher's page; with `system`, perhaps none
DIGITS_CLASSROOM_LIMITS    of a learner, those that are not the usual ones, such as `memory=2000,disk=500`

What the teacher is to read goes to file descriptor 3, and JupyterHub's own log to the standard ones.
"""

import errno
import fcntl
import json
import logging
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import time
import unicodedata
from hmac import compare_digest
from pathlib import Path
from types import SimpleNamespace

from jupyterhub.auth import PAMAuthenticator
from jupyterhub.authenticators.shared import SharedPasswordAuthenticator
from jupyterhub.spawner import LocalProcessSpawner, SimpleLocalProcessSpawner
from tornado.web import HTTPError

c = get_config()  # noqa: F821, by JupyterHub

here = Path(__file__).resolve().parent
project = here.parents[2]
sys.path.append(str(here))

from teacher import handlers  # noqa: E402

names = ("FOLDER", "ACCOUNTS", "LANGUAGE", "PORT", "HUB_PORT", "TEACHER", "LIMITS")
given = (os.environ[f"DIGITS_CLASSROOM_{name}"] for name in names)
folder, accounts, language, port, hub_port, teacher, limits = given
folder, port, hub_port = Path(folder), int(port), int(hub_port)
limits = dict(each.split("=") for each in f"memory=2000,processes=50,disk=2000,{limits}".strip(",").split(","))
limits = {name: int(most) for name, most in limits.items()}

# The cookies' key, the database and the password are nobody else's.
hub = folder / "hub"
hub.mkdir(mode=0o700, parents=True, exist_ok=True)


told = open(3, "w", buffering=1)


def say(en, zh):
    return zh if language == "zh" else en


def refuse(sentence):
    print(sentence, file=told)
    sys.exit(1)


def runs(pid, program):
    """Returns whether a process runs a program: a number that was kept may be another one's by now."""
    if sys.platform != "linux":
        asked = ["ps", "-ww", "-o", "command=", "-p", str(pid)]
        return program.encode() in subprocess.run(asked, capture_output=True).stdout
    try:
        return program.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


def is_free(port):
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


# Two hubs would take the proxy and the servers from each other. The lock ends with the process.
lock = (hub / "lock").open("a+")
try:
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    holder = (hub / "lock").read_text()
    en = f"The classroom in {folder} is still open, or just closing (process {holder}). Waiting for it to end…"
    zh = f"{folder} 里的教室还开着，或者正在关闭（进程 {holder}）。等它结束……"
    print(say(en, zh), file=told)
    fcntl.flock(lock, fcntl.LOCK_EX)
lock.truncate(0)
print(os.getpid(), end="", file=lock, flush=True)

# A hub that was killed leaves servers, which this one takes over, and a proxy, in whose place it starts
# its own. By itself JupyterHub would end whichever process has the old one's number by now.
proxy_pid = hub / "proxy.pid"
if proxy_pid.exists():
    left = proxy_pid.read_text()
    if runs(left, "configurable-http-proxy"):
        os.kill(int(left), signal.SIGKILL)
        until = time.monotonic() + 10
        while not is_free(port) and time.monotonic() < until:
            time.sleep(0.05)
    proxy_pid.unlink()


def taken(lost):
    another = f"npm run classroom -- --port {port + 100}"
    en = f"Port {lost} is taken by another program. Choose another: {another}"
    zh = f"端口 {lost} 已被其他程序占用。请换一个：{another}"
    return say(en, zh)


if not is_free(port):
    refuse(taken(port))


class Lost(logging.Filter):
    """Where the hub's port is taken at the last moment: a sentence for the traceback, and no proxy stays."""

    def filter(self, record):
        if record.exc_info and getattr(record.exc_info[1], "errno", None) == errno.EADDRINUSE:
            os.kill(int(proxy_pid.read_text()), signal.SIGTERM)
            print(taken(hub_port), file=told)
        return True


logging.getLogger("JupyterHub").addFilter(Lost())

# Loopback only. Learners come through a server before it that speaks HTTPS (README.md).
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{hub_port}"
api_port = next(each for each in range(hub_port + 1, 65536) if each != port and is_free(each))
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{api_port}"
proxy = project / "build/classroom/node_modules/.bin/configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(proxy)]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(proxy_pid)
c.JupyterHub.cookie_secret_file = str(hub / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{hub / 'jupyterhub.sqlite'}"
c.JupyterHub.log_level = "WARN"


def folded(text):
    """Returns text as it is compared: an é in one form, and full-width letters as the plain ones."""
    return unicodedata.normalize("NFKC", text)


def is_name(name):
    """Returns whether a name may become a folder and a part of addresses. Chinese ones are welcome."""
    signs = {each for each in name if unicodedata.category(each)[0] not in "LMN"}
    return 0 < len(name) <= 32 and name[0] not in ".-" and signs <= set("_.-")


en = "Choose another name: 1 to 32 letters or digits. _ . and - may be among them, but . and - not at the beginning."
zh = "请换一个名字：1 到 32 个汉字、字母或数字，中间可以有 _ . -，但不能以 . 或 - 开头。"
another_name = say(en, zh)

def owner_of(name):
    return pwd.getpwnam(name).pw_uid if accounts == "system" else os.geteuid()


hand_out = folder / "hand-out"
hand_out.mkdir(exist_ok=True)
at = str(hand_out)
linux = {"RLIMIT_FSIZE": limits["disk"] * 10**6}
if accounts == "system":
    if teacher:
        os.chown(hand_out, owner_of(teacher), -1)
    # Open, it is so to accounts that cannot enter its path.
    opened = os.open(hand_out, os.O_RDONLY)
    c.LocalProcessSpawner.popen_kwargs = {"pass_fds": [opened]}
    at = f"/dev/fd/{opened}"
    # A process is many threads: on a machine with many cores a hundred.
    linux["RLIMIT_NPROC"] = 100 * limits["processes"]
else:
    teacher = folded(teacher).lower()
    if not is_name(teacher):
        refuse(f"--teacher {teacher}: {another_name}")

room = SimpleNamespace(
    **dict(teacher=teacher, language=language, accounts=accounts, limits=limits, folder=folder),
    **dict(hand_out=hand_out, owner_of=owner_of, page=here / "page", resets=set()),
    report=project / "build" / "classroom" / "report.html",
)
c.JupyterHub.template_paths = [str(room.page)]


class Teacher:
    def get_handlers(self, app):
        return [*super().get_handlers(app), *handlers(room)]


# Exactly these have it, whoever had it before.
users = [teacher] if teacher else []
c.JupyterHub.load_roles = [{"name": "teacher", "scopes": ["servers"], "users": users}]


def after_login(handler):
    user = handler.current_user
    return "/hub/class" if user and user.name == teacher else ""


c.JupyterHub.default_url = after_login


def password_in(file):
    """Returns a password that was made once, or what a teacher wrote there, 8 characters or more."""
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(5) + "\n")
    password = file.read_text().strip()
    if len(password) < 8:
        en = f"Write a password of at least 8 characters into {file}, and open the classroom again."
        zh = f"{file} 中的密码至少要有 8 个字符。请修改后重新打开教室。"
        refuse(say(en, zh))
    return folded(password)


class Accounts(Teacher, PAMAuthenticator):
    """Lets in the accounts of this machine."""


class OnePassword(Teacher, SharedPasswordAuthenticator):
    """Lets in any name with the class's password, the teacher with another one, and says what a name may be."""

    def normalize_username(self, username):
        return super().normalize_username(folded(username))

    async def authenticate(self, handler, data):
        name = self.normalize_username(data["username"])
        if not is_name(name):
            raise HTTPError(403, another_name)
        asked = teacher_password if name == teacher else self.user_password
        # As bytes: of text it compares ASCII alone.
        return name if compare_digest(folded(data["password"]).encode(), asked.encode()) else None


c.Authenticator.allow_all = True
runtime = {}
if accounts == "system":
    c.JupyterHub.authenticator_class = Accounts
    c.Authenticator.blocked_users = {each.pw_name for each in pwd.getpwall() if each.pw_uid == 0}
else:
    c.JupyterHub.authenticator_class = OnePassword
    c.SharedPasswordAuthenticator.user_password = password_in(hub / "password")
    teacher_password = password_in(hub / "teacher-password")
    learners = folder / "learners"
    learners.mkdir(exist_ok=True)
    learners.chmod(0o700)  # their homes are open to all accounts of the machine
    c.SimpleLocalProcessSpawner.home_dir_template = str(learners / "{username}")
    # Their homes' paths are too long for the addresses of sockets (singleuser.py).
    runtime["JUPYTER_RUNTIME_DIR"] = lambda spawner: str(folder / "run" / str(spawner.user.id))


class Server(LocalProcessSpawner if accounts == "system" else SimpleLocalProcessSpawner):
    async def poll(self):
        # By itself JupyterHub would take any process for a server that was left, and stop that, by its number.
        if not self.proc and not runs(self.pid, "singleuser"):
            self.pid = 0
        return await super().poll()

    def get_env(self):
        env = super().get_env()
        if self.user.name == teacher:
            env["DIGITS_CLASSROOM_TEACHERS"] = str(hand_out)
        if self.user.name in room.resets:
            room.resets.remove(self.user.name)
            env["DIGITS_CLASSROOM_RESET"] = "1"
        return env


c.JupyterHub.spawner_class = Server
c.Spawner.cmd = [sys.executable, str(here / "singleuser.py")]
c.Spawner.environment = {
    "DIGITS_CLASSROOM_LANGUAGE": language,
    "DIGITS_CLASSROOM_LIMITS": json.dumps(limits),
    "DIGITS_CLASSROOM_LINUX": json.dumps(linux),
    "DIGITS_CLASSROOM_HAND_OUT": at,
    **runtime,
}
c.Spawner.ip = "127.0.0.1"
c.Spawner.notebook_dir = "~/digits/notebooks"
c.Spawner.default_url = f"/lab/tree/lesson.{language}.ipynb"
# Seconds, after which a server that was asked to end is told to, and killed: kernels end by themselves.
c.LocalProcessSpawner.interrupt_timeout = c.LocalProcessSpawner.term_timeout = 1
# A whole class starts within the same minute, on few cores.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
