"""Prints a notebook, given as JSON on standard input, as Jupyter itself would save it."""

import sys

import nbformat

notebook = nbformat.reads(sys.stdin.buffer.read().decode(), as_version=4)
nbformat.validate(notebook)
sys.stdout.buffer.write(nbformat.writes(notebook).encode() + b"\n")
