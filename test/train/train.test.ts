import assert from 'node:assert/strict';
import type { Model } from '../../src/models';
import { displaySymbol } from '../../src/utils/display';
import { getMonitor } from '../../src/monitor';
import { EpochCounter, type TerminationCriterion } from '../../src/termination_criteria';
import { ExtensionError, type StopReason, Train, type TrainOptions } from '../../src/train';
import { TrainExtension, type Verdict } from '../../src/train_extensions';
import { StateError } from '../../src/utils/errors';
import { interrupt } from '../../src/utils/interrupt';
import { expectClose, leavesAsync } from '../support/expect';
import { logged, quietly } from '../support/log';
import { TinyDataset } from '../support/tiny_dataset';
import { TinyDescent, TinyModel, valuesOf } from '../support/tiny_model';

const dataset = new TinyDataset([[1], [2], [3], [4], [5]]);
const epochs = (maxEpochs: number) => new EpochCounter({ maxEpochs });

interface Setting {
  train: Train;
  model: TinyModel;
  algorithm: TinyDescent;
}

function setting(
  criterion: TerminationCriterion | null,
  options: Partial<TrainOptions> = {},
): Setting {
  const model = new TinyModel();
  const algorithm = new TinyDescent(2, 0.25, criterion);
  return { train: new Train({ dataset, model, algorithm, ...options }), model, algorithm };
}

/** Writes down what happens, with the epochs that the model has seen. */
class Spy extends TrainExtension {
  constructor(
    readonly events: string[],
    private readonly name = 'spy',
    private readonly verdict: (epoch: number) => Verdict = () => {},
  ) {
    super();
  }

  private note(event: string, model: Model): number {
    const epoch = getMonitor(model).getEpochsSeen();
    this.events.push(`${this.name} ${event} ${epoch}`);
    return epoch;
  }

  override setup(model: Model): void {
    this.note('setup', model);
  }

  override onMonitor(model: Model): Verdict {
    return this.verdict(this.note('monitor', model));
  }

  override onSave(model: Model): void {
    this.note('save', model);
  }

  override onEnd(model: Model): void {
    this.note('end', model);
  }
}

describe('train/main loop', () => {
  it('goes through the events of training in order', async () => {
    const events: string[] = [];
    class Asked extends EpochCounter {
      override continueLearning(model: Model): boolean {
        events.push('criterion');
        return super.continueLearning(model);
      }
    }
    const { train, model, algorithm } = setting(new Asked({ maxEpochs: 2 }), {
      extensions: [new Spy(events, 'a'), new Spy(events, 'b')],
    });
    algorithm.onBatch = (batch) => events.push(`batch ${batch}`);
    model.enforceConstraints = () => events.push('constraints');
    const monitor = getMonitor(model);
    const compute = monitor.monitor.bind(monitor);
    monitor.monitor = async () => {
      events.push('monitor');
      await compute();
    };
    assert.equal(await quietly(() => train.mainLoop()), 'criterion');
    const batches = ['batch 1', 'batch 2', 'batch 3'];
    assert.deepEqual(events, [
      ...['a setup 0', 'b setup 0', 'constraints'],
      ...['monitor', 'a monitor 0', 'b monitor 0', 'criterion', ...batches],
      ...['monitor', 'a monitor 1', 'b monitor 1', 'criterion', ...batches],
      ...['monitor', 'a monitor 2', 'b monitor 2', 'criterion', 'a end 2', 'b end 2'],
    ]);
    assert.equal(monitor.trainingSucceeded, true);
  });

  it('shows its parts before it begins, and how far it is from then on', async () => {
    const { train, model } = setting(epochs(1), { extensions: [new Spy([], 'a')] });
    const shown = async () => (await train[displaySymbol]()) as Record<string, string>;
    const before = await shown();
    const [first, ...rows] = before['text/plain'].split('\n');
    assert.match(first, /^Train: TinyModel on \w+ by \w+, not started$/);
    assert.ok(
      rows.some((row) => /^ *dataset +\w+ +.*5 examples/.test(row)),
      before['text/plain'],
    );
    assert.ok(rows.some((row) => /^ *termination criterion +EpochCounter$/.test(row.trimEnd())));
    assert.match(before['text/html'], /<td[^>]*>extension<\/td><td[^>]*>Spy<\/td>/);
    assert.ok(!before['text/html'].includes('saved to'));
    await quietly(() => train.mainLoop());
    assert.match((await shown())['text/plain'], /, 1 epochs, 3 batches seen$/);
    model.dispose();
  });

  it('trains: the model comes nearer to the mean at each batch', async () => {
    const { train, model } = setting(epochs(1));
    await quietly(() => train.mainLoop());
    // w <- w - (w - mean of batch) / 4, means 1.5, 3.5, 5.
    const expected = [1.5, 3.5, 5].reduce((w, mean) => w - (w - mean) / 4, 0);
    expectClose(valuesOf(model.w), [expected]);
    const monitor = getMonitor(model);
    assert.deepEqual([monitor.getBatchesSeen(), monitor.getExamplesSeen()], [3, 5]);
    assert.deepEqual(monitor.channels.get('objective').epochRecord, [0, 1]);
  });

  it('adds the channels of time; the total lags one epoch behind', async () => {
    const { train, model, algorithm } = setting(epochs(3));
    algorithm.onBatch = () => {
      const end = performance.now() + 2;
      while (performance.now() < end);
    };
    await quietly(() => train.mainLoop());
    const { channels } = getMonitor(model);
    assert.deepEqual([...channels.keys()].slice(-2), [
      'training_seconds_this_epoch',
      'total_seconds_last_epoch',
    ]);
    const training = channels.get('training_seconds_this_epoch').valRecord;
    const total = channels.get('total_seconds_last_epoch').valRecord;
    assert.equal(training[0], 0);
    assert.ok(training.slice(1).every((seconds) => seconds >= 0.006));
    assert.deepEqual(total.slice(0, 2), [0, 0]);
    assert.ok(total[2] >= training[1] && total[3] >= training[2]);
  });

  it('adds no channels where nothing is monitored', async () => {
    const model = new TinyModel();
    const algorithm = new TinyDescent(2, 0.25, epochs(1), false);
    await quietly(() => new Train({ dataset, model, algorithm }).mainLoop());
    assert.equal(getMonitor(model).channels.size, 0);
  });

  it('prints the reports and how long the epochs took', async () => {
    const { train } = setting(epochs(1));
    const lines = (await logged(() => train.mainLoop())).map(({ text }) => text.split('\n')[0]);
    assert.equal(lines.length, 4);
    assert.deepEqual(lines.slice(0, 2), ['Monitored channels: ', 'Monitoring step:']);
    assert.match(lines[2], /^Time this epoch: \d+\.\d{6} seconds$/);
    assert.equal(lines[3], 'Monitoring step:');
  });

  it('lets an extension stop training after the others were asked', async () => {
    const events: string[] = [];
    const stopper = new Spy(events, 'a', (epoch) => (epoch === 1 ? 'stop' : undefined));
    const { train, model } = setting(null, { extensions: [stopper, new Spy(events, 'b')] });
    let reason: StopReason | undefined;
    const lines = await logged(async () => (reason = await train.mainLoop()));
    assert.equal(reason, 'extension');
    assert.ok(lines.some(({ text }) => text === 'Extension requested training halt.'));
    assert.deepEqual(events.slice(-4), ['a monitor 1', 'b monitor 1', 'a end 1', 'b end 1']);
    assert.equal(getMonitor(model).trainingSucceeded, true);
  });

  it('names the extension whose hook throws, and tells the others that it ends', async () => {
    class Broken extends TrainExtension {
      override onMonitor(): void {
        throw new TypeError('no such thing');
      }
    }
    const events: string[] = [];
    const { train } = setting(epochs(1), { extensions: [new Spy(events), new Broken()] });
    await quietly(() =>
      assert.rejects(train.mainLoop(), (error: ExtensionError) => {
        assert.equal(
          error.message,
          'train.Train: extension Broken failed in onMonitor: no such thing',
        );
        return error instanceof ExtensionError && error.cause instanceof TypeError;
      }),
    );
    assert.deepEqual(events, ['spy setup 0', 'spy monitor 0', 'spy end 0']);
  });

  it('goes on after an error without monitoring the same epoch twice', async () => {
    class Once extends TrainExtension {
      calls = 0;
      override onMonitor(): void {
        if ((this.calls += 1) === 2) throw new Error('once');
      }
    }
    const { train, model } = setting(epochs(2), { extensions: [new Once()] });
    await quietly(() => assert.rejects(train.mainLoop(), /once/));
    assert.equal(await quietly(() => train.mainLoop()), 'criterion');
    assert.deepEqual(getMonitor(model).channels.get('objective').epochRecord, [0, 1, 2]);
  });

  it('leaves the model without a monitor when set-up fails, so that it can be tried again', async () => {
    class Unready extends TrainExtension {
      ready = false;
      override setup(): void {
        if (!this.ready) throw new Error('not yet');
      }
    }
    const extension = new Unready();
    const { train, model } = setting(epochs(1), { extensions: [extension] });
    await quietly(() => assert.rejects(train.mainLoop(), /Unready failed in setup: not yet/));
    assert.equal(model.monitor, undefined);
    extension.ready = true;
    assert.equal(await quietly(() => train.mainLoop()), 'criterion');
  });

  it('refuses to run twice at a time', async () => {
    const { train } = setting(epochs(1));
    await quietly(async () => {
      const running = train.mainLoop();
      await assert.rejects(train.mainLoop(), /running already/);
      await running;
    });
  });

  it('asks the criterion again when called again after it stopped', async () => {
    const { train, model } = setting(epochs(1));
    await quietly(async () => {
      await train.mainLoop();
      assert.equal(await train.mainLoop(), 'criterion');
    });
    assert.deepEqual(getMonitor(model).channels.get('objective').epochRecord, [0, 1]);
  });

  it('refuses an algorithm that does not tell whether the epoch was completed', async () => {
    const { train, algorithm } = setting(epochs(1));
    algorithm.train = async () => undefined as never;
    await quietly(() =>
      assert.rejects(train.mainLoop(), /expected TinyDescent\.train to tell .* undefined/),
    );
  });

  it('leaves no tensors behind', async () => {
    const { train } = setting(epochs(2));
    await leavesAsync(0, () => quietly(() => train.mainLoop()));
  });
});

describe('train/epochs', () => {
  it('yields a report after each monitoring and goes on where it was left', async () => {
    const { train } = setting(epochs(3));
    const seen: number[] = [];
    await quietly(async () => {
      for await (const report of train.epochs()) {
        seen.push(report.epochs);
        assert.equal(report.batches, report.epochs * 3);
        assert.equal(report.values.x_max, (2 * 2 + 4 * 2 + 5) / 5);
        if (report.epochs === 1) break;
      }
      assert.equal(await train.mainLoop(), 'criterion');
    });
    assert.deepEqual(seen, [0, 1]);
    assert.equal(getMonitor(train.model).getEpochsSeen(), 3);
  });
});

describe('train/interrupt', () => {
  it('stops at the border of a batch and says how to go on', async () => {
    const { train, model, algorithm } = setting(epochs(3));
    algorithm.onBatch = (batch) => {
      if (batch === 2 && getMonitor(model).getEpochsSeen() === 1) interrupt();
    };
    const lines = await logged(async () => assert.equal(await train.mainLoop(), 'interrupted'));
    assert.equal(
      lines.at(-1)!.text,
      'Interrupted in epoch 2 after batch 2. Everything is kept: ' +
        'run `await train.mainLoop()` to go on.',
    );
    assert.equal(getMonitor(model).trainingSucceeded, false);
  });

  it('goes on to the very parameters and records of a training that was not interrupted', async () => {
    const whole = setting(epochs(4));
    await quietly(() => whole.train.mainLoop());
    const broken = setting(epochs(4));
    let batches = 0;
    broken.algorithm.onBatch = () => {
      if ((batches += 1) % 2 === 0) interrupt();
    };
    let calls = 1;
    await quietly(async () => {
      while ((await broken.train.mainLoop()) === 'interrupted') calls += 1;
    });
    assert.equal(calls, 7);
    assert.deepEqual(valuesOf(broken.model.w), valuesOf(whole.model.w));
    for (const name of ['objective', 'distance', 'w_sum']) {
      const [a, b] = [broken, whole].map(({ model }) => getMonitor(model).channels.get(name));
      assert.deepEqual(a.valRecord, b.valRecord);
      assert.deepEqual(a.batchRecord, b.batchRecord);
    }
    assert.equal(broken.model.enforced, 1);
  });

  it('completes a monitoring during which it comes', async () => {
    const interrupter = new Spy([], 'a', (epoch) => {
      if (epoch === 1) interrupt();
    });
    const { train, model } = setting(epochs(2), { extensions: [interrupter] });
    const lines = await logged(async () => assert.equal(await train.mainLoop(), 'interrupted'));
    assert.match(lines.at(-1)!.text, /^Interrupted before epoch 2\./);
    assert.deepEqual(getMonitor(model).channels.get('objective').epochRecord, [0, 1]);
    assert.equal(await quietly(() => train.mainLoop()), 'criterion');
    assert.deepEqual(getMonitor(model).channels.get('objective').epochRecord, [0, 1, 2]);
  });
});

describe('train/time budget', () => {
  it('begins no epoch after its end, and a further call goes on', async () => {
    const { train, model } = setting(epochs(2));
    const lines = await logged(async () => {
      assert.equal(await train.mainLoop({ timeBudget: 0 }), 'time budget');
    });
    const [warning] = lines.filter(({ level }) => level === 'warning');
    assert.match(warning.text, /^Time budget exceeded \(\d+\.\d{3}\/0 seconds\)\.$/);
    const monitor = getMonitor(model);
    assert.equal(monitor.timeBudgetExceeded, true);
    assert.equal(monitor.getEpochsSeen(), 0);
    assert.equal(await quietly(() => train.mainLoop({ timeBudget: 600 })), 'criterion');
    assert.equal(monitor.timeBudgetExceeded, false);
    assert.equal(monitor.getEpochsSeen(), 2);
  });

  it('refuses what is no time', async () => {
    const { train } = setting(epochs(1));
    await assert.rejects(train.mainLoop({ timeBudget: -1 }), /option `timeBudget`/);
    await assert.rejects(train.mainLoop({ timeBuget: 1 } as never), /Did you mean `timeBudget`/);
  });
});

describe('train/without an algorithm', () => {
  class Autonomous extends TinyModel {
    epochs = 0;

    trainAll(): void {
      this.epochs += 1;
    }

    continueLearning(): boolean {
      return this.epochs < 2;
    }
  }

  it('lets the model train itself', async () => {
    const model = new Autonomous();
    assert.equal(await quietly(() => new Train({ dataset, model }).mainLoop()), 'criterion');
    assert.equal(model.epochs, 2);
    assert.equal(getMonitor(model).getEpochsSeen(), 2);
  });

  it('says so when the model cannot', () => {
    const make = () => new Train({ dataset, model: new TinyModel() });
    assert.throws(make, StateError);
    assert.throws(make, /give an algorithm: TinyModel cannot train itself/);
  });
});

describe('train/options', () => {
  it('refuses what is not what it should be', () => {
    const algorithm = new TinyDescent(1, 1);
    const wrong = { dataset, model: 3 as never, algorithm };
    assert.throws(() => new Train(wrong), /train\.Train: option `model`: expected a Model/);
    const extensions = [{} as never];
    assert.throws(() => setting(null, { extensions }), /`extensions\[0\]`: expected a TrainExt/);
  });

  it('describes itself', async () => {
    const { train } = setting(epochs(1));
    assert.equal(train.describe(), 'Train: TinyModel on TinyDataset by TinyDescent, not started');
    await quietly(() => train.mainLoop());
    assert.match(String(train), /1 epochs, 3 batches seen$/);
  });

  it('takes further extensions, also after the first call', async () => {
    const events: string[] = [];
    const { train } = setting(epochs(1));
    await quietly(async () => {
      await train.mainLoop({ timeBudget: 0 });
      train.addExtension(new Spy(events));
      await train.mainLoop();
    });
    assert.deepEqual(events, ['spy setup 0', 'spy monitor 1', 'spy end 1']);
  });
});
