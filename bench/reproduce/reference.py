"""The stacked autoencoders of notebooks/dae_*.yaml once more, in NumPy and nothing of this project.

Tells what the files should give, whoever runs them: python reference.py FOLDER, with the folder
that holds mnist/. With --logged by the rules of the Pylearn2 whose log was published.
"""

import argparse
import gzip
import os

import numpy as np

EXAMPLES, BATCH, CODES, RANGE = 50000, 100, 500, 0.05


def floats(array):
    return np.asarray(array, np.float32)


def read(folder, name, header):
    with gzip.open(os.path.join(folder, "mnist", name)) as file:
        return np.frombuffer(file.read(), np.uint8, offset=header)


def batches(order):
    """The examples of an epoch: every epoch shuffles a new list by the same generator."""
    numbers = np.arange(EXAMPLES)
    order.shuffle(numbers)
    return numbers.reshape(-1, BATCH)


def autoencoder(inputs, level, noise, logged):
    """Trains ten epochs. Returns the objectives, weights and biases of the encoder."""
    width = inputs.shape[1]
    rng = np.random.RandomState(9001)
    w = floats(rng.uniform(-RANGE, RANGE, (width, CODES)))
    rng.randint(2**30)
    back = floats((0.5 - rng.rand(CODES, width)) * RANGE)
    if logged:
        w *= floats(-0.5)
    hb, vb = np.zeros(CODES, np.float32), np.zeros(width, np.float32)

    def corrupt(x):
        return x * (noise.rand(*x.shape) < 1 - level)

    def errors(x):
        corrupted = floats(corrupt(x))
        h = np.tanh(corrupted @ w + hb)
        return corrupted, h, h @ back + vb - x

    def objective():
        seen = inputs[: 5 * BATCH] if logged else inputs
        parts = [errors(x)[2] for x in np.split(seen, len(seen) // 500)]
        return sum(float(np.sum(part * part)) for part in parts) / len(seen)

    order = np.random.RandomState([2012, 10, 5])
    objectives = [objective()]
    for _ in range(10):
        for chosen in batches(order):
            corrupted, h, error = errors(inputs[chosen])
            # Of the learning rate .001 and the mean over the batch of squares.
            step = error * floats(0.001 * 2 / BATCH)
            step_h = step @ back.T * (1 - h * h)
            back -= h.T @ step
            vb -= step.sum(0)
            w -= corrupted.T @ step_h
            hb -= step_h.sum(0)
        objectives.append(objective())
    return objectives, w, hb


def fine_tuning(images, labels, first, second):
    """Trains fifty epochs. Returns the errors on the validation set."""
    top = floats(np.random.RandomState([2013, 1, 4]).uniform(-0.005, 0.005, (CODES, 10)))
    params = [*first, *second, top, np.zeros(10, np.float32)]
    velocities = [np.zeros_like(param) for param in params]

    def fprop(x):
        w1, b1, w2, b2, w3, b3 = params
        h1 = np.tanh(x @ w1 + b1)
        h2 = np.tanh(h1 @ w2 + b2)
        return h1, h2, h2 @ w3 + b3

    def error():
        guesses = fprop(images[EXAMPLES:])[2].argmax(1)
        return float(np.mean(guesses != labels[EXAMPLES:]))

    order = np.random.RandomState([2012, 10, 5])
    rate, result = 0.05, [error()]
    for epoch in range(50):
        momentum = floats(0.5 + 0.2 * min(epoch / 249, 1))
        for chosen in batches(order):
            x = images[chosen]
            h1, h2, logits = fprop(x)
            odds = np.exp(logits - logits.max(1, keepdims=True))
            d3 = odds / odds.sum(1, keepdims=True)
            d3[np.arange(BATCH), labels[chosen]] -= 1
            d3 /= BATCH
            d2 = d3 @ params[4].T * (1 - h2 * h2)
            d1 = d2 @ params[2].T * (1 - h1 * h1)
            gradients = [x.T @ d1, d1.sum(0), h1.T @ d2, d2.sum(0), h2.T @ d3, d3.sum(0)]
            for param, velocity, gradient in zip(params, velocities, gradients):
                velocity *= momentum
                velocity -= floats(rate) * gradient
                param += velocity
            norms = np.sqrt(np.sum(params[4] ** 2, 0))
            params[4] *= np.minimum(norms, 1.9365) / (1e-7 + norms)
            rate /= 1.00004
        result.append(error())
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--logged", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    images = read(args.folder, "train-images-idx3-ubyte.gz", 16).reshape(-1, 784)
    images = floats(images / 255)
    labels = read(args.folder, "train-labels-idx1-ubyte.gz", 8)
    noise = np.random.RandomState(args.seed)
    inputs = images[:EXAMPLES]
    objectives, *first = autoencoder(inputs, 0.2, noise, args.logged)
    print("dae_l1", [round(objectives[i], 3) for i in (0, 1, 10)], flush=True)
    objectives, *second = autoencoder(np.tanh(inputs @ first[0] + first[1]), 0.3, noise, args.logged)
    print("dae_l2", [round(objectives[i], 3) for i in (0, 1, 10)], flush=True)
    errors = fine_tuning(images, labels, first, second)
    print("dae_mlp", [errors[i] for i in (0, 1, 10, 50)], flush=True)


main()
