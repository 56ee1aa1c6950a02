/** @file How weights are spread, by epoch. */
import { z } from 'zod';
import { Model } from '../models';
import { type Chart, ridgesChart } from '../plots';
import { instanceOf, nameable, optionsOf } from '../utils/options';
import { choosePanels } from './choose_panels';
import { panelsOf } from './history';
import { weightSpreads } from './spreads';

export interface WeightHistogramsOptions {
  model: Model;
  /** Names of parameters, or patterns with `*`; all unless given. */
  names?: string[] | null;
}

const WHERE = 'pictures.weightHistograms';
const schema = optionsOf<WeightHistogramsOptions>()({
  model: instanceOf(Model),
  names: z.array(z.string()).nullable().default(null),
});

/**
 * Draws a histogram of each parameter as it is now, behind it those of former epochs if the model
 * was trained with the extension `Histograms`.
 * @returns A chart, which shows itself at the end of a cell.
 * @throws NameError for a parameter that there is not, with the nearest name.
 */
export const weightHistograms = nameable(schema, WHERE, ({ model, names }): Chart => {
  const panels = panelsOf(model, 'weights', weightSpreads(model));
  return ridgesChart(choosePanels(WHERE, panels, names), { title: 'weights' });
});
