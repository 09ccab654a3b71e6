"""A peer's side of its talk with the benchmark; tfjs.ts has the same for Node."""

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
    """Tells that everything is ready for the first epoch."""
    say({"event": "ready"})


def next_epoch():
    """Waits until the next epoch is asked for and starts its clock; False asks for the end."""
    global started
    command = sys.stdin.readline().strip()
    started = time.perf_counter()
    return command == "go"


def done(loss):
    """Stops the clock and tells the epoch's loss."""
    loss = float(loss)  # Before the clock stops: JAX returns before it has computed, and waits here.
    say({"event": "done", "seconds": time.perf_counter() - started, "loss": loss})


def end():
    """Tells the most memory that this process has held, and ends it."""
    unit = 1 if sys.platform == "darwin" else 1024
    say({"event": "end", "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit})
    sys.exit()


def data():
    """Returns the samples and their targets."""
    return read_data(problem["data"]["folder"], problem["data"])


def train_gan(step, x, order):
    """Trains by a step of both optimizers; `order` draws that of the samples."""
    ready()
    size = problem["batchSize"]
    while next_epoch():
        rows = order(len(x))
        losses = [step(x[rows[start : start + size]]) for start in range(0, len(x), size)]
        done(sum(losses) / len(losses))
    end()
