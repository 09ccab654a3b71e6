"""Trains in Keras what keras.system.ts describes, and writes down what came of it.

Called with a folder. Reads `cases.json` and the raw arrays beside it, writes `results.json` and, for
each case, its weights and probabilities as raw float32.
"""

import json
import sys
from pathlib import Path

import keras
import numpy as np

FOLDER = Path(sys.argv[1])


def array(name, dtype, shape):
    return np.fromfile(FOLDER / name, dtype=dtype).reshape(shape)


class Mask(keras.layers.Layer):
    """Dropout whose mask is given: the same at each step of training."""

    def __init__(self, file, shape):
        super().__init__()
        self.mask = keras.ops.convert_to_tensor(array(file, "float32", shape))

    def call(self, inputs, training=False):
        # The last batch may have fewer rows.
        return inputs * self.mask[: keras.ops.shape(inputs)[0]] if training else inputs


class StepLosses(keras.callbacks.Callback):
    """Notes the loss of each step alone, where Keras shows the mean of the epoch so far."""

    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))


def build(case):
    layers = [
        Mask(**config) if name == "Mask" else getattr(keras.layers, name)(**config)
        for name, config in case["layers"]
    ]
    model = keras.Sequential([keras.Input(case["input"]), *layers])
    name, config = case["optimizer"]
    model.compile(
        optimizer=getattr(keras.optimizers, name)(**config),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    model.set_weights(
        [
            array(f"{case['id']}.initial.{i}", "float32", weight.shape)
            for i, weight in enumerate(model.get_weights())
        ]
    )
    return model


def weights(case, y):
    """What the samples count, as options of `fit`, which takes weights of classes or of samples."""
    classes = {int(k): v for k, v in case.get("classWeight", {}).items()}
    if "sampleWeight" not in case:
        return {"class_weight": classes or None}
    own = array(case["sampleWeight"], "float32", -1)[: len(y)]
    return {"sample_weight": own * np.array([classes.get(int(k), 1) for k in y], "float32")}


def validation_weights(case, split):
    """Those of the samples; those of their classes count in training alone."""
    return [array(case["sampleWeight"], "float32", -1)[split:]] if "sampleWeight" in case else []


def train(case, x, y, shown):
    pictures = x.reshape(-1, *case["input"])
    split = int(len(x) * (1 - case["validationSplit"]))

    model = build(case)
    model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    start = [variable.numpy() for variable in variables]

    def fit(epochs, callbacks):
        # The same model from its start: what Keras has traced of it serves again.
        for variable, value in zip(variables, start):
            variable.assign(value)
        history = model.fit(
            pictures[:split],
            y[:split],
            batch_size=case["batchSize"],
            epochs=epochs,
            # As by `validation_split`, by which Keras would draw other samples for the steps.
            validation_data=(pictures[split:], y[split:], *validation_weights(case, split)),
            **weights(case, y[:split]),
            shuffle=False,
            verbose=0,
            callbacks=callbacks,
        )
        return history.history

    steps = StepLosses()
    fit(1, [steps])
    history = fit(case["epochs"], [])
    for i, weight in enumerate(model.get_weights()):
        weight.tofile(FOLDER / f"{case['id']}.final.{i}")
    probabilities = model.predict(shown.reshape(-1, *case["input"]), verbose=0)
    probabilities.tofile(FOLDER / f"{case['id']}.probabilities")
    return {"steps": steps.losses, "history": history}


def main():
    task = json.loads((FOLDER / "cases.json").read_text())
    order = array("order", "int32", -1)
    x = array("x", "float32", (len(order), -1))[order]
    y = array("y", "int32", -1)[order]
    shown = array("shown", "float32", (task["shown"], -1))
    results = {case["id"]: train(case, x, y, shown) for case in task["cases"]}
    (FOLDER / "results.json").write_text(json.dumps({"keras": keras.__version__, "results": results}))


main()
