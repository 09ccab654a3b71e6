"""Starts a learner's server: copies the notebooks, then runs `jupyterhub-singleuser`.

It runs as the learner and writes only to ~/digits, so the installation can be read-only.
"""

import json
import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

sys.path.append(str(Path(__file__).resolve().parents[2] / "lab" / "jupyter"))

from copies import link, project, provide, set_aside  # noqa: E402
from sockets import holds_sockets  # noqa: E402


def prepare():
    """Prepares the learner's folder and environment. Returns the server's arguments."""
    home = Path.home() / "digits"
    if megabytes := json.loads(os.environ.get("DIGITS_CLASSROOM_LIMITS", "{}")).get("disk"):
        with suppress(ValueError):  # the system's limit is lower
            resource.setrlimit(resource.RLIMIT_FSIZE, (megabytes * 10**6,) * 2)
    with suppress(OSError):
        # If memory runs out anyway, the kernel kills learners' processes before the hub.
        Path("/proc/self/oom_score_adj").write_text("500")
    if os.environ.pop("DIGITS_CLASSROOM_RESET", None):
        set_aside(home)
    provide(home)
    if folder := os.environ.get("DIGITS_CLASSROOM_TEACHERS"):
        link(home / "notebooks" / "hand-out", Path(folder))
    prepared = project / "build" / "classroom"
    language = os.environ.get("DIGITS_CLASSROOM_LANGUAGE") or "en"
    # Use the classroom's kernel and data, regardless of the learner's own installations.
    os.environ.setdefault("JUPYTER_PATH", str(prepared))
    os.environ.setdefault("MNIST_DATA_DIR", str(project / "data"))
    os.environ.setdefault("DIGITS_LANGUAGE", language)
    # Servers choose free ports for kernels. With twenty servers at once, two choose the same port in one
    # class out of three, and one of the two kernels never starts: use sockets.
    can_use_sockets = holds_sockets(Path(jupyter_runtime_dir()))
    return [
        *json.loads((prepared / "server.json").read_text()),
        f"--LabApp.app_settings_dir={prepared / language}",
        "--ServerApp.jpserver_extensions=learner_server=True",
        *(["--KernelManager.transport=ipc"] if can_use_sockets else []),
    ]


if __name__ == "__main__":
    sys.argv[1:1] = prepare()
    from jupyterhub.singleuser import main

    main()
