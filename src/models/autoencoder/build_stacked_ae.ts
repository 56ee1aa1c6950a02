/**
 * @file Several autoencoders at once. Port of pylearn2/models/autoencoder.py (`build_stacked_ae`).
 * Differs: it works; the original hands its generator over as the deviation of the weights.
 */
import { z } from 'zod';
import { StackedBlocks } from '../../blocks';
import { Corruptor } from '../../corruption';
import { flag, instanceOf, nameable, optionConflict, optionsOf } from '../../utils/options';
import { makeRng, type RandomState, rngOption, type Seed } from '../../utils/rng';
import { type Activation, type ActivationName, activationType } from './activation';
import { Autoencoder } from './autoencoder';
import { ContractiveAutoencoder } from './contractive_autoencoder';
import { DenoisingAutoencoder } from './denoising_autoencoder';

type GivenActivation = ActivationName | Activation | null;

/** Each option but the first two and `rng` is one for all autoencoders, or a list with one for each. */
export interface BuildStackedAeOptions {
  /** Numbers in an input of the first. */
  nvis: number;
  /** Numbers in the codes, from the first to the last. */
  nhids: number[];
  /** What makes codes of what units sum up. */
  actEnc: GivenActivation | GivenActivation[];
  /** The same for reconstructions. */
  actDec: GivenActivation | GivenActivation[];
  /** Whether the decoder's weights are the encoder's, transposed. */
  tiedWeights?: boolean | boolean[];
  /** Initial weights: uniform between -irange and irange. */
  irange?: number | number[];
  /** Generator of the initial weights of all, which advances, or its seed; 42 unless given. */
  rng?: RandomState | Seed | null;
  /** What makes inputs noisy: makes denoising autoencoders. */
  corruptor?: Corruptor | null | (Corruptor | null)[];
  /** Whether to make contractive autoencoders. */
  contracting?: boolean | boolean[];
}

/** The zod type of one value, or of a list of such. */
function each<Output, Input>(type: z.ZodType<Output, Input>) {
  return z.union([type, z.array(type)]);
}

const size = z.number().int().positive();

const schema = optionsOf<BuildStackedAeOptions>()({
  nvis: size,
  nhids: z.array(size).min(1),
  actEnc: each(activationType),
  actDec: each(activationType),
  tiedWeights: each(flag()).default(false),
  irange: each(z.number().nonnegative()).default(1e-3),
  rng: rngOption.nullable().default(null),
  corruptor: each(instanceOf(Corruptor).nullable()).default(null),
  contracting: each(flag()).default(false),
});

const WHERE = 'models.autoencoder.buildStackedAe';

/** Makes a stack of autoencoders, each of the codes of the one before, e.g. to train one by one. */
export const buildStackedAe = nameable(schema, WHERE, (options) => {
  const { nvis, nhids } = options;
  const rng = makeRng(options.rng);
  const valuesOf = <T>(option: string, given: T | T[]) => spread(option, given, nhids.length);
  const actEncs = valuesOf('act_enc', options.actEnc);
  const actDecs = valuesOf('act_dec', options.actDec);
  const tied = valuesOf('tied_weights', options.tiedWeights);
  const iranges = valuesOf('irange', options.irange);
  const corruptors = valuesOf('corruptor', options.corruptor);
  const contracting = valuesOf('contracting', options.contracting);
  const layers = nhids.map((nhid, i) => {
    const common = {
      nvis: i === 0 ? nvis : nhids[i - 1],
      nhid,
      actEnc: actEncs[i],
      actDec: actDecs[i],
      tiedWeights: tied[i],
      irange: iranges[i],
      rng,
    };
    const corruptor = corruptors[i];
    if (corruptor && contracting[i]) {
      throw optionConflict(WHERE, 'expected a corruptor or contracting, received both');
    }
    if (corruptor) return new DenoisingAutoencoder({ ...common, corruptor });
    return contracting[i] ? new ContractiveAutoencoder(common) : new Autoencoder(common);
  });
  return new StackedBlocks({ layers });
});

/** One value for each, as many as there are. */
function spread<T>(option: string, given: T | T[], count: number): T[] {
  if (!Array.isArray(given)) return new Array<T>(count).fill(given);
  if (given.length === count) return given;
  throw optionConflict(
    WHERE,
    `expected ${count} values of ${option}, one for each of nhids, received ${given.length}`,
  );
}
