"""A peer's side of its talk with the benchmark; peer.ts is the same for Node."""

import json
import resource
import sys
import time

import numpy as np

problem = json.loads(sys.argv[1])


def say(message):
    print("@bench " + json.dumps(message), flush=True)


def ready(**versions):
    """Tells that everything is ready for the first epoch."""
    say({"event": "ready", "versions": versions})


def next_epoch():
    """Waits until the next epoch is asked for and starts its clock; False asks for the end."""
    global started, used
    command = sys.stdin.readline().strip()
    used, started = time.process_time(), time.perf_counter()
    return command == "go"


def done(*values):
    """Stops the clock and tells the epoch's loss, accuracy, val_loss and val_accuracy, if any."""
    # Before the clock stops: JAX returns before it has computed, and waits here.
    logs = dict(zip(("loss", "accuracy", "val_loss", "val_accuracy"), map(float, values)))
    seconds, cpu = time.perf_counter() - started, time.process_time() - used
    say({"event": "done", "seconds": seconds, "cpu": cpu, "logs": logs})


def end():
    """Tells the most memory that this process has held, and ends it."""
    unit = 1 if sys.platform == "darwin" else 1024
    say({"event": "end", "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit})
    sys.exit()


def samples():
    """Returns pixels in [0, 1], float32 [samples, 28, 28], and labels, int32 [samples]."""
    count = problem["samples"]
    pixels = np.fromfile(problem["images"], np.uint8, count * 784).reshape(count, 28, 28)
    labels = np.fromfile(problem["labels"], np.uint8, count)
    return pixels.astype(np.float32) / 255, labels.astype(np.int32)


def split():
    """Returns the samples, the last fifth of them for validation: x, y, val_x, val_y."""
    x, y = samples()
    kept = len(x) - len(x) // 5
    return x[:kept], y[:kept], x[kept:], y[kept:]
