"""The step of both optimizers of a generative adversarial network, in Keras on TensorFlow."""

import keras
import tensorflow as tf
from keras_models import part


def gan_step(description):
    """Returns a step on real samples, which gives the discriminator's loss."""
    size = [description["batchSize"], description["noise"]]

    def made(shape, layers):
        stack = [keras.Input(shape), *(part(keras.layers, *each) for each in layers)]
        return keras.Sequential(stack), keras.optimizers.Adam()

    discriminator, of_discriminator = made(
        description["inputs"][0]["shape"], description["discriminator"]
    )
    generator, of_generator = made(size[1:], description["layers"])

    def loss(samples, is_real):
        logits = discriminator(samples)
        labels = tf.fill(tf.shape(logits), float(is_real))
        return keras.losses.BinaryCrossentropy(from_logits=True)(labels, logits)

    def of_generated(is_real):
        return loss(generator(tf.random.normal(size)), is_real)

    def learn(model, optimizer, measure):
        with tf.GradientTape() as tape:
            value = measure()
        weights = model.trainable_variables
        optimizer.apply(tape.gradient(value, weights), weights)
        return value

    @tf.function
    def step(real):
        first = learn(discriminator, of_discriminator, lambda: loss(real, 1) + of_generated(0))
        learn(generator, of_generator, lambda: of_generated(1))
        return first

    return step
