"""The experiments in JAX: `jax_bench.py jit` (a call a batch) or `scan` (a call an epoch)."""

import sys
from functools import partial

import jax
import jax.numpy as jnp
import numpy as np
from jax import lax

from common import CONVOLUTIONAL, DECAY, MAX_NORM, MOMENTUM, RATES, WATCHED, Contestant, initial

SCAN = sys.argv[1] == "scan"
LAYOUT = ("NHWC", "OIHW", "NHWC")


def affine(x, w, b):
    return x @ w + b


def softmax_logits(p, x, key):
    return affine(x, p["W"], p["b"])


def perceptron_logits(p, x, key):
    h0 = jax.nn.relu(affine(x, p["W0"], p["b0"]))
    h1 = jax.nn.relu(affine(h0, p["W1"], p["b1"]))
    return affine(h1, p["W2"], p["b2"])


def pool(x):
    rows = x.shape[1]
    missing = -(rows - 4) % 2
    pads = ((0, 0), (0, missing), (0, missing), (0, 0))
    return lax.reduce_window(x, -jnp.inf, lax.max, (1, 4, 4, 1), (1, 2, 2, 1), pads)


def drop(x, share, key):
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - share, x.shape), x / (1 - share), 0)


def detect(x, w, b):
    z = lax.conv_general_dilated(x, w, (1, 1), "VALID", dimension_numbers=LAYOUT)
    return jax.nn.relu(z + b.transpose(1, 2, 0))


def convolutional_logits(dropout, p, x, key):
    keys = jax.random.split(key, 3) if dropout and key is not None else [None] * 3
    x = drop(x.reshape(-1, 28, 28, 1), 0.2, keys[0])
    h0 = drop(pool(detect(x, p["W0"], p["b0"])), 0.5, keys[1])
    h1 = drop(pool(detect(h0, p["W1"], p["b1"])), 0.5, keys[2])
    return affine(h1.reshape(len(h1), -1), p["W2"], p["b2"])


def negative_log_likelihood(logits, y):
    chosen = jnp.take_along_axis(logits, y[:, None], 1)[:, 0]
    return jax.nn.logsumexp(logits, 1) - chosen


def reconstruction_error(p, x, key):
    noisy = jnp.where(jax.random.bernoulli(key, 0.8, x.shape), x, 0)
    hidden = jnp.tanh(affine(noisy, p["W"], p["hidden"]))
    out = affine(hidden, p["W_decoder"], p["visible"])
    return jnp.square(out - x).sum(1)


def constrain(w):
    axes = (1, 2, 3) if w.ndim == 4 else 0
    norms = jnp.sqrt(jnp.square(w).sum(axes, keepdims=True))
    return w * (jnp.minimum(norms, MAX_NORM) / (norms + 1e-7))


def is_weight(name):
    return name[0] == "W"


class Experiment:
    def __init__(self, spec, data):
        self.name = spec["name"]
        self.batch = spec["batchSize"]
        self.monitoring_batch = spec["train"] // 5 if self.name == "dae" else self.batch
        self.watched = WATCHED[self.name]
        self.sets = {key: jax.device_put(data[key]) for key in {"train", *self.watched}}
        self.params = jax.device_put(initial(spec))
        self.velocity = None if self.name == "dae" else jax.tree.map(jnp.zeros_like, self.params)
        self.momentum = jnp.float32(MOMENTUM)
        self.key = jax.random.key(1)
        self.rng = np.random.RandomState(1)
        self.logits = {
            "softmax": softmax_logits,
            "mlp": perceptron_logits,
            "conv": partial(convolutional_logits, False),
            "dropout": partial(convolutional_logits, True),
            "dae": None,
        }[self.name]
        self.step = jax.jit(self.step_body, donate_argnums=(0, 1, 2))
        self.epoch = jax.jit(self.epoch_body, donate_argnums=(0, 1, 2))
        self.totals = jax.jit(self.totals_body)
        self.all_totals = jax.jit(self.all_totals_body)

    def set_momentum(self, momentum):
        self.momentum = jnp.float32(momentum)

    def decay(self, params):
        if self.name not in CONVOLUTIONAL:
            return 0.0
        return DECAY * sum(jnp.square(w).sum() for name, w in params.items() if is_weight(name))

    def cost(self, params, x, y, key):
        if self.name == "dae":
            return reconstruction_error(params, x, key).mean()
        return negative_log_likelihood(self.logits(params, x, key), y).mean() + self.decay(params)

    def step_body(self, params, velocity, key, momentum, x, y, chosen):
        key, own = jax.random.split(key)
        grads = jax.grad(self.cost)(params, x[chosen], y[chosen], own)
        steps = jax.tree.map(lambda g: -RATES[self.name] * g, grads)
        if velocity is not None:
            steps = velocity = jax.tree.map(lambda v, s: momentum * v + s, velocity, steps)
        params = jax.tree.map(jnp.add, params, steps)
        if self.name in CONVOLUTIONAL:
            params = {n: constrain(w) if is_weight(n) else w for n, w in params.items()}
        return params, velocity, key

    def epoch_body(self, params, velocity, key, momentum, x, y, order):
        def body(state, chosen):
            return self.step_body(*state, momentum, x, y, chosen), None

        return lax.scan(body, (params, velocity, key), order)[0]

    def train(self):
        x, y = self.sets["train"]
        order = self.rng.permutation(len(x)).astype(np.int32).reshape(-1, self.batch)
        state = (self.params, self.velocity, self.key)
        if SCAN:
            state = self.epoch(*state, self.momentum, x, y, order)
        else:
            for chosen in order:
                state = self.step(*state, self.momentum, x, y, chosen)
        self.params, self.velocity, self.key = jax.block_until_ready(state)

    def totals_body(self, params, key, sums, x, y, start):
        """Adds objective and errors of a batch to the sums."""
        x = lax.dynamic_slice_in_dim(x, start, self.monitoring_batch)
        y = lax.dynamic_slice_in_dim(y, start, self.monitoring_batch)
        if self.name == "dae":
            noise = jax.random.fold_in(key, start)
            return sums[0] + reconstruction_error(params, x, noise).sum(), sums[1]
        logits = self.logits(params, x, None)
        objective = negative_log_likelihood(logits, y).sum()
        return sums[0] + objective, sums[1] + (logits.argmax(1) != y).sum()

    def all_totals_body(self, params, key, x, y):
        def body(i, sums):
            return self.totals_body(params, key, sums, x, y, i * self.monitoring_batch)

        return lax.fori_loop(0, len(x) // self.monitoring_batch, body, self.no_sums())

    def no_sums(self):
        return jnp.float32(0), jnp.int32(0)

    def evaluate(self):
        decay = self.decay(self.params)
        values = {}
        for name in self.watched:
            x, y = self.sets[name]
            if SCAN:
                sums = self.all_totals(self.params, self.key, x, y)
            else:
                sums = self.no_sums()
                for start in range(0, len(x), self.monitoring_batch):
                    sums = self.totals(self.params, self.key, sums, x, y, np.int32(start))
            values[f"{name}_objective"] = float(sums[0] / len(x) + decay)
            values[f"{name}_misclass"] = float(sums[1] / len(x))
        return values


Contestant(Experiment).serve()
