"""The experiments in PyTorch: `torch_bench.py eager|channels_last|compile`."""

import os
import sys

import torch
import torch.nn.functional as F

from common import CONVOLUTIONAL, DECAY, MAX_NORM, MOMENTUM, RATES, WATCHED, Contestant, initial

MODE = sys.argv[1]
torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))


def layout(tensor):
    """Images channels last, where that is asked for."""
    if MODE == "channels_last" and tensor.dim() == 4:
        return tensor.contiguous(memory_format=torch.channels_last)
    return tensor


class Softmax(torch.nn.Module):
    def __init__(self, params):
        super().__init__()
        for name, value in params.items():
            value = torch.from_numpy(value)
            # A bias of each place is an image as well.
            value = layout(value[None] if value.dim() == 3 else value)
            self.register_parameter(name, torch.nn.Parameter(value))

    def logits(self, x):
        return torch.addmm(self.b, x, self.W)

    def forward(self, x, y):
        """Sums over the batch of the objective and of the errors."""
        logits = self.logits(x)
        objective = F.cross_entropy(logits, y, reduction="sum")
        return objective, (logits.argmax(1) != y).sum()

    def cost(self, x, y):
        return F.cross_entropy(self.logits(x), y)


class Perceptron(Softmax):
    def logits(self, x):
        h0 = F.relu(torch.addmm(self.b0, x, self.W0))
        h1 = F.relu(torch.addmm(self.b1, h0, self.W1))
        return torch.addmm(self.b2, h1, self.W2)


class Convolutional(Softmax):
    def __init__(self, params, dropout):
        super().__init__(params)
        self.dropout = dropout

    def drop(self, x, share):
        return F.dropout(x, share, self.training) if self.dropout else x

    def logits(self, x):
        x = self.drop(x, 0.2)
        h0 = F.relu(F.conv2d(x, self.W0) + self.b0)
        h0 = self.drop(F.max_pool2d(h0, 4, 2, ceil_mode=True), 0.5)
        h1 = F.relu(F.conv2d(h0, self.W1) + self.b1)
        h1 = self.drop(F.max_pool2d(h1, 4, 2, ceil_mode=True), 0.5)
        return torch.addmm(self.b2, h1.flatten(1), self.W2)


class Denoising(Softmax):
    def cost(self, x, y):
        noisy = x * torch.empty_like(x).bernoulli_(0.8)
        hidden = torch.tanh(torch.addmm(self.hidden, noisy, self.W))
        out = torch.addmm(self.visible, hidden, self.W_decoder)
        return (out - x).square().sum(1).mean()

    def forward(self, x, y):
        return self.cost(x, y) * len(x), torch.zeros(())


@torch.no_grad()
def constrain(weights):
    """No kernel and no column longer than MAX_NORM."""
    for w in weights:
        norms = torch.linalg.vector_norm(w, dim=(1, 2, 3) if w.dim() == 4 else 0, keepdim=True)
        w.mul_(norms.clamp(max=MAX_NORM) / (norms + 1e-7))


class Experiment:
    def __init__(self, spec, data):
        name = spec["name"]
        torch.manual_seed(1)
        self.batch = spec["batchSize"]
        self.monitoring_batch = spec["train"] // 5 if name == "dae" else self.batch
        self.convolutional = name in CONVOLUTIONAL
        self.sets = {key: self.tensors(*data[key]) for key in {"train", *WATCHED[name]}}
        self.watched = WATCHED[name]
        self.model = self.make(name, initial(spec))
        self.optimizer = self.make_optimizer(name)
        self.cost, self.totals, self.constrain = self.model.cost, self.model, constrain
        if MODE == "compile":
            self.cost = torch.compile(self.model.cost)
            self.totals = torch.compile(self.model)
            self.constrain = torch.compile(constrain)

    def tensors(self, pixels, classes):
        x = torch.from_numpy(pixels)
        x = layout(x.view(-1, 1, 28, 28)) if self.convolutional else x
        return x, torch.from_numpy(classes).long()

    def make(self, name, params):
        if self.convolutional:
            return Convolutional(params, name == "dropout")
        return {"softmax": Softmax, "mlp": Perceptron, "dae": Denoising}[name](params)

    def make_optimizer(self, name):
        momentum = 0 if name == "dae" else MOMENTUM
        named = list(self.model.named_parameters())
        self.weights = [value for key, value in named if key[0] == "W"]
        biases = [value for key, value in named if key[0] != "W"]
        decay = 2 * DECAY if self.convolutional else 0
        groups = [{"params": self.weights, "weight_decay": decay}, {"params": biases}]
        return torch.optim.SGD(groups, lr=RATES[name], momentum=momentum, fused=True)

    def set_momentum(self, momentum):
        for group in self.optimizer.param_groups:
            group["momentum"] = momentum

    def train(self):
        x, y = self.sets["train"]
        self.model.train()
        order = torch.randperm(len(x))
        for chosen in order.split(self.batch):
            loss = self.cost(x[chosen], y[chosen])
            self.optimizer.zero_grad(set_to_none=True)
            loss.backward()
            self.optimizer.step()
            if self.convolutional:
                self.constrain(self.weights)

    @torch.no_grad()
    def evaluate(self):
        self.model.eval()
        decay = DECAY * sum(w.square().sum() for w in self.weights) if self.convolutional else 0
        values = {}
        for name in self.watched:
            x, y = self.sets[name]
            objective, errors = torch.zeros(()), torch.zeros((), dtype=torch.long)
            for start in range(0, len(x), self.monitoring_batch):
                stop = start + self.monitoring_batch
                of_batch, wrong = self.totals(x[start:stop], y[start:stop])
                objective, errors = objective + of_batch, errors + wrong
            values[f"{name}_objective"] = float(objective / len(x) + decay)
            values[f"{name}_misclass"] = float(errors / len(x))
        return values


Contestant(Experiment).serve()
