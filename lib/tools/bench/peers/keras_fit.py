"""Keras as a peer, on the backend that KERAS_BACKEND names: `model.fit`, as in the lesson."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from peer import done, end, next_epoch, problem, ready, samples

x, y = samples()
model = keras.Sequential(
    [
        keras.Input((28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(problem["units"], activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)


class EpochByEpoch(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs):
        done(
            logs["loss"],
            logs["sparse_categorical_accuracy"],
            logs["val_loss"],
            logs["val_sparse_categorical_accuracy"],
        )
        if not next_epoch():
            end()


versions = {"Keras": keras.__version__}
if keras.backend.backend() == "jax":
    import jax

    versions["JAX"] = jax.__version__
else:
    import tensorflow

    versions["TensorFlow"] = tensorflow.__version__
ready(**versions)
if not next_epoch():
    end()
# Keras is faster without a progress line.
model.fit(
    x,
    y,
    batch_size=problem["batch"],
    epochs=1_000_000,
    validation_split=0.2,
    verbose=0,
    callbacks=[EpochByEpoch()],
)
