"""PyTorch as a peer on one of the models of `models/`: an eager loop.

Batches are taken by index, which is faster than a DataLoader.
"""

import sys
from pathlib import Path

import torch
from peer import done, end, next_epoch, problem, ready

sys.path.append(str(Path(__file__).parents[1] / "models"))
import files
import models_torch

x, y = files.read_data(problem["folder"], problem["files"])
x = [torch.from_numpy(each) for each in (x if isinstance(x, list) else [x])]
y = torch.from_numpy(y)
model, loss_of, optimizer = models_torch.build(problem["name"])
if models_torch.has_channels(problem["name"]):
    x = [each.movedim(-1, 1).contiguous() for each in x]
if y.dtype == torch.int32:
    y = y.long()


def epoch():
    loss_sum = torch.zeros(())
    for rows in torch.randperm(len(y)).split(problem["batch"]):
        optimizer.zero_grad()
        loss = loss_of(model(*(each[rows] for each in x)), y[rows])
        loss.backward()
        optimizer.step()
        loss_sum += loss.detach() * len(rows)
    return loss_sum / len(y)


ready(PyTorch=torch.__version__)
while next_epoch():
    done(epoch())
end()
