"""Reads a notebook as JSON from stdin and prints it formatted like Jupyter."""

import sys

import nbformat

notebook = nbformat.reads(sys.stdin.buffer.read().decode(), as_version=4)
nbformat.validate(notebook)
sys.stdout.buffer.write(nbformat.writes(notebook).encode() + b"\n")
