"""Builds a model of models.yml in Keras 3."""

import keras


def part(module, name, settings):
    """Returns a layer or an optimizer by its name; a layer may contain another one."""
    if "layer" in settings:
        settings = {**settings, "layer": part(keras.layers, *settings["layer"])}
    return getattr(module, name)(**settings)


def build(description, **options):
    """Builds and compiles a model; the options are those of `compile`."""
    layers = description["layers"]
    is_stateful = any(settings.get("stateful") for _, settings, *_ in layers.values())
    batch = description["batchSize"] if is_stateful else None
    inputs = [
        keras.Input(
            batch_shape=[batch, *each["shape"]], dtype="int32" if each["kind"] == "tokens" else None
        )
        for each in description["inputs"]
    ]
    values = dict(enumerate(inputs))
    for name, (layer, settings, *sources) in layers.items():
        operands = [values[source] for source in sources]
        layer = part(keras.layers, layer, settings)
        values[name] = layer(operands if len(operands) > 1 else operands[0])
    model = keras.Model(inputs, values[name])
    optimizer = part(keras.optimizers, *description.get("optimizer", ("Adam", {})))
    model.compile(optimizer=optimizer, loss=description["loss"], **options)
    return model
