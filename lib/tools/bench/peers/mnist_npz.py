"""Writes MNIST as Keras keeps it. Usage: mnist_npz.py TARGET TRAIN_X TRAIN_Y TEST_X TEST_Y"""

import sys

import numpy as np

target, *files = sys.argv[1:]
names = ("x_train", "y_train", "x_test", "y_test")
arrays = {name: np.fromfile(file, np.uint8) for name, file in zip(names, files)}
for name in ("x_train", "x_test"):
    arrays[name] = arrays[name].reshape(-1, 28, 28)
np.savez_compressed(target, **arrays)
