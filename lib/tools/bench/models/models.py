"""The models of models.ts in Keras 3, a function for each by its name; `build` calls it."""

import math

import keras
from keras import layers

SPARSE = "sparse_categorical_crossentropy"


def dense():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def normalized():
    model = keras.Sequential(
        [
            keras.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.BatchNormalization(),
            layers.Dropout(0.3),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def autoencoder():
    model = keras.Sequential(
        [
            keras.Input((784,)),
            layers.Dense(32, activation="relu"),
            layers.Dense(784, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


def branches():
    wide, narrow = keras.Input((64,)), keras.Input((16,))
    left = layers.Dense(64, activation="relu")(wide)
    right = layers.Dense(32, activation="tanh")(narrow)
    both = layers.Concatenate()([left, right])
    hidden = layers.Dense(32, activation="relu")(both)
    output = layers.Dense(1, activation="sigmoid")(hidden)
    model = keras.Model([wide, narrow], output)
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


def tiny():
    model = keras.Sequential(
        [
            keras.Input((4,)),
            layers.Dense(10, activation="relu"),
            layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def linear():
    model = keras.Sequential([keras.Input((13,)), layers.Dense(1)])
    model.compile(
        optimizer=keras.optimizers.SGD(learning_rate=0.01, momentum=0.9),
        loss="mean_squared_error",
    )
    return model


def mnist_convnet():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model


def deep_convnet():
    same = {"padding": "same", "activation": "relu"}
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(32, 3, **same),
            layers.Conv2D(32, 3, **same),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, **same),
            layers.Conv2D(64, 3, **same),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.RMSprop(learning_rate=0.0001, epsilon=0.01), loss="categorical_crossentropy"
    )
    return model


def small_convnet():
    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(16, 5, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def separable():
    model = keras.Sequential(
        [
            keras.Input((32, 32, 3)),
            layers.Conv2D(16, 3, strides=2, activation="relu"),
            layers.SeparableConv2D(32, 3, activation="relu"),
            layers.DepthwiseConv2D(3, strides=2, activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(optimizer=keras.optimizers.Adam(learning_rate=0.003), loss=SPARSE)
    return model


def conv1d():
    model = keras.Sequential(
        [
            keras.Input((128, 6)),
            layers.Conv1D(32, 5, activation="relu"),
            layers.MaxPooling1D(2),
            layers.Conv1D(32, 5, activation="relu"),
            layers.GlobalMaxPooling1D(),
            layers.Dense(6, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def lstm():
    model = keras.Sequential(
        [keras.Input((28, 28)), layers.LSTM(64), layers.Dense(10, activation="softmax")]
    )
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def gru():
    model = keras.Sequential(
        [
            keras.Input((20, 8)),
            layers.Bidirectional(layers.GRU(32, reset_after=False)),
            layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mean_squared_error")
    return model


def text():
    model = keras.Sequential(
        [
            keras.Input((100,), dtype="int32"),
            layers.Embedding(10_000, 16),
            layers.GlobalAveragePooling1D(),
            layers.Dense(16, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return model


def attention():
    steps = keras.Input((32, 16))
    query, key, value = (layers.Dense(16, use_bias=False)(steps) for _ in range(3))
    products = layers.Dot(axes=(2, 2))([query, key])
    weights = layers.Activation("softmax")(layers.Rescaling(1 / math.sqrt(16))(products))
    seen = layers.Dot(axes=(2, 1))([weights, value])
    average = layers.GlobalAveragePooling1D()(seen)
    output = layers.Dense(4, activation="softmax")(average)
    model = keras.Model(steps, output)
    model.compile(optimizer="adam", loss=SPARSE)
    return model


def build(name):
    """Builds and compiles the model of this name in models.ts."""
    return globals()[name.replace("-", "_")]()
