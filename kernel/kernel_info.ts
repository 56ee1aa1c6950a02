/** @file What the kernel says about itself. */
import { deviceSummary } from '../src/engine/backend';
import { PROTOCOL_VERSION, type Content } from './io';
import { packageVersion } from './paths';

/** The compiler that tslab brings. */
const TYPESCRIPT = '5.0.4';

/** The content of a kernel_info_reply; cheap, loads neither compiler nor engine. */
export function kernelInfo(): Content {
  const version = packageVersion();
  return {
    status: 'ok',
    protocol_version: PROTOCOL_VERSION,
    implementation: 'tslearn2',
    implementation_version: version,
    language_info: {
      name: 'typescript',
      version: TYPESCRIPT,
      mimetype: 'text/typescript',
      file_extension: '.ts',
      pygments_lexer: 'typescript',
      codemirror_mode: { name: 'javascript', typescript: true },
      nbconvert_exporter: 'script',
    },
    banner:
      `tslearn2 ${version} on Node ${process.versions.node}, TypeScript ${TYPESCRIPT}. ` +
      `Training runs on: ${deviceSummary()}.`,
    help_links: [
      { text: 'TypeScript', url: 'https://www.typescriptlang.org/docs/' },
      { text: 'TensorFlow.js', url: 'https://js.tensorflow.org/api/latest/' },
    ],
  };
}
