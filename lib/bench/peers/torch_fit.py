"""PyTorch as a peer: an eager loop with a fused optimizer, `--compile` for torch.compile.

Batches are taken by index, which is faster than a DataLoader; validation is one batch.
"""

import sys

import torch
from peer import data, problem, serve

import torch_models

name = problem["model"]["name"]
x, y = data()
x = [torch.from_numpy(values) for values in (x if isinstance(x, list) else [x])]
y = torch.from_numpy(y)
compiled = torch.compile if "--compile" in sys.argv else lambda step: step
if "conv" in name or name == "separable":  # PyTorch expects the channels first.
    x = [values.movedim(-1, 1).contiguous() for values in x]
if y.dtype == torch.int32:
    y = y.long()
model, loss_of, optimizer = torch_models.build(problem["model"], x)
validates = problem["validationSplit"] > 0
train_count = len(y) - len(y) // 5 if validates else len(y)


def measure(x, y):
    """Returns the loss, and with validation the number of correct outputs."""
    outputs = model(*x)
    return loss_of(outputs, y), (outputs.argmax(1) == y).sum() if validates else 0


step = compiled(measure)


def epoch():
    loss_sum, right = torch.zeros(()), 0
    for rows in torch.randperm(train_count).split(problem["batchSize"]):
        optimizer.zero_grad()
        loss, hits = step([values[rows] for values in x], y[rows])
        loss.backward()
        optimizer.step()
        loss_sum += loss.detach() * len(rows)
        right += hits
    if validates:
        with torch.no_grad():
            measure([values[train_count:] for values in x], y[train_count:])
    return loss_sum / train_count


serve(epoch)
