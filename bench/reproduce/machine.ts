/** @file The machine in a few words. */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { engineStamp } from '../../src/engine';

/** The widest vectors of the processor, where the system tells. */
function vectors(): string {
  if (process.platform !== 'linux') return '';
  const flags = readFileSync('/proc/cpuinfo', 'utf8');
  if (/\bavx512f\b/.test(flags)) return ', AVX-512';
  return /\bavx2\b/.test(flags) ? ', AVX2' : '';
}

/** `2 cores x64 (AMD EPYC, AVX-512), Node 20.19, TensorFlow 2.21.0`. */
export function machine(): string {
  const processors = cpus();
  const [major, minor] = process.versions.node.split('.');
  const engine = engineStamp()?.tensorflow;
  const software = `Node ${major}.${minor}, ${engine ? `TensorFlow ${engine}` : 'tfjs'}`;
  return `${processors.length} cores ${process.arch} (${processors[0].model.trim()}${vectors()}), ${software}`;
}
