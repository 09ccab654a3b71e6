"""JupyterLab for `npm start`, which ends it; the arguments are JupyterLab's own."""

import os
import signal
import sys
import threading
import time

# A Ctrl+C is answered by npm start alone. Kernels would inherit it if it were ignored (SIG_IGN).
signal.signal(signal.SIGINT, lambda *_: None)


def end_with(parent):
    """Ends this server, and with it the kernels, once npm start has ended in whatever way."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(5)
    os._exit(1)


# On Windows, Node sees to it that a process ends together with its parent.
parent = int(os.environ.pop("DIGITS_LAB_PARENT"))
if os.name == "posix":
    threading.Thread(target=end_with, args=[parent], daemon=True).start()

# As an argument it stands above all configuration, and from here no list of processes shows it.
token = os.environ.pop("DIGITS_LAB_TOKEN")

from jupyterlab.labapp import LabApp  # noqa: E402

LabApp.launch_instance([*sys.argv[1:], f"--ServerApp.PasswordIdentityProvider.token={token}"])
