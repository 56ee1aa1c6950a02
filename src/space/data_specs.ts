/**
 * @file Data specifications: which sources of a dataset somebody wants, in which spaces. Port of
 * pylearn2/utils/data_specs.py. Specifications nest; datasets are asked for flat ones only.
 */
import { ShapeError, StateError } from '../utils/errors';
import { CompositeSpace } from './composite_space';
import { NullSpace } from './null_space';
import type { Batch, Space } from './space';

/** Names of sources ('features', 'targets'), nested as their space is. '' for a NullSpace. */
export type Source = string | Source[];

/** What somebody wants: a space and, of the same structure, the sources. */
export interface DataSpecs {
  space: Space;
  source: Source;
}

/** What a dataset is asked for: one space for each source, no nesting, nothing twice. */
export interface FlatDataSpecs {
  spaces: readonly Space[];
  sources: readonly string[];
}

/** The specification of those who need no data. */
export function nullDataSpecs(): DataSpecs {
  return { space: new NullSpace(), source: '' };
}

/** Several specifications side by side, as a composite. */
export function combineDataSpecs(...specs: DataSpecs[]): DataSpecs {
  return {
    space: new CompositeSpace({ components: specs.map(({ space }) => space) }),
    source: specs.map(({ source }) => source),
  };
}

type Tree = number | null | Tree[];

/**
 * Turns nested batches into flat ones and back. Flat ones hold no NullSpace and each pair of
 * (space, source) once.
 */
export class DataSpecsMapping {
  /** The flat specification to ask a dataset for. */
  readonly flat: FlatDataSpecs;
  private readonly tree: Tree;

  /** @throws {@link ShapeError} when space and source nest differently. */
  constructor({ space, source }: DataSpecs) {
    const spaces: Space[] = [];
    const sources: string[] = [];
    const place = (at: Space, name: Source): Tree => {
      if (at instanceof NullSpace) return null;
      if (at instanceof CompositeSpace) {
        if (!Array.isArray(name) || name.length !== at.components.length) throw mismatch(at, name);
        return at.components.map((component, i) => place(component, name[i]));
      }
      if (typeof name !== 'string') throw mismatch(at, name);
      const known = sources.findIndex((other, i) => other === name && spaces[i].equals(at));
      if (known >= 0) return known;
      sources.push(name);
      return spaces.push(at) - 1;
    };
    this.tree = place(space, source);
    this.flat = { spaces, sources };
  }

  /** The parts of a nested batch, in the order of {@link flat}. */
  flatten(nested: Batch): Batch[] {
    const parts: Batch[] = new Array(this.flat.sources.length).fill(null);
    const visit = (tree: Tree, part: Batch): void => {
      if (typeof tree === 'number') parts[tree] = part;
      else if (tree !== null) tree.forEach((branch, i) => visit(branch, (part as Batch[])[i]));
    };
    visit(this.tree, nested);
    return parts;
  }

  /** The nested batch with the given parts. */
  nest(flat: readonly Batch[]): Batch {
    if (flat.length !== this.flat.sources.length) {
      throw new StateError(
        `DataSpecsMapping.nest: expected ${this.flat.sources.length} parts, received ${flat.length}.`,
      );
    }
    const build = (tree: Tree): Batch => {
      if (tree === null) return null;
      return typeof tree === 'number' ? flat[tree] : tree.map(build);
    };
    return build(this.tree);
  }
}

function mismatch(space: Space, source: Source): ShapeError {
  return new ShapeError(
    `data specs: the source ${JSON.stringify(source)} does not nest as ${space.toString()} does.`,
  );
}
