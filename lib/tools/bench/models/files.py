"""Reads the tensors that files.ts wrote."""

from pathlib import Path

import numpy as np


def read_values(folder, entry):
    return np.fromfile(Path(folder) / entry["file"], entry["dtype"]).reshape(entry["shape"])


def read_data(folder, entries):
    """Returns the samples, a list of them for a model of several inputs, and their targets."""
    x = [read_values(folder, entry) for entry in entries["x"]]
    return x if len(x) > 1 else x[0], read_values(folder, entries["y"])
