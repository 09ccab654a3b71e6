"""Gives a learner copies of the notebooks of an installation that others own.

usage: copies.py FOLDER

FOLDER/notebooks     the learner's copies
FOLDER/node_modules  a link to the installation's, from which their imports resolve
FOLDER/.given        the copies as they were given, to tell which ones were changed; in its folder
                     hand-out, what a teacher has handed out
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
    """Names what becomes a file, or a link, once it is whole. Two servers may start at once."""
    return target.with_name(f".{target.name}.{os.getpid()}")


def write(target, content):
    target.parent.mkdir(parents=True, exist_ok=True)
    beside(target).write_bytes(content)
    beside(target).replace(target)


def give(source, copy, given):
    """Copies a notebook that is missing, or that the learner has not changed since it was given."""
    untouched = [each.read_bytes() for each in (source, given) if each.exists()]
    if copy.exists() and copy.read_bytes() not in untouched:
        return
    for target in (copy, given):
        if not target.exists() or target.read_bytes() != untouched[0]:
            write(target, source.read_bytes())


def link(at, target):
    """Lets a path lead to a folder, unless the learner has a real one there, of a clone of their own."""
    if at.exists() and (not at.is_symlink() or at.resolve() == target.resolve()):
        return
    if os.name == "nt":  # where links are for administrators
        from _winapi import CreateJunction

        CreateJunction(str(target), str(at))
    else:
        beside(at).symlink_to(target)
        beside(at).replace(at)


def sources():
    """Lists what every learner gets. Solutions are not given; a teacher hands them out."""
    kinds = ("lesson.*.ipynb", "exercises.*.ipynb", "GLOSSARY.md")
    return [each for kind in kinds for each in sorted((project / "notebooks").glob(kind))]


def originals(home):
    """Returns the files, by their names, that a learner can have anew."""
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
    """Writes a file under its name, or one with a number that nothing has yet, unless it is there already."""
    for number in count(1):
        target = copy if number == 1 else copy.with_stem(f"{copy.stem} ({number})")
        if not target.exists():
            return write(target, content)
        if target.is_file() and target.read_bytes() == content:
            return None


def hand_out(folder, home, settled=5):
    """Gives each version of a teacher's files once, beside what the learner has: nothing is overwritten.

    A file that has changed within so many seconds may not be whole yet. One that cannot be read or kept is
    tried again the next time.
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
    """Moves all that a learner has into a dated folder, which the learner sees; fresh copies may follow."""
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
