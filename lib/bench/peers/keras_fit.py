"""Trains by `model.fit` of Keras. Usage: keras_fit.py BACKEND [THREADS]"""

import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = sys.argv[1]
os.environ["TF_NUM_INTRAOP_THREADS"] = sys.argv[2] if len(sys.argv) > 2 else "0"  # As many as cores.

import keras
from peer import data, done, next_epoch, problem, ready

import keras_models


class EpochByEpoch(keras.callbacks.Callback):
    """Waits for a request before every epoch."""

    def on_epoch_end(self, epoch, logs):
        done(logs["loss"])
        next_epoch()


x, y = data()
split = problem["validationSplit"]
metrics = ["sparse_categorical_accuracy"] if split else []
model = keras_models.build(problem["model"], metrics=metrics)
ready()
next_epoch()
# Keras is faster without a progress line.
options = {"epochs": 1_000_000, "verbose": 0, "callbacks": [EpochByEpoch()]}
model.fit(x, y, batch_size=problem["batchSize"], validation_split=split, **options)
