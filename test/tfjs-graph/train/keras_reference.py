"""Trains in Keras what in-keras.ts describes, and writes down what came of it.

Called with a folder. Reads `jobs.json` and the raw arrays beside it, writes `results.json` and
raw arrays of float32.
"""

import json
import sys
from pathlib import Path

import keras
import keras_models
import tensorflow
from files import read_data, read_values

FOLDER = Path(sys.argv[1])


class StepLosses(keras.callbacks.Callback):
    """Notes the loss of each step alone, where Keras shows the mean of the epoch so far."""

    def __init__(self):
        super().__init__()
        self.losses = []

    def on_train_batch_begin(self, batch, logs=None):
        self.model.reset_metrics()

    def on_train_batch_end(self, batch, logs=None):
        self.losses.append(float(logs["loss"]))


def give_mask(layer, mask):
    """Lets a Dropout layer multiply by a mask that is the same at each step of training."""
    mask = keras.ops.convert_to_tensor(mask, layer.compute_dtype)

    def call(inputs, training=False):
        # The last batch may have fewer rows.
        return inputs * mask[: keras.ops.shape(inputs)[0]] if training else inputs

    layer.call = call


def sum_repeated(optimizer):
    """Adds up the gradients of a token that is repeated in a batch, as the loss asks for.

    Keras on TensorFlow leaves that to the assignment, and so Adam sums squares in place of squaring
    the sum: its first step on a token that stands there four times is twice as long.
    """
    apply = optimizer.apply
    optimizer.apply = lambda gradients, *rest: apply(
        [tensorflow.convert_to_tensor(gradient) for gradient in gradients], *rest
    )


def build(job):
    model = keras_models.build(job["model"], metrics=["accuracy"] if job.get("history") else [])
    model.set_weights([read_values(FOLDER, entry) for entry in job["weights"]])
    dropouts = [layer for layer in model.layers if isinstance(layer, keras.layers.Dropout)]
    sum_repeated(model.optimizer)
    for layer, entry in zip(dropouts, job["masks"], strict=True):
        give_mask(layer, read_values(FOLDER, entry))
    return model


def halves(job, x, y):
    """The options of `fit` for the data, the last of which validate."""
    split = int(len(y) * (1 - job.get("validationSplit", 0)))
    classes = {int(k): v for k, v in job.get("classWeight", {}).items()}
    head, tail = (
        [[part[rows] for part in x] if isinstance(x, list) else x[rows], y[rows]]
        for rows in (slice(split), slice(split, None))
    )
    options = {"x": head[0], "y": head[1]}
    if classes:
        options["class_weight"] = classes
    # As by `validation_split`, by which Keras would draw other samples for the steps.
    return {**options, "validation_data": tail} if split < len(y) else options


def train(i, job):
    x, y = read_data(FOLDER, job["data"])
    model = build(job)
    model.optimizer.build(model.trainable_variables)
    variables = [*model.variables, *model.optimizer.variables]
    start = [variable.numpy() for variable in variables]
    options = halves(job, x, y)

    def fit(callbacks):
        # The same model from its start: what Keras has traced of it serves again.
        for variable, value in zip(variables, start, strict=True):
            variable.assign(value)
        history = model.fit(
            **options,
            batch_size=job["batchSize"],
            epochs=job["epochs"],
            shuffle=False,
            verbose=0,
            callbacks=callbacks,
        )
        return history.history

    steps = StepLosses()
    history = fit([steps])
    if job.get("history"):
        history = fit([])
    weights = [write(f"job{i}.weight{k}", weight) for k, weight in enumerate(model.get_weights())]
    return {"steps": steps.losses, "history": history, "weights": weights}


def write(name, values):
    values.tofile(FOLDER / name)
    return name


jobs = json.loads((FOLDER / "jobs.json").read_text())
results = [train(i, job) for i, job in enumerate(jobs)]
(FOLDER / "results.json").write_text(json.dumps(results))
