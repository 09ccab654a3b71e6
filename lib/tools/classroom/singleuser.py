"""A learner's server: gives the learner copies of the notebooks, then becomes `jupyterhub-singleuser`.

It runs as the learner and writes nothing but ~/digits, so that the installation can be read-only.
"""

import json
import os
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

sys.path.append(str(Path(__file__).resolve().parents[1] / "project"))

from copies import project, provide  # noqa: E402
from sockets import holds_sockets  # noqa: E402


def main():
    provide(Path.home() / "digits")
    # Each server gives its kernels ports that were free a moment ago; of twenty servers at once, two
    # name the same one in one class out of three, and one of the two kernels never starts.
    own = holds_sockets(Path(jupyter_runtime_dir()))
    transport = ["--KernelManager.transport=ipc"] if own else []
    prepared = project / "build" / "classroom"
    # The kernel and the data are the classroom's, whatever the learner has installed besides.
    environment = {
        "JUPYTER_PATH": str(prepared),
        "MNIST_DATA_DIR": str(project / "data"),
        **os.environ,
    }
    language = os.environ.get("DIGITS_CLASSROOM_LANGUAGE") or "en"
    settings = [
        *json.loads((prepared / "server.json").read_text()),
        f"--LabApp.app_settings_dir={prepared / language}",
        *transport,
    ]
    server = [sys.executable, "-m", "jupyterhub.singleuser", *settings, *sys.argv[1:]]
    os.execve(sys.executable, server, environment)


if __name__ == "__main__":
    main()
