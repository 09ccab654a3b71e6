"""Creates a folder for the kernels' sockets that no other account can enter.

A kernel sends its output to every client, and any account can connect to a port.
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
    """Returns whether sockets work in a folder: its path may be too long, or the file system unsuitable."""
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
    """Creates a folder for sockets, and deletes it at exit. Yields None if impossible."""
    folder = next(filter(None, map(make, places())), None) if os.name == "posix" else None
    try:
        yield folder
    finally:
        if folder:
            shutil.rmtree(folder, ignore_errors=True)


def places():
    """Returns candidate parent folders. The session's folder comes last, because it is deleted at logout."""
    folders = ["/tmp", os.environ.get("XDG_RUNTIME_DIR")]
    with suppress(FileNotFoundError):  # no temporary folder is writable
        folders.insert(0, tempfile.gettempdir())
    return map(Path, filter(None, folders))


def make(place):
    """Creates the folder, unless another account could rename or replace it in its parent folder."""
    try:
        stats = place.stat()
        shared = stats.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        if stats.st_uid not in (0, os.getuid()) or (shared and not stats.st_mode & stat.S_ISVTX):
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
    """Locks a folder while this process runs, so that cleaners of temporary files keep it."""
    import fcntl  # not on Windows

    with suppress(OSError):  # some file systems have no locks
        fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_EX)
