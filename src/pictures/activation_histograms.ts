/** @file How the outputs of layers are spread, by epoch. */
import { z } from 'zod';
import { Dataset } from '../datasets';
import { Model } from '../models';
import { type Chart, ridgesChart } from '../plots';
import { DataError } from '../utils/errors';
import { instanceOf, nameable, optionsOf } from '../utils/options';
import { choosePanels } from './choose_panels';
import { someExamples } from './examples';
import { panelsOf } from './history';
import { activationReader, type Spreads } from './spreads';

export interface ActivationHistogramsOptions {
  model: Model;
  /** Whose examples the model sees now; null for what was recorded alone. */
  dataset?: Dataset | null;
  /** How many examples, the first ones; 100 unless given. */
  count?: number;
  /** Names of layers, or patterns with `*`; all unless given. */
  names?: string[] | null;
}

const WHERE = 'pictures.activationHistograms';
const schema = optionsOf<ActivationHistogramsOptions>()({
  model: instanceOf(Model),
  dataset: instanceOf(Dataset).nullable().default(null),
  count: z.number().int().positive().default(100),
  names: z.array(z.string()).nullable().default(null),
});

/** The activations of a model for the first examples of a dataset. */
function spreadsOf(model: Model, dataset: Dataset, count: number): Spreads {
  const examples = someExamples(model, dataset, { batchSize: count });
  const spreads = activationReader(model)(examples.inputs);
  examples.dispose();
  return spreads;
}

/**
 * Draws a histogram of the outputs of each layer, or of an autoencoder's code, and behind it those
 * of former epochs if the model was trained with the extension `Histograms`.
 * @returns A chart, which shows itself at the end of a cell.
 * @throws {@link DataError} when there is neither a dataset nor a record; NameError for a layer that
 * there is not, with the nearest name.
 */
export const activationHistograms = nameable(
  schema,
  WHERE,
  ({ model, dataset, count, names }): Chart => {
    const now = dataset === null ? {} : spreadsOf(model, dataset, count);
    const panels = panelsOf(model, 'activations', now);
    if (panels.length === 0) {
      throw new DataError(
        `${WHERE}: nothing to draw. Give a \`dataset\`, or train with the extension ` +
          '`Histograms`; the model must have layers, or encode and decode.',
      );
    }
    const notice = dataset?.notice;
    return ridgesChart(choosePanels(WHERE, panels, names), { title: 'activations', notice });
  },
);
