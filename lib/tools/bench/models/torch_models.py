"""The models of models.yml in PyTorch; the softmax, or the sigmoid, is in the loss.

They differ where layers of PyTorch do: recurrent ones have a second bias, which is why its GRU
resets after the product.
"""

import torch
from torch import nn
from torch.nn import functional


class Branches(nn.Module):
    def __init__(self):
        super().__init__()
        self.left, self.right = nn.Linear(64, 64), nn.Linear(16, 32)
        self.hidden, self.output = nn.Linear(96, 32), nn.Linear(32, 1)

    def forward(self, wide, narrow):
        both = torch.cat([self.left(wide).relu(), self.right(narrow).tanh()], 1)
        return self.output(self.hidden(both).relu())


class Recurrent(nn.Module):
    """Hands the state after the last step, in each direction, to a linear layer."""

    def __init__(self, layer, outputs):
        super().__init__()
        self.layer = layer
        directions = 2 if layer.bidirectional else 1
        self.output = nn.Linear(directions * layer.hidden_size, outputs)

    def forward(self, x):
        state = self.layer(x)[1]
        last = state[0] if isinstance(state, tuple) else state
        return self.output(torch.cat(list(last), 1))


class Text(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Embedding(10_000, 16)
        self.hidden, self.output = nn.Linear(16, 16), nn.Linear(16, 1)

    def forward(self, tokens):
        return self.output(self.hidden(self.embedding(tokens).mean(1)).relu())


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(16, 16, bias=False) for _ in range(3))
        self.output = nn.Linear(16, 4)

    def forward(self, steps):
        products = self.query(steps) @ self.key(steps).transpose(1, 2)
        seen = (products / 16**0.5).softmax(2) @ self.value(steps)
        return self.output(seen.mean(1))


class GlobalPooling(nn.Module):
    """The mean, or the maximum, of each channel."""

    def __init__(self, pool):
        super().__init__()
        self.pool = pool

    def forward(self, x):
        return self.pool(x.flatten(2), 2)


MODELS = {
    "dense": lambda: nn.Sequential(
        nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10)
    ),
    "normalized": lambda: nn.Sequential(
        *(nn.Flatten(), nn.Linear(784, 256), nn.ReLU()),
        *(nn.BatchNorm1d(256, eps=1e-3, momentum=0.01), nn.Dropout(0.3), nn.Linear(256, 10)),
    ),
    "small-convnet": lambda: nn.Sequential(
        *(nn.Conv2d(1, 16, 5), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Linear(2304, 64), nn.ReLU(), nn.Linear(64, 10)),
    ),
    "mnist-convnet": lambda: nn.Sequential(
        *(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2)),
        *(nn.Flatten(), nn.Dropout(0.5), nn.Linear(1600, 10)),
    ),
    "deep-convnet": lambda: nn.Sequential(
        *(nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(), nn.Conv2d(32, 32, 3, padding=1), nn.ReLU()),
        nn.MaxPool2d(2),
        *(nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.Conv2d(64, 64, 3, padding=1), nn.ReLU()),
        nn.MaxPool2d(2),
        *(nn.Flatten(), nn.Linear(4096, 128), nn.ReLU(), nn.Linear(128, 10)),
    ),
    "conv1d": lambda: nn.Sequential(
        *(nn.Conv1d(6, 32, 5), nn.ReLU(), nn.MaxPool1d(2), nn.Conv1d(32, 32, 5), nn.ReLU()),
        *(GlobalPooling(torch.amax), nn.Linear(32, 6)),
    ),
    "separable": lambda: nn.Sequential(
        *(nn.Conv2d(3, 16, 3, stride=2), nn.ReLU()),
        *(nn.Conv2d(16, 16, 3, groups=16, bias=False), nn.Conv2d(16, 32, 1), nn.ReLU()),
        *(nn.Conv2d(32, 32, 3, stride=2, groups=32), nn.ReLU()),
        *(GlobalPooling(torch.mean), nn.Linear(32, 10)),
    ),
    "lstm": lambda: Recurrent(nn.LSTM(28, 64, batch_first=True), 10),
    "gru": lambda: Recurrent(nn.GRU(8, 32, batch_first=True, bidirectional=True), 1),
    "text": Text,
    "branches": Branches,
    "attention": Attention,
    "autoencoder": lambda: nn.Sequential(nn.Linear(784, 32), nn.ReLU(), nn.Linear(32, 784)),
    "tiny": lambda: nn.Sequential(nn.Linear(4, 10), nn.ReLU(), nn.Linear(10, 3)),
    "linear": lambda: nn.Linear(13, 1),
}

LOSSES = {
    "binary_crossentropy": functional.binary_cross_entropy_with_logits,
    "mean_squared_error": functional.mse_loss,
}


def initialize(model):
    """Draws the weights as Keras does."""
    for name, weight in model.named_parameters():
        if name.endswith("embedding.weight"):
            nn.init.uniform_(weight, -0.05, 0.05)
        elif "weight_hh" in name:
            for gate in weight.split(weight.shape[1]):
                nn.init.orthogonal_(gate)
        elif weight.dim() > 1:
            nn.init.xavier_uniform_(weight)
        elif "bias" in name:
            nn.init.zeros_(weight)


def optimizer_of(weights, name, learning_rate=0.001, momentum=0, epsilon=1e-7):
    if name == "SGD":
        return torch.optim.SGD(weights, lr=learning_rate, momentum=momentum)
    if name == "RMSprop":  # Keras adds epsilon within the root.
        return torch.optim.RMSprop(weights, lr=learning_rate, alpha=0.9, eps=epsilon**0.5)
    return torch.optim.Adam(weights, lr=learning_rate, eps=epsilon, fused=True)


def build(description):
    """Returns a model of models.yml, its loss of outputs and targets, and its optimizer."""
    model = MODELS[description["name"]]()
    initialize(model)
    loss = LOSSES.get(description["loss"], functional.cross_entropy)
    name, settings = description.get("optimizer", ("Adam", {}))
    return model, loss, optimizer_of(model.parameters(), name, **settings)
