import assert from 'node:assert/strict';
import { makeNpRng, makeRng, RandomState, type Seed } from '../../src/utils/rng';
import { OptionError } from '../../src/utils/options';

/** Equal up to the last bit or two of a double: logarithms differ that much between libraries. */
function expectNear(received: ArrayLike<number>, expected: readonly number[]): void {
  assert.equal(received.length, expected.length);
  expected.forEach((value, i) => {
    assert.ok(Math.abs(received[i] - value) <= 1e-15 * Math.abs(value), `${received[i]} ${value}`);
  });
}

/** Euclidean norms of the columns of a row-major matrix. */
function columnNorms(matrix: Float64Array, columns: number): number[] {
  return Array.from({ length: columns }, (_, column) => {
    let sum = 0;
    for (let i = column; i < matrix.length; i += columns) sum += matrix[i] ** 2;
    return Math.sqrt(sum);
  });
}

function rowNorms(matrix: Float64Array, length: number): number[] {
  return Array.from({ length: matrix.length / length }, (_, row) =>
    Math.hypot(...matrix.subarray(row * length, (row + 1) * length)),
  );
}

function summary(norms: readonly number[]): string[] {
  const mean = norms.reduce((sum, norm) => sum + norm, 0) / norms.length;
  return [Math.max(...norms), mean, Math.min(...norms)].map((norm) => norm.toFixed(6));
}

// [n, p, sum(x * (i + 1) for i, x in enumerate(R(7).binomial(n, p, 2000))) % 1000003]
const BINOMIAL_SUMS: [number, number, number][] = [
  [100000, 0.3, 244592],
  [2000000, 0.5, 69407],
  [7, 0.99, 864927],
  [61, 0.5, 836171],
  [60, 0.5, 848849],
  [100, 0.30001, 6655],
  [1000000, 0.00004, 206194],
  [4079, 0.87, 715260],
];

// Expected values come from numpy.random.RandomState (NumPy 2.4), called R in the comments.
describe('utils/rng: RandomState has NumPy’s streams', () => {
  it('random_sample, seeded by an integer', () => {
    // R(42).random_sample(4), R(0).random_sample(2), R(4294967295).random_sample(2)
    assert.deepEqual(
      [...new RandomState(42).randomSample(4)],
      [0.3745401188473625, 0.9507143064099162, 0.7319939418114051, 0.5986584841970366],
    );
    assert.deepEqual([...new RandomState(0).rand(2)], [0.5488135039273248, 0.7151893663724195]);
    const last = new RandomState(4294967295);
    assert.deepEqual([last.rand(), last.rand()], [0.0976320289940138, 0.9123828453026218]);
  });

  it('random_sample, seeded by a list, which is not the same as by its only item', () => {
    // R([2013, 1, 4]), R([5]), R(5), R(list(range(700)))
    const cases: [Seed, number[]][] = [
      [
        [2013, 1, 4],
        [0.6252567701613894, 0.3840026101798222, 0.9597336288197106],
      ],
      [[5], [0.6229016948897019, 0.7417869892607294]],
      [5, [0.22199317108973948, 0.8707323061773764]],
      [Array.from({ length: 700 }, (_, i) => i), [0.867898393018711, 0.9148838731573538]],
    ];
    for (const [seed, expected] of cases) {
      assert.deepEqual([...new RandomState(seed).randomSample(expected.length)], expected);
    }
  });

  it('goes on rightly after a million draws', () => {
    // r = R(42); r.random_sample(1000000); r.random_sample()
    const rng = new RandomState(42);
    rng.randomSample(1_000_000);
    assert.equal(rng.randomSample(), 0.5951556239482597);
  });

  it('uniform', () => {
    // R([2013, 1, 4]).uniform(-.05, .05, 3)
    const expected = [0.012525677016138936, -0.011599738982017785, 0.045973362881971055];
    assert.deepEqual([...new RandomState([2013, 1, 4]).uniform(-0.05, 0.05, 3)], expected);
  });

  it('randn and normal, with the second value of a pair kept for later', () => {
    // R(42).randn(5); R([1, 2, 3]).normal(10, .5, 4)
    expectNear(
      new RandomState(42).randn(5),
      [
        0.4967141530112327, -0.13826430117118466, 0.6476885381006925, 1.5230298564080254,
        -0.23415337472333597,
      ],
    );
    expectNear(
      new RandomState([1, 2, 3]).normal(10, 0.5, 4),
      [10.449291224104975, 10.127644382981492, 10.475863126087983, 9.971683041813039],
    );
    // r = R(42); r.randn(), r.random_sample(), r.randn(), r.randn()
    const rng = new RandomState(42);
    expectNear(
      [rng.randn(), rng.randomSample(), rng.randn(), rng.randn()],
      [0.4967141530112327, 0.7319939418114051, -0.13826430117118466, -1.1118801180469204],
    );
  });

  it('randint with one bound and with two, and without a draw where there is no choice', () => {
    // R(42).randint(10, size=12); R(42).randint(-5, 3, size=8)
    assert.deepEqual(
      [...new RandomState(42).randint(10, null, 12)],
      [6, 3, 7, 4, 6, 9, 2, 6, 7, 4, 3, 7],
    );
    assert.deepEqual([...new RandomState(42).randint(-5, 3, 8)], [1, -2, -1, 1, -3, 2, -1, -1]);
    // r = R(1); r.randint(3, 4), r.randint(1000)
    const rng = new RandomState(1);
    assert.deepEqual([rng.randint(3, 4), rng.randint(1000)], [3, 37]);
    // The seed of the stream of a corruptor made with rng=2001.
    assert.equal(new RandomState(2001).randint(2 ** 30), 717799168);
  });

  it('randint over ranges of 31, 32, 33, 40 and 53 bits', () => {
    const draw = (seed: number, low: number, high: number, count: number) => {
      const rng = new RandomState(seed);
      return Array.from({ length: count }, () => rng.randint(low, high));
    };
    // R(1).randint(2**31-1, size=3), R(1).randint(0, 2**32, size=3)
    assert.deepEqual(draw(1, 0, 2 ** 31 - 1, 3), [1791095845, 2135392491, 946286476]);
    assert.deepEqual(draw(1, 0, 2 ** 32, 3), [1791095845, 4282876139, 3093770124]);
    // R(7).randint(0, 2**33-5, size=3), R(1).randint(0, 2**40, size=4)
    assert.deepEqual(draw(7, 0, 2 ** 33 - 5, 3), [5271381188, 5664942582, 8496402643]);
    const expected = [163196666091, 605300724808, 1095766950793, 876169207429];
    assert.deepEqual(draw(1, 0, 2 ** 40, 4), expected);
    // R(1).randint(-2**52, 2**52, size=3)
    const wide = [-3953680616816405, -2480992443165624, -2393640558345335];
    assert.deepEqual(draw(1, -(2 ** 52), 2 ** 52, 3), wide);
  });

  it('shuffle and permutation', () => {
    // From Pylearn2's first epochs: r = R([2012, 10, 5]), twice r.shuffle(arange(10))
    const rng = new RandomState([2012, 10, 5]);
    assert.deepEqual([...rng.permutation(10)], [4, 7, 0, 9, 2, 6, 3, 8, 1, 5]);
    const order = Int32Array.from([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    rng.shuffle(order);
    assert.deepEqual([...order], [0, 2, 9, 7, 5, 4, 1, 3, 6, 8]);
    const other = new RandomState([2012, 10, 16]);
    assert.deepEqual([...other.permutation(10)], [4, 0, 5, 7, 6, 1, 9, 3, 2, 8]);
    // R(42).permutation(10), of a list this time
    const items = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j'];
    assert.equal(new RandomState(42).permutation(items).join(''), 'ibfahcjedg');
    assert.equal(items.join(''), 'abcdefghij');
  });

  it('binomial, by inversion and by rejection, either side of one half', () => {
    // R(42).binomial(n, p, 8)
    const cases: [number, number, number[]][] = [
      [1, 0.5, [0, 1, 1, 1, 0, 0, 0, 1]],
      [10, 0.3, [2, 5, 4, 3, 2, 2, 1, 5]],
      [10, 0.9, [9, 7, 9, 9, 10, 10, 10, 8]],
      [50, 0.5, [24, 31, 27, 26, 21, 21, 19, 29]],
      [100, 0.5, [49, 52, 44, 42, 58, 52, 51, 56]],
      [1000, 0.7, [711, 714, 698, 722, 694, 727, 693, 697]],
      [100000, 0.01, [972, 1004, 949, 1008, 939, 1004, 993, 1020]],
      [40, 1, Array<number>(8).fill(40)],
      [0, 0.5, Array<number>(8).fill(0)],
      [25, 0, Array<number>(8).fill(0)],
    ];
    for (const [n, p, expected] of cases) {
      assert.deepEqual([...new RandomState(42).binomial(n, p, 8)], expected, `${n} ${p}`);
    }
  });

  it('binomial stays with NumPy through thousands of draws, near the mode and in the tails', () => {
    const checks = BINOMIAL_SUMS.map(([n, p]) => {
      const draws = new RandomState(7).binomial(n, p, 2000);
      return [n, p, draws.reduce((sum, draw, i) => (sum + draw * (i + 1)) % 1000003, 0)];
    });
    assert.deepEqual(checks, BINOMIAL_SUMS);
  });
});

describe('utils/rng: weights that Pylearn2 logged', () => {
  it('Sigmoid h0 of 784 x 500, sparse_init 15', () => {
    const rng = new RandomState([2013, 1, 4]);
    const weights = new Float64Array(784 * 500);
    for (let unit = 0; unit < 500; unit++) {
      for (let i = 0; i < 15; i++) {
        let input = rng.randint(0, 784);
        while (weights[input * 500 + unit] !== 0) input = rng.randint(0, 784);
        weights[input * 500 + unit] = rng.randn();
      }
    }
    assert.deepEqual(summary(columnNorms(weights, 500)), ['6.235034', '3.823556', '2.061940']);
    const rows = summary(rowNorms(weights, 500));
    assert.deepEqual(rows.slice(0, 2), ['5.893261', '2.985492']);
  });

  it('two convolutional layers of 64 kernels 5 x 5, irange .05, and the softmax above them', () => {
    const rng = new RandomState([2013, 1, 4]);
    const first = rng.uniform(-0.05, 0.05, [64, 1, 5, 5]);
    const second = rng.uniform(-0.05, 0.05, [64, 64, 5, 5]);
    const top = rng.normal(0, 0.05, [576, 10]);
    assert.deepEqual(summary(rowNorms(first, 25)), ['0.166490', '0.141213', '0.121113']);
    assert.deepEqual(summary(rowNorms(second, 1600)), ['1.184737', '1.157633', '1.125334']);
    const squares = [first, second, top].flatMap((layer) => [...layer.map((w) => w * w)]);
    const decay = 5e-5 * squares.reduce((sum, square) => sum + square, 0);
    assert.equal(decay.toFixed(8), '0.00505703');
  });

  it('a softmax of 500 x 10, irange .005', () => {
    const weights = new RandomState([2013, 1, 4]).uniform(-0.005, 0.005, [500, 10]);
    assert.deepEqual(summary(columnNorms(weights, 10)), ['0.065003', '0.064175', '0.062468']);
  });
});

describe('utils/rng: state, seeds and errors', () => {
  it('goes on where a state was taken, through JSON, with the kept normal draw', () => {
    const rng = new RandomState([2013, 1, 4]);
    rng.randn(7);
    const state = JSON.parse(JSON.stringify(rng.getState()));
    const expected = [...rng.randn(3), rng.randomSample()];
    const other = new RandomState(0);
    other.setState(state);
    assert.deepEqual([...other.randn(3), other.randomSample()], expected);
  });

  it('a clone draws the same and leaves the original alone', () => {
    const rng = new RandomState(3);
    rng.randn();
    const clone = rng.clone();
    const ahead = [...clone.randn(5)];
    assert.deepEqual([...rng.randn(5)], ahead);
  });

  it('refuses a state that is not one', () => {
    const rng = new RandomState(1);
    const state = rng.getState();
    assert.throws(() => rng.setState({ ...state, key: 'AAAA' }), /not a state of MT19937: 3 bytes/);
    assert.throws(() => rng.setState({ ...state, pos: 625 }), /position 625/);
  });

  it('makeRng takes a generator, a seed, the default seed or 42, in this order', () => {
    const rng = new RandomState(1);
    assert.equal(makeRng(rng, 5), rng);
    assert.equal(makeNpRng({ rngOrSeed: rng }), rng);
    const first = (seed: Seed) => new RandomState(seed).rand();
    assert.equal(makeRng(0, 5).rand(), first(0));
    assert.equal(makeRng(null, [5, 6]).rand(), first([5, 6]));
    assert.equal(makeRng().rand(), first(42));
    assert.equal(makeNpRng({ defaultSeed: 5 }).rand(), first(5));
  });

  it('refuses seeds that NumPy refuses', () => {
    for (const seed of [-1, 2 ** 32, 1.5, NaN, [], [1, -1], '42', null]) {
      assert.throws(() => new RandomState(seed as Seed), OptionError, JSON.stringify(seed));
    }
    assert.throws(
      () => makeRng(-1),
      /^OptionError: utils\.rng\.RandomState: option `seed`: expected an integer from 0 .* received -1\.$/,
    );
  });

  it('names the method, what it takes and what it got', () => {
    const rng = new RandomState(1);
    assert.throws(
      () => rng.randint(3, 3),
      /RandomState\.randint: expected integers low < high, rec.*\[3, 3\]/,
    );
    assert.throws(() => rng.randint(0, 2 ** 32, 5), /within int32/);
    assert.throws(() => rng.randint(1.5), /randint: expected integers/);
    assert.throws(() => rng.binomial(-1, 0.5), /binomial: expected an integer n >= 0, received -1/);
    assert.throws(() => rng.binomial(3, 1.5), /p in \[0, 1\], received 1\.5/);
    assert.throws(() => rng.normal(0, -1), /scale >= 0, received -1/);
    assert.throws(() => rng.uniform(0, Infinity), /finite ends/);
    assert.throws(() => rng.randomSample([2, -1]), /randomSample: expected a size/);
    assert.throws(() => rng.permutation(2.5), /permutation: expected a size/);
  });
});
