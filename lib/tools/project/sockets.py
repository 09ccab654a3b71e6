"""Where kernels listen: sockets in a folder that no other account of this machine can enter.

What a kernel prints it sends to whoever connects, and any account can connect to a port.
"""

import os
import shutil
import socket
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4


def holds_sockets(folder):
    """Returns whether a kernel can listen there: paths may be too long, and some file systems refuse."""
    address = folder / f"kernel-{uuid4()}-ipc-1"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with socket.socket(socket.AF_UNIX) as attempt:
            attempt.bind(str(address))
        address.unlink()
    except OSError:
        return False
    return True


@contextmanager
def own_folder():
    """Makes a folder for sockets, and removes it in the end. Gives None where there can be none."""
    folder = next(filter(None, map(make, places())), None) if os.name == "posix" else None
    try:
        yield folder
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def places():
    """Lists where the folder may be. That of the session comes last: it goes when its user logs out."""
    found = ["/tmp", os.environ.get("XDG_RUNTIME_DIR")]
    with suppress(FileNotFoundError):  # none that can be written to
        found.insert(0, tempfile.gettempdir())
    return map(Path, filter(None, found))


def make(place):
    """Makes the folder in a place that its owner, if another account, cannot change behind our back."""
    try:
        of_place = place.stat()
        shared = of_place.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if of_place.st_uid not in (0, os.getuid()) or (shared and not of_place.st_mode & stat.S_ISVTX):
            return None
        folder = Path(tempfile.mkdtemp(prefix="digits-kernels-", dir=place))
    except OSError:
        return None
    if holds_sockets(folder):
        hold(folder)
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    return None


def hold(folder):
    """Marks a folder as in use as long as this process lives, for what clears up temporary files."""
    import fcntl  # not on Windows

    with suppress(OSError):  # some file systems know no locks
        fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)
