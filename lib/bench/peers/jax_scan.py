"""Pure JAX as a peer: an epoch, its validation included, is one compiled `lax.scan`.

Validation is one batch. The number of training samples must be a multiple of the batch.
"""

from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from peer import data, problem, serve

x, y = map(jax.device_put, data())
x = x.reshape(len(x), 784)
train_count = len(x) - len(x) // 5
x, y, val_x, val_y = x[:train_count], y[:train_count], x[train_count:], y[train_count:]
assert len(x) % problem["batchSize"] == 0, "Expected a multiple of the batch"
random = np.random.default_rng()


def glorot(rows, columns):
    limit = (6 / (rows + columns)) ** 0.5
    return jnp.asarray(random.uniform(-limit, limit, (rows, columns)), jnp.float32)


weights = [glorot(784, 128), jnp.zeros(128), glorot(128, 10), jnp.zeros(10)]
state = (weights, jax.tree.map(jnp.zeros_like, weights), jax.tree.map(jnp.zeros_like, weights), 0)


def measure(weights, x, y):
    w1, b1, w2, b2 = weights
    logits = jax.nn.relu(x @ w1 + b1) @ w2 + b2
    right = (logits.argmax(1) == y).mean()
    loss = -jnp.take_along_axis(jax.nn.log_softmax(logits), y[:, None], 1).mean()
    return loss, right


def adam(state, gradients, rate=0.001, b1=0.9, b2=0.999, epsilon=1e-7):
    weights, m, v, steps = state
    steps += 1
    m = jax.tree.map(lambda m, g: b1 * m + (1 - b1) * g, m, gradients)
    v = jax.tree.map(lambda v, g: b2 * v + (1 - b2) * g * g, v, gradients)
    rate = rate * jnp.sqrt(1 - b2**steps) / (1 - b1**steps)
    weights = jax.tree.map(lambda w, m, v: w - rate * m / (jnp.sqrt(v) + epsilon), weights, m, v)
    return weights, m, v, steps


@partial(jax.jit, donate_argnums=0)
def epoch(state, order, x, y, val_x, val_y):
    def step(state, rows):
        values, gradients = jax.value_and_grad(measure, has_aux=True)(state[0], x[rows], y[rows])
        return adam(state, gradients), values

    state, (losses, rights) = jax.lax.scan(step, state, order)
    return state, (losses.mean(), rights.mean(), *measure(state[0], val_x, val_y))


def train():
    global state
    order = random.permutation(len(x)).reshape(-1, problem["batchSize"])
    state, logs = epoch(state, order, x, y, val_x, val_y)
    return jax.block_until_ready(logs)[0]


serve(train)
