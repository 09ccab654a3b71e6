"""The protocol of a program that trains; tfjs.ts has the same for Node."""

import json
import os
import resource
import sys
import time
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1] / "models"))

problem = json.loads(os.environ["DIGITS_BENCH_PROBLEM"])


def say(message):
    print("@bench " + json.dumps(message), flush=True)


def ready():
    """Reports that the data and the model are ready."""
    say({"event": "ready"})


def next_epoch():
    """Waits for the request of an epoch and starts its clock. Exits when the benchmark closes the pipe."""
    global started
    if not sys.stdin.readline():
        sys.exit()
    started = time.perf_counter()


def done(loss):
    """Stops the clock, and reports the epoch's loss and the most memory that was used."""
    loss = float(loss)  # Before the clock stops: JAX returns before it has computed, and waits here.
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    say({"event": "done", "seconds": seconds, "loss": loss, "peak": peak})


def read_tensor(entry):
    """Reads a tensor that data.ts describes. Pixels, which are bytes in their file, are divided by 255."""
    file, shape = Path(problem["data"]["folder"]) / entry["file"], entry["shape"]
    values = np.fromfile(file, entry["dtype"], int(np.prod(shape))).reshape(shape)
    return values.astype(np.float32) / 255 if entry["dtype"] == "uint8" else values


def data():
    """Returns the samples, a list of them for a model of several inputs, and their targets."""
    x = [read_tensor(entry) for entry in problem["data"]["x"]]
    return x if len(x) > 1 else x[0], read_tensor(problem["data"]["y"])


def serve(epoch):
    """Trains an epoch per request; `epoch` returns the loss."""
    ready()
    while True:
        next_epoch()
        done(epoch())
