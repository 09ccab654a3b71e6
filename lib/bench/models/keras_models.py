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
        model = keras.Sequential([*inputs, *(part(keras.layers, *layer) for layer in layers)])
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
