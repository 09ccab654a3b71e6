"""What the peers in Keras share."""

import os

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras
from peer import done, end, next_epoch, ready


class EpochByEpoch(keras.callbacks.Callback):
    """Trains an epoch when it is asked for, and tells its logs of these names."""

    def __init__(self, *names):
        super().__init__()
        self.names = names

    def on_epoch_end(self, epoch, logs):
        done(*(logs[name] for name in self.names))
        if not next_epoch():
            end()


def train(model, x, y, *names, **options):
    """Trains as long as epochs are asked for."""
    versions = {"Keras": keras.__version__}
    if keras.backend.backend() == "jax":
        import jax

        versions["JAX"] = jax.__version__
    else:
        import tensorflow

        versions["TensorFlow"] = tensorflow.__version__
    ready(**versions)
    if not next_epoch():
        end()
    # Keras is faster without a progress line.
    model.fit(x, y, epochs=1_000_000, verbose=0, callbacks=[EpochByEpoch(*names)], **options)
