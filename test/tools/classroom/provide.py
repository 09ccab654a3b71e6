"""Fills a learner's folder from an installation, as the learner's server does when it starts.

usage: provide.py PROJECT HOME
"""

import sys
from pathlib import Path

import singleuser

singleuser.project = Path(sys.argv[1])
singleuser.provide(Path(sys.argv[2]))
