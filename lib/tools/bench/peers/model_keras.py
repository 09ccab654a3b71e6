"""Keras as a peer on one of the models of `models/`, on the backend that KERAS_BACKEND names."""

import sys
from pathlib import Path

import keras_peer
from peer import problem

sys.path.append(str(Path(__file__).parents[1] / "models"))
import files
import models

x, y = files.read_data(problem["folder"], problem["files"])
keras_peer.train(models.build(problem["name"]), x, y, "loss", batch_size=problem["batch"])
