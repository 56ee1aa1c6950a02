/**
 * @file NumPy's .npy files. Source: numpy.lib.format's description of versions 1 to 3. Pickled
 * object arrays are refused.
 */
import { DataError } from '../../errors';
import { sizeOf, type NdArray, type Nested } from '../../nd_array';
import { ByteReader } from '../byte_reader';
import { fromFileOrder, parseDescr, readNumbers } from './numpy_dtype';

/** Whether bytes begin as a .npy file. */
export function isNpy(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 6)).toString('latin1') === '\x93NUMPY';
}

/** @returns The array; of texts, lists of them. @throws {@link DataError} when it is damaged. */
export function readNpy(bytes: Uint8Array): NdArray | Nested<string> {
  const reader = new ByteReader(bytes, 6);
  const version = reader.uint8();
  reader.uint8();
  if (version < 1 || version > 3) throw new DataError(`.npy version ${version} is not known`);
  const length = version === 1 ? reader.uint16() : reader.uint32();
  const { descr, fortran, shape } = parseHeader(Buffer.from(reader.take(length)).toString());
  const dtype = parseDescr(descr);
  const expected = dtype.width * sizeOf(shape);
  if (reader.left !== expected) {
    throw new DataError(`damaged: ${expected} bytes of data expected, ${reader.left} are there`);
  }
  return fromFileOrder(readNumbers(dtype, shape, reader.take(expected)), fortran);
}

function parseHeader(text: string): { descr: string; fortran: boolean; shape: number[] } {
  const descr = /'descr':\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined && /'descr':\s*\[/.test(text)) {
    throw new DataError('arrays of records cannot be loaded; save their fields one by one');
  }
  if (descr === undefined || fortran === undefined || shape === undefined) {
    throw new DataError('its header is damaged');
  }
  const sizes = shape.split(',').filter((size) => size.trim() !== '');
  return { descr, fortran: fortran === 'True', shape: sizes.map((size) => parseInt(size, 10)) };
}
