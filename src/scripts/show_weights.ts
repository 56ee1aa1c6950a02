/** @file Pictures of a saved model's weights. Port of pylearn2/scripts/show_weights.py. */
import { Option } from 'commander';
import { z } from 'zod';
import { Dataset } from '../datasets';
import {
  getWeightsReport,
  type PatchViewer,
  type RescaleMode,
  rescaleModes,
  type WeightsModel,
  type WeightsViewer,
} from '../gui';
import { Model } from '../models';
import { DataError } from '../utils/errors';
import { Logger } from '../utils/log';
import { flag, instanceOf, optionsOf, parseOptions } from '../utils/options';
import type { ScriptCommand } from './command';
import { loadModel } from './load_model';
import { datalessDataset } from './view_dataset';

export interface ShowWeightsOptions {
  /** Path of a saved model; or give `model`. */
  path?: string | null;
  model?: Model | null;
  /** Each image by its own largest weight, all by the largest of all, or as they are. */
  rescale?: RescaleMode;
  /** Whether to draw a black frame around each image. */
  border?: boolean;
  /** Writes a PNG file. */
  out?: string | null;
  /** Tells how weights are laid out as images; the dataset of the training unless given. */
  dataset?: Dataset | null;
}

const WHERE = 'scripts.show_weights';
const schema = optionsOf<ShowWeightsOptions>()({
  path: z.string().min(1).nullable().default(null),
  model: instanceOf(Model).nullable().default(null),
  rescale: z.enum(rescaleModes).default('individual'),
  border: flag().default(false),
  out: z.string().min(1).nullable().default(null),
  dataset: instanceOf(Dataset).nullable().default(null),
});
const log = new Logger(WHERE);

function viewerOf(dataset: unknown): WeightsViewer {
  if (typeof (dataset as Partial<WeightsViewer>).getWeightsView === 'function') {
    return dataset as WeightsViewer;
  }
  throw new DataError(`${WHERE}: the dataset does not know how to see weights as images.`);
}

/**
 * Draws the weights of a model's first layer, an image for each unit, and logs how large they are.
 * @returns A picture, which shows itself at the end of a cell.
 * @throws {@link DataError} for a file that holds no model, or when nothing says how to draw it.
 */
export function showWeights(options: ShowWeightsOptions): PatchViewer {
  const {
    path,
    model: given,
    rescale,
    border,
    out,
    dataset,
  } = parseOptions(schema, options, WHERE);
  if ((path === null) === (given === null)) {
    throw new DataError(`${WHERE}: expected either \`path\` or \`model\`.`);
  }
  const model = given ?? loadModel(path!, WHERE);
  let made: Dataset | undefined;
  try {
    const viewer = getWeightsReport({
      model: model as Model & WeightsModel,
      rescale,
      border,
      dataset: () => viewerOf(dataset ?? (made = datalessDataset(model, WHERE))),
    });
    if (out !== null) viewer.save(out);
    return viewer;
  } finally {
    made?.dispose();
    if (given === null) model.dispose();
  }
}

interface Flags {
  rescale: RescaleMode;
  border?: boolean;
  out?: string;
}

/** `tslearn2 show-weights model.pkl`. */
export const command: ScriptCommand = {
  name: 'show-weights',
  aliases: ['show_weights'],
  summary: "draw a saved model's weights",
  configure(program): void {
    program
      .argument('<path>', 'path of a saved model')
      .addOption(
        new Option('--rescale <mode>', 'what becomes black or white')
          .choices(rescaleModes)
          .default('individual'),
      )
      .option('--border', 'a black frame around each image')
      .option('--out <file>', 'write a PNG file instead of showing it')
      .action((path: string, { rescale, border, out }: Flags) => {
        const viewer = showWeights({ path, rescale, border, out });
        if (out === undefined) viewer.show();
        else log.info(`The picture is in ${out}.`);
      });
  },
};
