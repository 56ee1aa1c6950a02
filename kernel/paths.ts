/** @file Where the parts of the installation lie, seen from the compiled kernel. */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { cacheFolder } from '../src/utils/cache_folder';

/** The folder that holds the compiled `src` and `kernel`. */
export const distRoot = path.dirname(__dirname);

/** The package's own folder. */
export const packageRoot = path.dirname(distRoot);

/** The compiled library's main file, without its extension. */
export const libraryMain = path.join(distRoot, 'src', 'index');

/** The user's cache for what the kernel keeps between its starts; need not exist yet. */
export function kernelCache(): string {
  return cacheFolder('kernel');
}

/** The version of the package. */
export function packageVersion(): string {
  const text = readFileSync(path.join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Folders of type declarations for Node, ours before any other, so that they are read once. */
export function typeRoots(): string[] {
  const roots = [
    path.join(packageRoot, 'node_modules', '@types'),
    path.join(path.dirname(packageRoot), '@types'),
  ];
  return roots.filter((root) => existsSync(path.join(root, 'node')));
}

/** Folders in which nothing changes while the kernel runs; the compiler follows links. */
export function fixedFolders(): string[] {
  const folders = [distRoot, path.join(packageRoot, 'node_modules')].filter(existsSync);
  const real = folders.map((folder) => realpathSync(folder));
  return [...new Set([...folders, ...real])].map((folder) => folder + path.sep);
}
