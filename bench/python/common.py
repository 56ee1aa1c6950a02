"""What the PyTorch and the JAX side share: the data, the requests of the bench, memory.

A request is a line of JSON on standard input, its answer a line on file descriptor 3.
"""

import json
import os
import resource
import sys
import time

import numpy as np

MOMENTUM, FINAL_MOMENTUM, SATURATE = 0.5, 0.99, 10
DECAY, MAX_NORM = 5e-5, 1.9365
CONVOLUTIONAL = ("conv", "dropout")
RATES = {"softmax": 0.1, "dae": 1e-3, "mlp": 0.01, "conv": 0.01, "dropout": 0.01}
WATCHED = {
    "softmax": ("train", "valid", "test"),
    "dae": ("train",),
    "mlp": ("train", "valid", "test"),
    "conv": ("valid", "test"),
    "dropout": ("valid", "test"),
}


def load(spec):
    """The sets of an experiment by name: pixels as float32 in rows of 784, and classes."""

    def part(name, start, stop):
        pixels = np.load(os.path.join(spec["data"], f"{name}_images.npy"), mmap_mode="r")
        classes = np.load(os.path.join(spec["data"], f"{name}_labels.npy"))
        return pixels[start:stop].astype(np.float32) / 255, classes[start:stop]

    held = spec["held"]
    return {
        "train": part("train", 0, spec["train"]),
        "valid": part("train", 50000, 50000 + held),
        "test": part("test", 0, held),
    }


def sparse(rng, rows, columns, nonzero=15):
    """Weights of which each column has so many that are not 0."""
    weights = np.zeros((rows, columns), np.float32)
    for column in range(columns):
        weights[rng.permutation(rows)[:nonzero], column] = rng.standard_normal(nonzero)
    return weights


def initial(spec):
    """The parameters of a model by name; names of weights begin with a capital."""
    rng = np.random.RandomState([2013, 1, 4])
    name, width = spec["name"], spec["width"]
    if name == "softmax":
        params = {"W": np.zeros((784, 10)), "b": np.zeros(10)}
    elif name == "dae":
        params = {
            "W": rng.uniform(-0.05, 0.05, (784, 500)),
            "W_decoder": rng.uniform(-0.025, 0.025, (500, 784)),
            "hidden": np.zeros(500),
            "visible": np.zeros(784),
        }
    elif name == "mlp":
        params = {
            "W0": sparse(rng, 784, width),
            "b0": np.zeros(width),
            "W1": sparse(rng, width, 2 * width),
            "b1": np.zeros(2 * width),
            "W2": np.zeros((2 * width, 10)),
            "b2": np.zeros(10),
        }
    else:
        params = {
            "W0": rng.uniform(-0.05, 0.05, (64, 1, 5, 5)),
            "b0": np.zeros((64, 24, 24)),
            "W1": rng.uniform(-0.05, 0.05, (64, 64, 5, 5)),
            "b1": np.zeros((64, 7, 7)),
            "W2": rng.standard_normal((576, 10)) * 0.05,
            "b2": np.zeros(10),
        }
    return {key: value.astype(np.float32) for key, value in params.items()}


def momentum_after(epochs):
    """What the momentum is once so many epochs are over."""
    share = min(max((epochs + 1 - 1) / (SATURATE - 1), 0), 1)
    return MOMENTUM * (1 - share) + FINAL_MOMENTUM * share


def resident():
    """Megabytes in memory now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def timed(action):
    start = time.perf_counter()
    result = action()
    return time.perf_counter() - start, result


class Contestant:
    """Answers requests with an experiment that has `train()`, `evaluate()` and `set_momentum(m)`."""

    def __init__(self, make):
        self.make = make
        self.experiment = None
        self.adjusts = False
        self.epochs = 0

    def setup(self, request):
        spec = request["spec"]
        data = load(spec)
        self.adjusts = spec["name"] in ("mlp", *CONVOLUTIONAL)

        def begin():
            self.experiment = self.make(spec, data)
            return self.experiment.evaluate()

        seconds, values = timed(begin)
        return {"seconds": seconds, "values": values}

    def epoch(self):
        self.experiment.train()
        self.epochs += 1
        if self.adjusts:
            self.experiment.set_momentum(momentum_after(self.epochs - 1))
        return self.experiment.evaluate()

    def repeat(self, action, count):
        values = None
        for _ in range(count):
            values = action()
        return values

    def answer(self, request):
        what = request["do"]
        if what == "setup":
            return self.setup(request)
        if what == "memory":
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            return {"resident": resident(), "peak": peak}
        action = {"steps": self.experiment and self.experiment.train, "epochs": self.epoch}[what]
        seconds, values = timed(lambda: self.repeat(action, request["count"]))
        return {"seconds": seconds, "values": values}

    def serve(self):
        with os.fdopen(3, "w", encoding="utf8") as replies:
            for line in sys.stdin:
                replies.write(json.dumps(self.answer(json.loads(line))) + "\n")
                replies.flush()
