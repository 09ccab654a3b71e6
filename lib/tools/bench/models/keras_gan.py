"""The step of both optimizers of a generative adversarial network, in Keras on TensorFlow or JAX."""

import keras
from keras import ops
from keras_models import part


def gan_step(description):
    """Returns a step on real samples, which gives the discriminator's loss."""
    size = [description["batchSize"], description["noise"]]

    shapes = description["inputs"][0]["shape"], size[1:]
    models, optimizers = [], []
    for shape, layers in zip(shapes, (description["discriminator"], description["layers"])):
        layers = [keras.Input(shape), *(part(keras.layers, *each) for each in layers)]
        models.append(keras.Sequential(layers))
        optimizers.append(keras.optimizers.Adam())
        optimizers[-1].build(models[-1].trainable_variables)
    is_jax = keras.backend.backend() == "jax"
    return (jax_step if is_jax else tensorflow_step)(models, optimizers, size)


def loss(logits, is_real):
    labels = ops.full_like(logits, is_real)
    return ops.mean(ops.binary_crossentropy(labels, logits, from_logits=True))


def tensorflow_step(models, optimizers, size):
    import tensorflow as tf

    discriminator, generator = models

    def learn(i, measure):
        with tf.GradientTape() as tape:
            value = measure()
        weights = models[i].trainable_variables
        optimizers[i].apply(tape.gradient(value, weights), weights)
        return value

    def of_generated(is_real):
        return loss(discriminator(generator(tf.random.normal(size))), is_real)

    @tf.function
    def step(real):
        value = learn(0, lambda: loss(discriminator(real), 1) + of_generated(0))
        learn(1, lambda: of_generated(1))
        return value

    return step


def jax_step(models, optimizers, size):
    import jax

    def call(i, weights, x):
        return models[i].stateless_call(weights, [], x)[0]

    @jax.jit
    def update(state, real, key):
        weights, slots = state
        one, two = [jax.random.normal(own, size) for own in jax.random.split(key)]

        def learn(i, measure):
            value, slopes = jax.value_and_grad(measure)(weights[i])
            weights[i], slots[i] = optimizers[i].stateless_apply(slots[i], slopes, weights[i])
            return value

        fake = call(1, weights[1], one)
        value = learn(0, lambda d: loss(call(0, d, real), 1) + loss(call(0, d, fake), 0))
        learn(1, lambda g: loss(call(0, weights[0], call(1, g, two)), 1))
        return (weights, slots), value

    state = [[[v.value for v in each.variables] for each in both] for both in (models, optimizers)]
    key = jax.random.key(0)

    def step(real):
        nonlocal state, key
        key, own = jax.random.split(key)
        state, value = update(state, real, own)
        return value

    return step
