"""Builds a model of models.yml in Keras 3."""

import keras


def part(module, name, settings):
    """Returns a layer or an optimizer by its name; a layer may contain another one."""
    if "layer" in settings:
        settings = {**settings, "layer": part(keras.layers, *settings["layer"])}
    return getattr(module, name)(**settings)


def stack(inputs, layers):
    return keras.Sequential([*inputs, *(part(keras.layers, *layer) for layer in layers)])


def build(description, **options):
    """Builds and compiles a model; the options are those of `compile`."""
    layers = description["layers"]
    is_stack = isinstance(layers, list)
    settings = [layer[1] for layer in (layers if is_stack else layers.values())]
    batch = description["batchSize"] if any(each.get("stateful") for each in settings) else None
    inputs = [
        keras.Input(
            batch_shape=[batch, *each["shape"]], dtype="int32" if each["kind"] == "tokens" else None
        )
        for each in description["inputs"]
    ]
    if is_stack:
        model = stack(inputs, layers)
    else:
        values = dict(enumerate(inputs))
        for name, (layer, settings, *reads) in layers.items():
            operands = [values[read] for read in reads]
            layer = part(keras.layers, layer, settings)
            values[name] = layer(operands if len(operands) > 1 else operands[0])
        model = keras.Model(inputs, values[name])
    optimizer = part(keras.optimizers, *description.get("optimizer", ("Adam", {})))
    model.compile(optimizer=optimizer, loss=description["loss"], **options)
    return model


def gan_step(description):
    """Returns a step of both optimizers of a GAN on real samples, which returns the discriminator's loss."""
    import tensorflow as tf  # The other backends have no GradientTape.

    size = [description["batchSize"], description["noise"]]
    discriminator = stack([keras.Input(description["inputs"][0]["shape"])], description["discriminator"])
    generator = stack([keras.Input(size[1:])], description["layers"])
    for model in discriminator, generator:
        model.compile("adam", keras.losses.BinaryCrossentropy(from_logits=True))

    def loss(samples, is_real):
        logits = discriminator(samples)
        return discriminator.loss(tf.fill(tf.shape(logits), float(is_real)), logits)

    def generated_loss(is_real):
        return loss(generator(tf.random.normal(size)), is_real)

    def learn(model, measure):
        with tf.GradientTape() as tape:
            value = measure()
        weights = model.trainable_variables
        model.optimizer.apply(tape.gradient(value, weights), weights)
        return value

    @tf.function
    def step(real):
        value = learn(discriminator, lambda: loss(real, 1) + generated_loss(0))
        learn(generator, lambda: generated_loss(1))
        return value

    return step
