"""Gives a learner copies of the notebooks of an installation that others own.

usage: copies.py FOLDER

FOLDER/notebooks     the learner's copies
FOLDER/node_modules  a link to the installation's, from which their imports resolve
FOLDER/.given        the copies as they were given, to tell which ones were changed
"""

import os
import shutil
import sys
from pathlib import Path

project = Path(__file__).resolve().parents[3]


def beside(target):
    """Names what becomes a file, or a link, once it is whole. Two servers may start at once."""
    return target.with_name(f".{target.name}.{os.getpid()}")


def give(source, copy, given):
    """Copies a notebook that is missing, or that the learner has not changed since it was given."""
    untouched = [each.read_bytes() for each in (source, given) if each.exists()]
    if copy.exists() and copy.read_bytes() not in untouched:
        return
    for target in (copy, given):
        if not target.exists() or target.read_bytes() != untouched[0]:
            part = beside(target)
            shutil.copyfile(source, part)
            part.replace(target)


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


def provide(home):
    """Fills a learner's folder. Solutions are not given; a teacher hands them out."""
    for name in ("notebooks", ".given"):
        (home / name).mkdir(parents=True, exist_ok=True)
    link(home / "node_modules", project / "node_modules")
    for kind in ("lesson.*.ipynb", "exercises.*.ipynb", "GLOSSARY.md"):
        for source in sorted((project / "notebooks").glob(kind)):
            give(source, home / "notebooks" / source.name, home / ".given" / source.name)


if __name__ == "__main__":
    try:
        provide(Path(sys.argv[1]))
    except OSError as error:
        sys.exit(str(error))
