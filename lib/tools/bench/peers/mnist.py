"""Writes MNIST as Keras keeps it, from the bytes in a folder. Usage: mnist.py FOLDER"""

import sys
from pathlib import Path

import numpy as np

folder = Path(sys.argv[1])
arrays = {}
for part in ("train", "test"):
    arrays[f"x_{part}"] = np.fromfile(folder / f"{part}-x", np.uint8).reshape(-1, 28, 28)
    arrays[f"y_{part}"] = np.fromfile(folder / f"{part}-y", np.uint8)
np.savez_compressed(folder / "mnist.npz", **arrays)
