/** @file Controls for a training that runs. */
import type { Train } from '../../src/train';
import { interrupt } from '../../src/utils/interrupt';
import { button, label, row, slider } from './controls';
import type { Widget } from './widget';

/** The part of a learning rate that is needed here. */
interface Rate {
  getValue(): { data: ArrayLike<number | bigint> };
  setValue(value: number): void;
}

/** How far the slider goes to both sides, as a factor. */
const RANGE = 1000;

function rateOf({ algorithm }: Train): Rate | undefined {
  return (algorithm as { learningRate?: Rate } | null)?.learningRate;
}

/**
 * A stop button and, if the algorithm has one, a slider for the learning rate. Show them in an
 * earlier cell, or by `display` before `await train.mainLoop()`: they act while it runs. Training
 * stops at a batch border, as by an interrupt, and the cell goes on behind it.
 */
export function trainingControls(train: Train): Widget<object> {
  const stop = button('Stop training', { button_style: 'warning' });
  stop.onClick(() => interrupt('stopped by the button'));
  const rate = rateOf(train);
  if (rate === undefined) return row(stop);
  const value = Number(rate.getValue().data[0]);
  const range = { min: value / RANGE, max: value * RANGE, value, log: true };
  const rates = slider(range);
  rates.onValue((chosen) => rate.setValue(chosen));
  return row(stop, label('learning rate'), rates);
}
