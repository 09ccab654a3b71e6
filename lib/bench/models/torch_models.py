"""Builds a model of models.yml in PyTorch. The loss contains the softmax or sigmoid of the output.

The models differ from Keras's where the layers differ: recurrent layers have a second bias, so the GRU resets
after the product. Convolutions and pooling layers expect the channels first.
"""

import torch
from torch import nn
from torch.nn import functional


class Function(nn.Module):
    """A layer without weights."""

    def __init__(self, function):
        super().__init__()
        self.forward = function


class Recurrent(nn.Module):
    """Returns the state after the last step, in each direction."""

    def __init__(self, layer, x, units, bidirectional=False, stateful=False, **_):
        super().__init__()
        self.layer = layer(x.shape[2], units, batch_first=True, bidirectional=bidirectional)
        self.stateful, self.initial_state = stateful, None

    def forward(self, x):
        state = self.layer(x, self.initial_state)[1]
        if self.stateful and self.training:  # The next batch of an LSTM continues with this state.
            self.initial_state = tuple(tensor.detach() for tensor in state)
        return torch.cat(list(state[0] if isinstance(state, tuple) else state), 1)


def depthwise(x, kernel_size, strides=1, bias=True):
    return nn.Conv2d(x.shape[1], x.shape[1], kernel_size, strides, groups=x.shape[1], bias=bias)


# Functions that create a layer from its inputs, whose shapes the layer needs, and from its settings in Keras.
LAYERS = {
    "Activation": lambda x: nn.Identity(),
    "Add": lambda *_: Function(lambda a, b: a + b),
    "BatchNormalization": lambda x: nn.BatchNorm1d(x.shape[1], eps=1e-3, momentum=0.01),
    "Bidirectional": lambda x, layer, merge_mode: LAYERS[layer[0]](x, **layer[1], bidirectional=True),
    "Concatenate": lambda *_: Function(lambda *both: torch.cat(both, 1)),
    "Conv1D": lambda x, filters, kernel_size: nn.Conv1d(x.shape[1], filters, kernel_size),
    "Conv2D": lambda x, filters, kernel_size, strides=1, padding="valid": nn.Conv2d(
        x.shape[1], filters, kernel_size, strides, padding
    ),
    "Dense": lambda x, units, use_bias=True: nn.Linear(x.shape[-1], units, use_bias),
    "DepthwiseConv2D": depthwise,
    "Dot": lambda *_, axes: Function(lambda a, b: a @ (b if axes[1] == 1 else b.transpose(1, 2))),
    "Dropout": lambda x, rate: nn.Dropout(rate),
    "Embedding": lambda x, input_dim, output_dim: nn.Embedding(input_dim, output_dim),
    "Flatten": lambda x: nn.Flatten(),
    "GlobalAveragePooling1D": lambda x: Function(lambda x: x.mean(1)),
    "GlobalAveragePooling2D": lambda x: Function(lambda x: x.mean((2, 3))),
    "GlobalMaxPooling1D": lambda x: Function(lambda x: x.amax(2)),
    "GRU": lambda x, **settings: Recurrent(nn.GRU, x, **settings),
    "LayerNormalization": lambda x: nn.LayerNorm(x.shape[-1], eps=1e-3),
    "LSTM": lambda x, **settings: Recurrent(nn.LSTM, x, **settings),
    "MaxPooling1D": lambda x, pool_size: nn.MaxPool1d(pool_size),
    "MaxPooling2D": lambda x, pool_size: nn.MaxPool2d(pool_size),
    "Rescaling": lambda x, scale: Function(lambda x: x * scale),
    "SeparableConv2D": lambda x, filters, kernel_size: nn.Sequential(
        depthwise(x, kernel_size, bias=False), nn.Conv2d(x.shape[1], filters, 1)
    ),
}
ACTIVATIONS = {"relu": nn.ReLU(), "tanh": nn.Tanh(), "softmax": nn.Softmax(-1)}


class Model(nn.Module):
    """A graph of layers. The sources of a layer are numbers of inputs, or names of layers."""

    def __init__(self, inputs, graph):
        super().__init__()
        self.graph, self.layers = graph, nn.ModuleDict()
        values = dict(enumerate(inputs))
        for name, (kind, settings, *sources) in graph.items():
            operands = [values[source] for source in sources]
            activation = settings.pop("activation", None)
            trainable = settings.pop("trainable", True)
            layer = LAYERS[kind](*operands, **settings).requires_grad_(trainable)
            if activation in ACTIVATIONS and name != [*graph][-1]:
                layer = nn.Sequential(layer, ACTIVATIONS[activation])
            self.layers[name] = layer
            values[name] = layer.eval()(*operands)
        self.train()

    def forward(self, *inputs):
        values = dict(enumerate(inputs))
        for name, layer in self.layers.items():
            values[name] = layer(*[values[source] for source in self.graph[name][2:]])
        return values[name]


LOSSES = {
    "binary_crossentropy": functional.binary_cross_entropy_with_logits,
    "mean_squared_error": functional.mse_loss,
}


def optimizer_of(weights, name, learning_rate=0.001, momentum=0, epsilon=1e-7):
    if name == "SGD":
        return torch.optim.SGD(weights, lr=learning_rate, momentum=momentum)
    if name == "RMSprop":  # Keras adds epsilon within the root.
        return torch.optim.RMSprop(weights, lr=learning_rate, alpha=0.9, eps=epsilon**0.5)
    return torch.optim.Adam(weights, lr=learning_rate, eps=epsilon, fused=True)


def build(description, x):
    """Returns a model for samples like `x`, the loss function of outputs and targets, and the optimizer."""
    model = Model([tensor[:1] for tensor in x], description["layers"])
    loss = LOSSES.get(description["loss"], functional.cross_entropy)
    name, settings = description.get("optimizer", ("Adam", {}))
    return model, loss, optimizer_of(model.parameters(), name, **settings)
