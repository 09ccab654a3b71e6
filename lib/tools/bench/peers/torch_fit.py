"""PyTorch as a peer: an eager loop with fused Adam, `--compile` for torch.compile.

Batches are taken by index, which is faster than a DataLoader; validation is one batch.
"""

import sys

import torch
from peer import done, end, next_epoch, problem, ready, split
from torch import nn

x, y, val_x, val_y = (torch.from_numpy(part) for part in split())
y, val_y = y.long(), val_y.long()
# The softmax is in the loss, as PyTorch has it.
model = nn.Sequential(
    nn.Flatten(), nn.Linear(784, problem["units"]), nn.ReLU(), nn.Linear(problem["units"], 10)
)
for layer in (model[1], model[3]):
    nn.init.xavier_uniform_(layer.weight)
    nn.init.zeros_(layer.bias)
optimizer = torch.optim.Adam(model.parameters(), lr=0.001, eps=1e-7, fused=True)


def measure(x, y):
    logits = model(x)
    return nn.functional.cross_entropy(logits, y), (logits.argmax(1) == y).sum()


step = torch.compile(measure) if "--compile" in sys.argv else measure


def epoch():
    loss_sum, right_sum, batch = torch.zeros(()), torch.zeros((), dtype=torch.long), problem["batch"]
    for rows in torch.randperm(len(x)).split(batch):
        optimizer.zero_grad()
        loss, right = step(x[rows], y[rows])
        loss.backward()
        optimizer.step()
        loss_sum += loss.detach() * len(rows)
        right_sum += right
    with torch.no_grad():
        val_loss, val_right = measure(val_x, val_y)
    return loss_sum / len(x), right_sum / len(x), val_loss, val_right / len(val_x)


ready(PyTorch=torch.__version__)
while next_epoch():
    done(*epoch())
end()
