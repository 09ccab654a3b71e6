"""Keras as a peer, on the backend that KERAS_BACKEND names: `model.fit`."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from peer import data, done, end, next_epoch, problem, ready, train_gan

import keras_models


class EpochByEpoch(keras.callbacks.Callback):
    """Trains an epoch when it is asked for."""

    def on_epoch_end(self, epoch, logs):
        done(logs["loss"])
        if not next_epoch():
            end()


x, y = data()
if "noise" in problem["model"]:
    import keras_gan
    from numpy.random import default_rng

    train_gan(keras_gan.gan_step(problem["model"]), x, default_rng().permutation)
split = problem["validationSplit"]
metrics = ["sparse_categorical_accuracy"] if split else []
model = keras_models.build(problem["model"], metrics=metrics)
ready()
if not next_epoch():
    end()
# Keras is faster without a progress line.
options = {"epochs": 1_000_000, "verbose": 0, "callbacks": [EpochByEpoch()]}
model.fit(x, y, batch_size=problem["batchSize"], validation_split=split, **options)
