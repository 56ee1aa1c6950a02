/**
 * @file Products of reduced precision: in compiled functions, factors are rounded to bfloat16 (8 bits
 * of mantissa instead of 24) and so is the product; sums within it, and everything else, stay
 * float32. Processors with AVX512_BF16 or AMX and cards from Ampere on multiply these faster.
 */
import { show } from '../utils/errors';
import { OWN_PRODUCT, PRODUCT } from './matmul';
import type { NativeBinding } from './native';
import type { Place, TracedNode } from './trace';

const PRODUCTS =
  /^(BatchMatMulV2|MatMul|Tslearn2Product|Conv2D|Conv2DBackpropFilter|Conv2DBackpropInput)$/;
/** TensorFlow's number. */
const DT_BFLOAT16 = 14;

const kinds = ['float32', 'bfloat16'] as const;

/** The precisions of products. */
export type Products = (typeof kinds)[number];

let products: Products = checked(process.env.TSLEARN2_PRODUCTS ?? 'float32');

function checked(kind: string): Products {
  const known = kinds.find((one) => one === kind);
  if (known) return known;
  throw new RangeError(
    `config.setProducts: expected ${kinds.join(' or ')}, received ${show(kind)}.`,
  );
}

/** The precision of products now. */
export function productsNow(): Products {
  return products;
}

/**
 * Chooses the precision of products (matrix products, convolutions) in compiled functions, for this
 * process. Reduced precision pays on cards and on processors that multiply bfloat16 faster, and
 * costs some accuracy: measure both before you rely on it.
 * @param kind - `float32`, or `bfloat16` for factors and products of 8 bits of mantissa.
 * @returns What it was before; at first `float32`, or what TSLEARN2_PRODUCTS says.
 * @throws RangeError for another word.
 */
export function setProducts(kind: Products): Products {
  const before = products;
  products = checked(kind);
  return before;
}

/** Nodes that compute the same with products of the precision that was chosen. */
export function withProducts(binding: NativeBinding, nodes: readonly TracedNode[]): TracedNode[] {
  if (products === 'float32') return [...nodes];
  return nodes.flatMap((node) => (PRODUCTS.test(node.op) ? rounded(binding, node) : [node]));
}

/** A product between casts, which takes and gives what it did. */
function rounded(binding: NativeBinding, node: TracedNode): TracedNode[] {
  const { TF_FLOAT, TF_ATTR_TYPE } = binding;
  const casts: TracedNode[] = [];
  const cast = (from: Place, to: number, name: string): Place => {
    const attributes = [{ name: 'DstT', type: TF_ATTR_TYPE, value: to }];
    casts.push({ name, op: 'Cast', attributes, inputs: [from] });
    return { name: `${name}:0`, dtype: to };
  };
  const inputs = node.inputs.map((input, i) =>
    input.dtype === TF_FLOAT ? cast(input, DT_BFLOAT16, `${node.name}_factor_${i}`) : input,
  );
  const attributes = node.attributes.map((one) =>
    one.name === 'T' ? { ...one, value: DT_BFLOAT16 } : one,
  );
  const op = node.op === OWN_PRODUCT ? PRODUCT : node.op;
  const product = { ...node, name: `${node.name}_product`, op, inputs, attributes };
  cast({ name: `${product.name}:0`, dtype: DT_BFLOAT16 }, TF_FLOAT, node.name);
  return [...casts.slice(0, -1), product, ...casts.slice(-1)];
}
