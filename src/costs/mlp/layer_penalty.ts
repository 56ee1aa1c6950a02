/**
 * @file Penalties on the weights of an MLP: what WeightDecay and L1WeightDecay share. Port of
 * pylearn2/costs/mlp/__init__.py. Differs: warns of coefficients for layers that there are not.
 */
import { z } from 'zod';
import { tf } from '../../engine';
import type { Model } from '../../models';
import type { DecayCoefficient, Layer } from '../../models/mlp';
import { type Batch, type DataSpecs, nullDataSpecs } from '../../space';
import { StateError } from '../../utils/errors';
import { Logger } from '../../utils/log';
import { didYouMean } from '../../utils/match';
import { optionsOf, type OptionsSchema, type Parsed, parseOptions } from '../../utils/options';
import { Cost } from '../cost';

/** A number, or its digits; a list for the layers of an MLP or CompositeLayer that is a layer. */
export type PenaltyCoefficient = number | string | PenaltyCoefficient[];

export interface LayerPenaltyOptions {
  /**
   * Coefficients by the names of layers; those left out are not penalised. Or a list of as many
   * as there are layers.
   */
  coeffs: Record<string, PenaltyCoefficient> | PenaltyCoefficient[];
}

const coefficient: z.ZodType<DecayCoefficient, PenaltyCoefficient> = z.union(
  [
    z.number(),
    z
      .string()
      .regex(/^\s*[-+.\d][-+.\deE]*\s*$/)
      .transform(Number),
    z.array(z.lazy(() => coefficient)),
  ],
  { error: 'expected a number, or a list of them' },
);

/** The schema of both penalties. */
export const penaltySchema = optionsOf<LayerPenaltyOptions>()({
  coeffs: z.union([z.array(coefficient), z.record(z.string(), coefficient)], {
    error: 'expected coefficients by the names of layers, or one for each layer',
  }),
});

const logger = new Logger('costs.mlp');

/** Sums a penalty on the weights of layers, each with its coefficient. Needs no data. */
export abstract class LayerPenalty extends Cost {
  static readonly schema: OptionsSchema = penaltySchema;
  private readonly options: Parsed<typeof penaltySchema>;
  private readonly warned = new WeakSet<Model>();

  constructor(
    options: LayerPenaltyOptions,
    private readonly where: string,
    private readonly name: string,
  ) {
    super();
    this.options = parseOptions(penaltySchema, options, where);
  }

  /** The penalty of one layer. */
  protected abstract penalty(layer: Layer, coeff: DecayCoefficient): tf.Scalar;

  /** Whether a layer goes without penalty because it can have none and none is asked for. */
  protected isExempt(_layer: Layer, _coeff: DecayCoefficient): boolean {
    return false;
  }

  override expr(model: Model, _data: Batch): tf.Scalar {
    return tf.tidy(() => {
      const terms = this.terms(model).map(([layer, coeff]) => this.penalty(layer, coeff));
      return terms.length === 0 ? tf.scalar(0) : terms.reduce((sum, term) => sum.add(term));
    });
  }

  override termName(model: Model): string {
    return this.terms(model).length === 0 ? `0_${this.name}` : this.name;
  }

  override isStochastic(): boolean {
    return false;
  }

  override getDataSpecs(_model: Model): DataSpecs {
    return nullDataSpecs();
  }

  getConfig(): object {
    return this.options;
  }

  private terms(model: Model): [Layer, DecayCoefficient][] {
    const { layers } = model as Model & { layers?: readonly Layer[] };
    if (!layers) {
      throw new StateError(`${this.where}: ${model.constructor.name} has no layers to penalise.`);
    }
    return this.pairs(model, layers).filter(([layer, coeff]) => !this.isExempt(layer, coeff));
  }

  private pairs(model: Model, layers: readonly Layer[]): [Layer, DecayCoefficient][] {
    const { coeffs } = this.options;
    if (!Array.isArray(coeffs)) {
      this.warnOfStrangers(model, Object.keys(coeffs), layers);
      const named = layers.filter(({ layerName }) => Object.hasOwn(coeffs, layerName));
      return named.map((layer) => [layer, coeffs[layer.layerName]]);
    }
    if (coeffs.length === layers.length) return layers.map((layer, i) => [layer, coeffs[i]]);
    throw new StateError(
      `${this.where}: expected ${layers.length} coefficients, one for each layer, ` +
        `received ${coeffs.length}.`,
    );
  }

  /** The original takes no notice of such names; once per model is enough here. */
  private warnOfStrangers(model: Model, names: string[], layers: readonly Layer[]): void {
    if (this.warned.has(model)) return;
    this.warned.add(model);
    const known = layers.map(({ layerName }) => layerName);
    for (const name of names.filter((candidate) => !known.includes(candidate))) {
      logger.warn(
        `${this.where}: there is no layer \`${name}\`; its coefficient does nothing.` +
          didYouMean(name, known),
      );
    }
  }
}
