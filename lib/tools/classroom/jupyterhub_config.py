"""The classroom's JupyterHub, on this machine: `npm run classroom` starts it with this file.

A teacher may choose, by environment variables (README.md):

DIGITS_CLASSROOM_FOLDER    the hub's own files, and the learners' in shared mode; ~/digits-classroom
DIGITS_CLASSROOM_ACCOUNTS  `system`: learners log in with their accounts of this machine and run as
                           themselves; the hub must be root. `shared`: any name with one password,
                           and all run as the account that started the hub. By default `system` for
                           root, else `shared`.
DIGITS_CLASSROOM_PORT      of 127.0.0.1; 8000. The next two are the hub's and the proxy's own.
DIGITS_CLASSROOM_LANGUAGE  the lesson that opens: en or zh
"""

import os
import secrets
import sys
from pathlib import Path

c = get_config()  # noqa: F821, by JupyterHub

here = Path(__file__).resolve().parent
project = here.parents[2]
environ = os.environ.get
root = os.geteuid() == 0
folder = Path(environ("DIGITS_CLASSROOM_FOLDER") or "~/digits-classroom").expanduser()
accounts = environ("DIGITS_CLASSROOM_ACCOUNTS") or ("system" if root else "shared")
port = int(environ("DIGITS_CLASSROOM_PORT") or 8000)
language = environ("DIGITS_CLASSROOM_LANGUAGE") or "en"

# The cookies' key, the database and the password are nobody else's.
hub = folder / "hub"
hub.mkdir(mode=0o700, parents=True, exist_ok=True)


def password():
    """Returns the class's password: one made once, or what a teacher wrote there, 8 characters or more."""
    file = hub / "password"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(5) + "\n")
    return file.read_text().strip()


# Loopback only. Learners come through a server before it that speaks HTTPS (README.md).
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
proxy = project / "build/classroom/node_modules/.bin/configurable-http-proxy"
c.ConfigurableHTTPProxy.command = [str(proxy)]
c.ConfigurableHTTPProxy.log_level = "warn"
c.ConfigurableHTTPProxy.pid_file = str(hub / "proxy.pid")
c.JupyterHub.cookie_secret_file = str(hub / "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{hub / 'jupyterhub.sqlite'}"
c.JupyterHub.log_level = "WARN"

# Names also become folders. Chinese ones are welcome.
c.Authenticator.username_pattern = r"\w[\w.-]{0,31}"
c.Authenticator.allow_all = True
runtime = {}
if accounts == "system":
    c.JupyterHub.authenticator_class = "pam"
    c.JupyterHub.spawner_class = "localprocess"
    c.Authenticator.blocked_users = {"root"}
else:
    c.JupyterHub.authenticator_class = "shared-password"
    c.SharedPasswordAuthenticator.user_password = password()
    c.JupyterHub.spawner_class = "simple"
    c.SimpleLocalProcessSpawner.home_dir_template = str(folder / "learners/{username}")
    c.Spawner.args = ["--allow-root"] if root else []
    # Their homes' paths are too long for the addresses of sockets (singleuser.py).
    runtime["JUPYTER_RUNTIME_DIR"] = lambda spawner: str(folder / "run" / str(spawner.user.id))

c.Spawner.cmd = [sys.executable, str(here / "singleuser.py")]
c.Spawner.environment = {"DIGITS_CLASSROOM_LANGUAGE": language, **runtime}
c.Spawner.ip = "127.0.0.1"
c.Spawner.notebook_dir = "~/digits/notebooks"
c.Spawner.default_url = f"/lab/tree/lesson.{language}.ipynb"
# A whole class starts within the same minute, on few cores.
c.Spawner.start_timeout = c.Spawner.http_timeout = 300
