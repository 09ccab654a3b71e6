"""PyTorch as a peer, on the lesson: an eager loop with a fused optimizer, `--compile` for torch.compile.

Batches are taken by index, which is faster than a DataLoader; validation is one batch.
"""

import sys

import torch
from peer import done, end, next_epoch, problem, ready, split
from torch import nn
from torch.nn import functional

x, y, val_x, val_y = (torch.from_numpy(part) for part in split())
y, val_y = y.long(), val_y.long()
model = nn.Sequential(nn.Flatten(), nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
for layer in (model[1], model[3]):  # as Keras draws them
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
optimizer = torch.optim.Adam(model.parameters(), eps=1e-7, fused=True)


def measure(x, y):
    """Returns the loss, and how many are right."""
    outputs = model(x)
    return functional.cross_entropy(outputs, y), (outputs.argmax(1) == y).sum()


step = torch.compile(measure) if "--compile" in sys.argv else measure


def epoch():
    loss_sum, right = torch.zeros(()), 0
    for rows in torch.randperm(len(y)).split(problem["batchSize"]):
        optimizer.zero_grad()
        loss, hits = step(x[rows], y[rows])
        loss.backward()
        optimizer.step()
        loss_sum += loss.detach() * len(rows)
        right += hits
    with torch.no_grad():
        measure(val_x, val_y)
    return loss_sum / len(y)


ready(PyTorch=torch.__version__)
while next_epoch():
    done(epoch())
end()
