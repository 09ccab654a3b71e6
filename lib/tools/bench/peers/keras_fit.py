"""Keras as a peer, on the backend that KERAS_BACKEND names: `model.fit`, as in the lesson."""

import keras_peer
from keras import Input, Sequential, layers
from peer import problem, samples

x, y = samples()
model = Sequential(
    [
        Input((28, 28)),
        layers.Flatten(),
        layers.Dense(problem["units"], activation="relu"),
        layers.Dense(10, activation="softmax"),
    ]
)
model.compile(
    optimizer="adam",
    loss="sparse_categorical_crossentropy",
    metrics=["sparse_categorical_accuracy"],
)
keras_peer.train(
    model,
    x,
    y,
    "loss",
    "sparse_categorical_accuracy",
    "val_loss",
    "val_sparse_categorical_accuracy",
    batch_size=problem["batch"],
    validation_split=0.2,
)
