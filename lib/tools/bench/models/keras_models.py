"""Builds a model of models.yml in Keras 3."""

import keras


def part(module, name, settings):
    """Makes a layer or an optimizer of its name; a layer may hold another one."""
    if "layer" in settings:
        settings = {**settings, "layer": part(keras.layers, *settings["layer"])}
    return getattr(module, name)(**settings)


def build(description, **options):
    """Builds and compiles it; the options are those of `compile`."""
    layers = description["layers"]
    stacked = layers if isinstance(layers, list) else layers.values()
    batch = description["batchSize"] if any(each[1].get("stateful") for each in stacked) else None
    inputs = [
        keras.Input(
            batch_shape=[batch, *each["shape"]], dtype="int32" if each["kind"] == "tokens" else None
        )
        for each in description["inputs"]
    ]
    if isinstance(layers, list):
        model = keras.Sequential([*inputs, *(part(keras.layers, *layer) for layer in layers)])
    else:
        made = dict(enumerate(inputs))
        for name, (layer, settings, *reads) in layers.items():
            given = [made[each] for each in reads]
            made[name] = part(keras.layers, layer, settings)(given if len(given) > 1 else given[0])
        model = keras.Model(inputs, made[name])
    optimizer = part(keras.optimizers, *description.get("optimizer", ("Adam", {})))
    model.compile(optimizer=optimizer, loss=description["loss"], **options)
    return model
