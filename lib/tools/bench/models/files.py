"""Reads the tensors that data.ts describes."""

from pathlib import Path

import numpy as np


def read_values(folder, entry):
    """Returns a tensor; pixels, which are bytes in their file, divided by 255."""
    shape = entry["shape"]
    values = np.fromfile(Path(folder) / entry["file"], entry["dtype"], int(np.prod(shape)))
    values = values.reshape(shape)
    return values.astype(np.float32) / 255 if entry["dtype"] == "uint8" else values


def read_data(folder, entries):
    """Returns the samples, a list of them for a model of several inputs, and their targets."""
    x = [read_values(folder, entry) for entry in entries["x"]]
    return x if len(x) > 1 else x[0], read_values(folder, entries["y"])
