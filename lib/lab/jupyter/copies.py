"""Copies the notebooks of a read-only installation into a learner's folder.

usage: copies.py FOLDER

FOLDER/notebooks     the learner's copies
FOLDER/node_modules  a link to the installation's, for the notebooks' imports
FOLDER/.given        the unmodified copies, to detect changes; its subfolder hand-out has the
                     files that a teacher has handed out
"""

import os
import shutil
import sys
import time
from contextlib import suppress
from itertools import count
from pathlib import Path

project = Path(__file__).resolve().parents[3]


def beside(target):
    """Returns the temporary name of a file or link, unique for concurrent servers."""
    return target.with_name(f".{target.name}.{os.getpid()}")


def write(target, content):
    target.parent.mkdir(parents=True, exist_ok=True)
    beside(target).write_bytes(content)
    beside(target).replace(target)


def give(source, copy, given):
    """Copies a notebook if the copy is missing, or unchanged by the learner."""
    untouched = [each.read_bytes() for each in (source, given) if each.exists()]
    if copy.exists() and copy.read_bytes() not in untouched:
        return
    for target in (copy, given):
        if not target.exists() or target.read_bytes() != untouched[0]:
            write(target, source.read_bytes())


def link(at, target):
    """Links a path to a folder, unless the path is a real folder, such as in the learner's own clone."""
    if at.exists() and (not at.is_symlink() or at.resolve() == target.resolve()):
        return
    if os.name == "nt":  # where symbolic links need administrator rights
        from _winapi import CreateJunction

        CreateJunction(str(target), str(at))
    else:
        beside(at).symlink_to(target)
        beside(at).replace(at)


def sources():
    """Returns the files for every learner. Solutions are missing; a teacher hands them out."""
    kinds = ("lesson.*.ipynb", "exercises.*.ipynb", "GLOSSARY.md")
    return [each for kind in kinds for each in sorted((project / "notebooks").glob(kind))]


def originals(home):
    """Returns the files, by name, that a learner can restore."""
    handed_out = (home / ".given" / "hand-out").glob("*")
    return {each.name: each for each in [*handed_out, *sources()]}


def provide(home):
    """Fills a learner's folder."""
    for name in ("notebooks", ".given"):
        (home / name).mkdir(parents=True, exist_ok=True)
    link(home / "node_modules", project / "node_modules")
    for source in sources():
        give(source, home / "notebooks" / source.name, home / ".given" / source.name)


def give_beside(copy, content):
    """Writes a file under its name, or with a number if the name is used by other content."""
    for number in count(1):
        target = copy if number == 1 else copy.with_stem(f"{copy.stem} ({number})")
        if not target.exists():
            return write(target, content)
        if target.is_file() and target.read_bytes() == content:
            return None


def hand_out(folder, home, settled=5):
    """Copies each version of a teacher's files once. Overwrites nothing.

    Skips files changed in the last `settled` seconds, because they may be incomplete. Files that cannot be
    copied are tried again the next time.
    """
    for source in folder.iterdir():
        with suppress(OSError):
            given, written = home / ".given" / "hand-out" / source.name, source.stat().st_mtime_ns
            is_new = not given.exists() or given.stat().st_mtime_ns != written
            is_settled = not 0 <= time.time() - written / 1e9 < settled
            if is_new and is_settled and source.is_file() and not source.name.startswith("."):
                content = source.read_bytes()
                if not given.exists() or given.read_bytes() != content:
                    give_beside(home / "notebooks" / source.name, content)
                    write(given, content)
                os.utime(given, ns=(written, written))


def set_aside(home):
    """Moves all files of a learner into a visible, dated folder, before fresh copies are made."""
    aside = home / "notebooks" / time.strftime("backup-%Y-%m-%d-%H%M%S")
    aside.mkdir(parents=True)
    for each in aside.parent.iterdir():
        if not each.name.startswith("backup-"):
            each.rename(aside / each.name)
    shutil.rmtree(home / ".given", ignore_errors=True)


if __name__ == "__main__":
    try:
        provide(Path(sys.argv[1]))
    except OSError as error:
        sys.exit(str(error))
