import assert from 'node:assert/strict';
import { getMonitor, MonitorChannel, pushMonitor } from '../../src/monitor';
import {
  And,
  ChannelInf,
  ChannelTarget,
  EpochCounter,
  MatchChannel,
  MonitorBased,
  Or,
  TerminationCriterion,
} from '../../src/termination_criteria';
import { OptionError } from '../../src/utils/options';
import { TinyModel } from '../support/tiny_model';

/** Adds an entry to a channel, which is made if need be. */
function record(model: TinyModel, name: string, value: number): void {
  const { channels } = getMonitor(model);
  const channel = channels.has(name) ? channels.get(name) : new MonitorChannel(name);
  channels.set(name, channel);
  channel.record(value, { batches: 0, examples: 0, epochs: 0, seconds: 0 });
}

/** What a criterion answers as values of a channel come in one by one. */
function answers(criterion: TerminationCriterion, values: number[], name = 'objective'): boolean[] {
  const model = new TinyModel();
  return values.map((value) => {
    record(model, name, value);
    return criterion.continueLearning(model);
  });
}

/** Answers in the order given and counts how often it was asked. */
class Scripted extends TerminationCriterion {
  asked = 0;

  constructor(
    private readonly script: boolean[],
    private readonly left?: number,
  ) {
    super();
  }

  override continueLearning(): boolean {
    return this.script[this.asked++];
  }

  override epochsLeft(): number | undefined {
    return this.left;
  }
}

describe('termination_criteria/MonitorBased', () => {
  it('stops after N values in a row that are not low enough', () => {
    const criterion = new MonitorBased({ propDecrease: 0.1, N: 2 });
    // Bars: inf, 9, 7.2 (8 counts), then 7.5 and 7.4 do not; 7.4 is the second in a row.
    assert.deepEqual(answers(criterion, [10, 8, 7.5, 7.4]), [true, true, true, false]);
  });

  it('lowers the bar by small gains without granting more time', () => {
    const criterion = new MonitorBased({ propDecrease: 0.1, N: 3 });
    // 9.5 does not count but the bar is 8.55 then: 8.8 < 9 does not count either.
    assert.deepEqual(answers(criterion, [10, 9.5, 8.8, 8.7]), [true, true, true, false]);
  });

  it('with proportion 0 waits for any new minimum', () => {
    const criterion = new MonitorBased({ propDecrease: 0, N: 2, channelName: 'valid_y_misclass' });
    const values = [0.5, 0.4, 0.4, 0.39, 0.39, 0.41];
    const expected = [true, true, true, true, true, false];
    assert.deepEqual(answers(criterion, values, 'valid_y_misclass'), expected);
  });

  it('takes NaN for no improvement, and goes on comparing with the best number', () => {
    const criterion = new MonitorBased({ propDecrease: 0, N: 2 });
    assert.deepEqual(answers(criterion, [1, NaN, 0.5, NaN, NaN]), [true, true, true, true, false]);
  });

  it('does not know how long it will last', () => {
    assert.equal(new MonitorBased().epochsLeft(new TinyModel()), undefined);
  });

  it('names the nearest channel', () => {
    const criterion = new MonitorBased({ channelName: 'objetive' });
    assert.throws(
      () => answers(criterion, [1]),
      /termination_criteria\.MonitorBased: no channel `objetive`\. Did you mean `objective`\?/,
    );
  });

  it('calls its option N in YAML too', () => {
    assert.equal(MonitorBased.schema.yamlKeys.get('N'), 'N');
    assert.throws(() => new MonitorBased({ N: 0 }), OptionError);
  });
});

describe('termination_criteria/ChannelTarget', () => {
  it('continues while the channel is above the target', () => {
    const criterion = new ChannelTarget({ channelName: 'c', target: 2 });
    assert.deepEqual(answers(criterion, [3, 2, 1, 2.5], 'c'), [true, false, false, true]);
  });

  it('takes a numeral in a string, nothing else', () => {
    const criterion = new ChannelTarget({ channelName: 'c', target: '1e-1' });
    assert.deepEqual(answers(criterion, [0.2, 0.05], 'c'), [true, false]);
    const wrong = () => new ChannelTarget({ channelName: 'c', target: 'low' });
    assert.throws(wrong, /option `target`: expected a number, received "low"/);
  });
});

describe('termination_criteria/ChannelInf', () => {
  it('continues only while the channel is infinite, as the original does', () => {
    const criterion = new ChannelInf({ channelName: 'c' });
    const values = [Infinity, -Infinity, 1, NaN];
    assert.deepEqual(answers(criterion, values, 'c'), [true, true, false, false]);
  });
});

describe('termination_criteria/MatchChannel', () => {
  it('continues until the channel comes down to what another had in a pushed monitor', () => {
    const model = new TinyModel();
    record(model, 'train_objective', 0.2);
    pushMonitor({ model, name: 'first' });
    const criterion = new MatchChannel({
      channelName: 'valid_objective',
      prevChannelName: 'train_objective',
      prevMonitorName: 'first',
    });
    const seen = [0.3, 0.2].map((value) => {
      record(model, 'valid_objective', value);
      return criterion.continueLearning(model);
    });
    assert.deepEqual(seen, [true, false]);
  });

  it('names the nearest monitor', () => {
    const model = new TinyModel();
    record(model, 'a', 1);
    const options = { channelName: 'a', prevChannelName: 'a', prevMonitorName: 'monitro' };
    const criterion = new MatchChannel(options);
    assert.throws(() => criterion.continueLearning(model), /Did you mean `monitor`\?/);
  });
});

describe('termination_criteria/EpochCounter', () => {
  function trainedFor(epochs: number): TinyModel {
    const model = new TinyModel();
    const monitor = getMonitor(model);
    for (let i = 0; i < epochs; i++) monitor.reportEpoch();
    return model;
  }

  it('trains exactly so many epochs', () => {
    const model = trainedFor(0);
    const criterion = new EpochCounter({ maxEpochs: 2 });
    assert.equal(criterion.epochsLeft(model), 2);
    assert.equal(criterion.continueLearning(model), true);
    getMonitor(model).reportEpoch();
    assert.equal(criterion.continueLearning(model), true);
    assert.equal(criterion.epochsLeft(model), 1);
    getMonitor(model).reportEpoch();
    assert.equal(criterion.continueLearning(model), false);
    assert.equal(criterion.epochsLeft(model), 0);
  });

  it('does not count former epochs, unless asked to', () => {
    const fresh = new EpochCounter({ maxEpochs: 2 });
    assert.equal(fresh.continueLearning(trainedFor(5)), true);
    const all = new EpochCounter({ maxEpochs: 2, newEpochs: false });
    assert.equal(all.continueLearning(trainedFor(5)), false);
    assert.equal(all.epochsLeft(trainedFor(1)), 1);
  });
});

describe('termination_criteria/And, Or', () => {
  const model = new TinyModel();

  it('And continues while all do and asks no further than the first that does not', () => {
    const [first, second] = [new Scripted([true, false]), new Scripted([true, true])];
    const both = new And({ criteria: [first, second] });
    assert.deepEqual([both.continueLearning(model), both.continueLearning(model)], [true, false]);
    assert.deepEqual([first.asked, second.asked], [2, 1]);
  });

  it('Or continues while any does and asks no further than the first that does', () => {
    const [first, second] = [new Scripted([true, false]), new Scripted([false, true])];
    const either = new Or({ criteria: [first, second] });
    assert.deepEqual(
      [either.continueLearning(model), either.continueLearning(model)],
      [true, false],
    );
    assert.deepEqual([first.asked, second.asked], [2, 1]);
  });

  it('know how many epochs are left as far as their members do', () => {
    const members = (...left: (number | undefined)[]) => ({
      criteria: left.map((epochs) => new Scripted([], epochs)),
    });
    assert.equal(new And(members(5, undefined, 3)).epochsLeft(model), 3);
    assert.equal(new And(members(undefined)).epochsLeft(model), undefined);
    assert.equal(new Or(members(5, 3)).epochsLeft(model), 5);
    assert.equal(new Or(members(5, undefined)).epochsLeft(model), undefined);
  });

  it('take criteria only', () => {
    const criteria = [new EpochCounter({ maxEpochs: 1 }), 3 as never];
    assert.throws(() => new And({ criteria }), /`criteria\[1\]`: expected a TerminationCriterion/);
    assert.throws(() => new Or({ criteria }), /termination_criteria\.Or/);
  });
});
