/**
 * @file Setting shared variables by schedule. Port of pylearn2/train_extensions/__init__.py
 * (`SharedSetter`). Differs: the channels are there from the first monitoring on; variables that
 * are not scalars get none.
 */
import { z } from 'zod';
import { SharedVariable } from '../engine';
import type { Dataset } from '../datasets';
import type { Model } from '../models';
import { getMonitor } from '../monitor';
import { instanceOf, optionsOf, type Parsed, parseOptions } from '../utils/options';
import { TrainExtension } from './train_extension';

export interface SharedSetterOptions {
  /** Lists [i, variable, value]: set the variable at the i-th monitoring, counted from 0. */
  epochUpdates: [at: number, variable: SharedVariable, value: number | number[]][];
}

const where = 'train_extensions.SharedSetter';

const schema = optionsOf<SharedSetterOptions>()({
  epochUpdates: z.array(
    z.tuple([
      z.number().int().nonnegative(),
      instanceOf(SharedVariable),
      z.union([z.number(), z.array(z.number())], { error: 'expected a number or a list of them' }),
    ]),
  ),
});

/** Sets shared variables to given values after given numbers of epochs, and monitors them. */
export class SharedSetter extends TrainExtension {
  static readonly schema = schema;
  private readonly options: Parsed<typeof schema>;
  private count = 0;

  constructor(options: SharedSetterOptions) {
    super();
    this.options = parseOptions(schema, options, where);
  }

  override setup(model: Model): void {
    const monitor = getMonitor(model);
    const dataset: Dataset | undefined = monitor.datasets[0];
    if (dataset === undefined) return;
    const variables = new Set(this.options.epochUpdates.map(([, variable]) => variable));
    for (const variable of variables) {
      if (variable.rank === 0) {
        monitor.addChannel(variable.name, () => variable.asScalar(), { dataset });
      }
    }
  }

  override onMonitor(): void {
    for (const [at, variable, value] of this.options.epochUpdates) {
      if (at === this.count) variable.setValue(value);
    }
    this.count += 1;
  }

  override getState(): Record<string, unknown> {
    return { count: this.count };
  }

  override setState({ count }: Record<string, unknown>): void {
    this.count = count as number;
  }
}
