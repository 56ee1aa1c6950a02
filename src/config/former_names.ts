/**
 * @file Names that classes of Pylearn2 had before they moved, which older files still use. The
 * same table serves all of them; the library's tree knows the present names alone.
 */
import { Logger } from '../utils/log';

const formerNames: ReadonlyMap<string, string> = new Map([
  ['autoencoder.Autoencoder', 'models.autoencoder.Autoencoder'],
  ['autoencoder.ContractiveAutoencoder', 'models.autoencoder.ContractiveAutoencoder'],
  ['autoencoder.DenoisingAutoencoder', 'models.autoencoder.DenoisingAutoencoder'],
  ['costs.cost.DefaultCost', 'costs.mlp.Default'],
  [
    'model_extensions.norm_constraint.MaxL2FilterNorm',
    'model_extensions.norm_constraint.ConstrainFilterL2Norm',
  ],
  ['models.mlp.Default', 'costs.mlp.Default'],
  ['models.mlp.L1WeightDecay', 'costs.mlp.L1WeightDecay'],
  ['models.mlp.WeightDecay', 'costs.mlp.WeightDecay'],
  ['scripts.train.Train', 'train.Train'],
  ['train_extensions.live_monitoring.LiveMonitoring', 'train_extensions.live_plot.LivePlot'],
  ['training_algorithms.sgd.EpochCounter', 'termination_criteria.EpochCounter'],
  ['training_algorithms.sgd.MonitorBasedTermCrit', 'termination_criteria.MonitorBased'],
  [
    'training_algorithms.sgd.MomentumAdjustor',
    'training_algorithms.learning_rule.MomentumAdjustor',
  ],
]);

const logger = new Logger('config');
const warned = new Set<string>();

/**
 * The present name of something that moved, said once as a warning; any other name as it is.
 * @param name - Dotted, with its root, e.g. `pylearn2.models.mlp.WeightDecay`.
 */
export function presentName(name: string): string {
  const [root] = name.split('.', 1);
  const present = formerNames.get(name.slice(root.length + 1));
  if (present === undefined) return name;
  const now = `${root}.${present}`;
  if (!warned.has(name)) logger.warn(`\`${name}\` is called \`${now}\` now.`);
  warned.add(name);
  return now;
}
