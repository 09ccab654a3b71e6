"""The protocol of a program that trains; tfjs.ts has the same for Node."""

import json
import os
import resource
import sys
import time
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "models"))
from files import read_data

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


def data():
    """Returns the samples and their targets."""
    return read_data(problem["data"]["folder"], problem["data"])


def train_gan(step, x, order):
    """Trains by steps of both optimizers; `order` shuffles the samples."""
    ready()
    size = problem["batchSize"]
    while True:
        next_epoch()
        rows = order(len(x))
        losses = [step(x[rows[start : start + size]]) for start in range(0, len(x), size)]
        done(sum(losses) / len(losses))
