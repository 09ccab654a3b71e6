"""A learner's server: gives the learner copies of the notebooks, then becomes `jupyterhub-singleuser`.

It runs as the learner and writes nothing but ~/digits, so that the installation can be read-only:

~/digits/notebooks     the learner's copies
~/digits/node_modules  a link to the installation's, from which their imports resolve
~/digits/.given        the copies as they were given, to tell which ones were changed
"""

import json
import os
import shutil
import sys
from pathlib import Path

from jupyter_core.paths import jupyter_runtime_dir

project = Path(__file__).resolve().parents[3]
sys.path.append(str(project / "lib/tools/project"))

from sockets import holds_sockets  # noqa: E402


def give(source, copy, given):
    """Copies a notebook that is missing, or that the learner has not changed since it was given."""
    if copy.exists():
        untouched = given.exists() and given.read_bytes() == copy.read_bytes()
        if not untouched or copy.read_bytes() == source.read_bytes():
            return
    for target in (given, copy):
        part = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, part)
        part.replace(target)


def provide(home):
    """Fills a learner's folder. Solutions are not given; a teacher hands them out."""
    for name in ("notebooks", ".given"):
        (home / name).mkdir(parents=True, exist_ok=True)
    modules = home / "node_modules"
    if modules.is_symlink():
        modules.unlink()
    modules.symlink_to(project / "node_modules")
    for kind in ("lesson.*.ipynb", "exercises.*.ipynb", "GLOSSARY.md"):
        for source in sorted((project / "notebooks").glob(kind)):
            give(source, home / "notebooks" / source.name, home / ".given" / source.name)


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
