import assert from 'node:assert/strict';
import { directory } from '../../src/config/directory';
import { addRoot, removeRoot, resolve, setLibrary, setScope } from '../../src/config/resolve';
import { Linear, MLP, tree, useLab } from './lab';

describe('config/resolve', () => {
  useLab();

  it('finds classes and functions by their dotted names', () => {
    assert.equal(resolve('lab.models.mlp.MLP'), MLP);
    assert.equal(resolve('lab.monitor.pushMonitor'), tree.monitor.pushMonitor);
  });

  it('finds functions by their Pylearn2 spelling', () => {
    assert.equal(resolve('lab.monitor.push_monitor'), tree.monitor.pushMonitor);
  });

  it('names the nearest member of the module that lacks one', () => {
    assert.throws(() => resolve('lab.models.mlp.Linaer'), {
      name: 'ResolveError',
      message: '`lab.models.mlp` has no `Linaer`. Did you mean `Linear`?',
      start: 'lab.models.mlp.'.length,
      length: 'Linaer'.length,
    });
    assert.throws(() => resolve('lab.monitor.push_moniter'), {
      message: '`lab.monitor` has no `push_moniter`. Did you mean `push_monitor`?',
    });
    assert.throws(() => resolve('lab.modles.mlp.MLP'), {
      message: '`lab` has no `modles`. Did you mean `models`?',
    });
    assert.throws(() => resolve('labb.models.mlp.MLP'), {
      message: 'there is no `labb`. Did you mean `lab`?',
    });
  });

  it('says where else a class of that name is', () => {
    assert.throws(() => resolve('lab.models.MLP'), {
      message: '`lab.models` has no `MLP`. Did you mean `lab.models.mlp.MLP`?',
    });
    assert.throws(() => resolve('Anything'), {
      message: 'nothing is called `Anything`. Did you mean `lab.misc.Anything`?',
    });
  });

  it('reaches own keys only', () => {
    for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
      assert.throws(() => resolve(`lab.${name}`), { name: 'ResolveError' });
      assert.throws(() => resolve(`lab.models.${name}.constructor`), { name: 'ResolveError' });
      assert.throws(() => resolve(name), { name: 'ResolveError' });
    }
    assert.throws(() => resolve('lab.models.mlp.MLP.constructor'), {
      message: '`lab.models.mlp.MLP` is no module: it has no `constructor`',
    });
    assert.throws(() => resolve('lab.misc.answer.toString'), { name: 'ResolveError' });
  });

  it('refuses modules and empty parts of names', () => {
    assert.throws(() => resolve('lab.models.mlp'), {
      message:
        '`lab.models.mlp` is a module; name something in it, for example `lab.models.mlp.Linear`',
    });
    for (const name of ['', '.', 'lab.', '.lab', 'lab..models']) {
      assert.throws(() => resolve(name), { name: 'ResolveError' });
    }
  });

  it('takes from the library only what has a schema, under both of its names', () => {
    const former = setLibrary(tree);
    try {
      assert.equal(resolve('pylearn2.models.mlp.MLP'), MLP);
      assert.equal(resolve('tslearn2.models.mlp.MLP'), MLP);
      assert.throws(() => resolve('pylearn2.models.model.Model'), {
        message: '`pylearn2.models.model.Model` has no options that YAML could set',
      });
      assert.throws(() => resolve('pylearn2.misc.answer'), { name: 'ResolveError' });
      assert.throws(() => resolve('pylearn2.misc.Anythin'), {
        message: '`pylearn2.misc` has no `Anythin`. Did you mean `Failing`?',
      });
      assert.equal(directory.resolve('pylearn2.models.model.Model'), tree.models.model.Model);
      assert.equal(resolve('lab.models.model.Model'), tree.models.model.Model);
    } finally {
      setLibrary(former ?? {});
    }
  });

  it('refuses roots with the library’s names or with dots', () => {
    assert.throws(() => addRoot('pylearn2', {}), { name: 'NameError' });
    assert.throws(() => addRoot('a.b', {}), { name: 'NameError' });
  });

  it('looks up bare names and modules in the scope, and no built-ins', () => {
    class Gated extends Linear {}
    const cell: Record<string, unknown> = { Gated, my_lab: { Gated }, eval: eval, Function, Math };
    setScope(
      (name) => cell[name],
      () => Object.keys(cell),
    );
    assert.equal(resolve('Gated'), Gated);
    assert.equal(resolve('my_lab.Gated'), Gated);
    assert.throws(() => resolve('Gatde'), {
      message: 'nothing is called `Gatde`. Did you mean `Gated`?',
    });
    assert.throws(() => resolve('eval'), { name: 'ResolveError' });
    assert.throws(() => resolve('Function'), { name: 'ResolveError' });
    assert.throws(() => resolve('Math.max'), { name: 'ResolveError' });
    setScope(undefined);
    assert.throws(() => resolve('Gated'), { name: 'ResolveError' });
  });
});

describe('config/directory', () => {
  useLab();

  it('names classes by the place that exports them, and finds them again', () => {
    assert.equal(directory.nameOf(MLP), 'lab.models.mlp.MLP');
    assert.equal(directory.resolve('lab.models.mlp.MLP'), MLP);
    assert.equal(directory.nameOf(class Unknown {}), undefined);
  });

  it('prefers the shortest of several names', () => {
    assert.equal(directory.nameOf(tree.misc.Model), 'lab.misc.Model');
  });

  it('sees roots that come and go', () => {
    class Late {}
    assert.equal(directory.nameOf(Late), undefined);
    addRoot('late', { Late });
    assert.equal(directory.nameOf(Late), 'late.Late');
    removeRoot('late');
    assert.equal(directory.nameOf(Late), undefined);
  });

  it('names a class of a cell by its bare name', () => {
    class Gated {}
    setScope((name) => (name === 'Gated' ? Gated : undefined));
    assert.equal(directory.nameOf(Gated), 'Gated');
    assert.equal(directory.resolve('Gated'), Gated);
    assert.equal(directory.nameOf(class Gated {}), undefined);
  });
});
