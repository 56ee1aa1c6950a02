import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRoot, removeRoot } from '../../src/config/resolve';
import { load, YamlError, yamlSrcOf } from '../../src/config/yaml_parse';
import { directory } from '../../src/config/directory';
import * as serial from '../../src/utils/serial';

class Weights {
  yamlSrc = '';
  constructor(readonly options: { size: number }) {}

  getConfig(): object {
    return this.options;
  }

  getState(): object {
    return { yamlSrc: this.yamlSrc };
  }

  setState({ yamlSrc }: { yamlSrc: string }): void {
    this.yamlSrc = yamlSrc;
  }
}

describe('config and utils/serial', () => {
  let folder = '';
  let former: serial.ClassDirectory | undefined;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'config-'));
    addRoot('lab', { weights: { Weights } });
    former = serial.useDirectory(directory);
  });
  after(() => {
    serial.useDirectory(former);
    removeRoot('lab');
    rmSync(folder, { recursive: true });
  });

  it('saves an object built from YAML and takes it into another YAML', () => {
    const path = join(folder, 'weights.pkl');
    const built = load<Weights>('!obj:lab.weights.Weights { size: 3 }');
    serial.save(path, built);
    const { a, b } = load<Record<string, Weights>>('{ a: &w !pkl: "${F}/weights.pkl", b: *w }', {
      environ: { F: folder },
    });
    assert.ok(a instanceof Weights);
    assert.equal(a, b);
    assert.deepEqual(a.options, { size: 3 });
    assert.equal(yamlSrcOf(a), '!obj:lab.weights.Weights {size: 3}\n');
  });

  it('names the class that a file needs and nobody has', () => {
    const path = join(folder, 'other.pkl');
    serial.save(path, new Weights({ size: 1 }));
    removeRoot('lab');
    try {
      assert.throws(
        () => load('x: !pkl: "other.pkl"'.replace('other.pkl', path)),
        (error: unknown) => error instanceof YamlError && /lab/.test(error.message),
      );
    } finally {
      addRoot('lab', { weights: { Weights } });
    }
  });
});
