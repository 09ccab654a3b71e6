"""Runs JupyterLab for `npm start`, which also shuts it down.

usage: serve.py LANGUAGE ARGUMENT...
Passes the arguments to JupyterLab. Prints `digits-port 8888` as soon as it listens on that port.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

# Only npm start handles Ctrl+C. Not SIG_IGN, because kernels would inherit it.
signal.signal(signal.SIGINT, lambda *_: None)

# Initial language of the kernels.
os.environ["DIGITS_LANGUAGE"] = sys.argv[1]

# As an argument, the token overrides all configuration. Set here, it appears in no process list.
token = os.environ.pop("DIGITS_LAB_TOKEN")

here = Path(__file__).parent
sys.path += [str(here), str(here / "jupyter")]

from jupyterlab.labapp import LabApp  # noqa: E402
from sockets import own_folder  # noqa: E402
from tornado.netutil import bind_sockets  # noqa: E402

OPEN = {
    "en": "Kernels listen on ports of this machine here, as no folder can hold their sockets: other accounts on it can read what cells print.",
    "zh": "这里没有可以放内核套接字的文件夹，内核只能监听本机端口：本机的其他账户能读到单元格的输出。",
}


class Server(LabApp.serverapp_class):
    """Listens on the first free port at once. Jupyter itself only finds a free port and listens later."""

    def _find_http_port(self):
        for self.port in range(self.port, 65_536):
            with suppress(OSError):
                self.sockets = bind_sockets(self.port, self.ip)
                return print("digits-port", self.port, flush=True)
        self.exit(1)

    def _bind_http_server_tcp(self):
        self.http_server.add_sockets(self.sockets)
        return True


LabApp.serverapp_class = Server

language, *arguments = sys.argv[1:]
with own_folder() as folder:
    if folder:
        os.environ["JUPYTER_RUNTIME_DIR"] = str(folder)
        arguments.append("--KernelManager.transport=ipc")
    else:
        print(OPEN[language], flush=True)
    LabApp.launch_instance([*arguments, f"--ServerApp.PasswordIdentityProvider.token={token}"])
