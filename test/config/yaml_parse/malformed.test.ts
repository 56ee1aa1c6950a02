import assert from 'node:assert/strict';
import { load, YamlError } from '../../../src/config/yaml_parse';
import { useLab } from '../lab';

/** What is wrong, the text, the line and column it is at, and what the error says of it. */
type Malformed = [title: string, text: string, line: number, column: number, says: string];

const SYNTAX: Malformed[] = [
  ['nothing at all', '', 1, 1, 'there is nothing to load'],
  ['comments only', '# a comment\n', 1, 1, 'there is nothing to load'],
  ['a tab as indentation', 'a:\n\tb: 1\n', 2, 1, 'a tab indents this line'],
  ['a tab before a list item', 'a:\n\t- 1\n', 2, 1, 'a tab indents this line'],
  ['a key indented too far', 'a: 1\n  b: 2\n', 2, 4, 'indented otherwise than the keys'],
  ['a key indented too little', 'a:\n    b: 1\n  c: 2\n', 3, 3, 'indented otherwise than the keys'],
  ['an item indented too little', 'a:\n  - 1\n - 2\n', 3, 2, 'indented otherwise'],
  ['a brace that is not closed', 'a: {b: 1,\n c: 2\n', 1, 4, 'this `{` is not closed'],
  ['a bracket that is not closed', 'a: [1, 2\n', 1, 4, 'this `[` is not closed'],
  ['an inner brace that is not closed', '{a: {b: 1}, c: {d: [1]', 1, 16, 'this `{` is not closed'],
  ['a brace closed by a bracket', 'a: {b: 1]\n', 1, 9, 'the `}` that closes the `{` of line 1'],
  ['a bracket closed by a brace', 'a: [1}\n', 1, 6, 'the `]` that closes the `[` of line 1'],
  ['a brace too many', '{a: 1}}\n', 1, 7, '`}` belongs to nothing'],
  ['text after the end', '{a: 1} b\n', 1, 8, '`b` belongs to nothing'],
  ['no comma between keys', '{\n  a: 1\n  b: 2\n}\n', 3, 3, 'expected `,` before this line'],
  ['no comma between words', '[{a: 1} {b: 2}]', 1, 9, 'expected `,`'],
  ['two commas', '{a: 1,, b: 2}', 1, 7, 'expected a value before the `,`'],
  ['a double quote not closed', 'a: 1\nb: "text\n', 2, 4, 'this quote is not closed'],
  ['a single quote not closed', "{a: 'text, b: 2}\n", 1, 5, 'this quote is not closed'],
  ['a wrong escape', 'a: "C:\\path"', 1, 8, 'starts no known escape'],
  ['a wrong hexadecimal escape', 'a: "\\xZZ"', 1, 7, 'needs hexadecimal digits'],
  ['a control character', 'a: b\u0001c', 1, 5, 'may not stand in YAML'],
  ['a key without colon', 'a: 1\nb\nc: 2\n', 2, 1, 'a `:` is missing'],
  ['a last line without colon', 'a: 1\nb\n', 2, 1, 'expected `key: value`'],
  ['no space after a colon', 'a:1\nb: 2\n', 1, 1, 'a space is missing'],
  ['a directive', '%FOO bar\na: 1\n', 1, 1, 'directive'],
  ['a wrong mark of a block', 'a: |x\n  b\n', 1, 5, 'begins on the next line'],
  ['an alias with a tag', 'a: &x 1\nb: !float *x\n', 2, 11, 'no tag or anchor of its own'],
  ['an unknown alias', 'a: &train 1\nb: *trian\n', 2, 4, 'Did you mean `train`?'],
  ['an alias where no anchor is', 'b: *x\n', 1, 4, 'no anchor `&x` stands before `*x`'],
  ['an alias before its anchor', 'a: *x\nb: &x 1\n', 1, 4, 'no anchor `&x` stands before `*x`'],
  ['an alias of what it is in', 'a: &x [1, *x]\n', 1, 11, 'a part of'],
  ['an anchor without name', 'a: & 1\n', 1, 5, 'a name is missing after the `&`'],
  ['an alias without name', 'a: * 1\n', 1, 5, 'a name is missing after the `*`'],
  ['two anchors', 'a: &x &y 1\n', 1, 7, 'one anchor only'],
  ['two tags', 'a: !float !!str 1\n', 1, 11, 'one tag only'],
  ['two documents', 'a: 1\n---\nb: 2\n', 3, 1, 'a second one begins'],
  ['a template not filled in', '{a: %(size)i}', 1, 5, '`%(size)i` has not been filled in'],
  ['a template as the whole text', '%(model)s', 1, 1, '`%(model)s` has not been filled in'],
  ['an unquoted variable in braces', '{a: ${HOME}}', 1, 5, 'put quotes around'],
  ['a key that stands twice', '{a: 1,\n b: 2,\n a: 3}', 3, 2, '`a` stands twice: in line 1'],
  ['a key that stands twice in a block', 'a: 1\na: 2\n', 2, 1, '`a` stands twice: in line 1'],
  ['a merge of a number', '{<<: 1}', 1, 6, '`<<` takes a map or a list of maps'],
  ['nesting without end', '['.repeat(300), 1, 200, 'nested too deeply'],
];

const TAGS: Malformed[] = [
  [
    'a misspelled tag',
    'a: !ojb:lab.models.mlp.MLP {}',
    1,
    4,
    'no tag `!ojb:`. Did you mean `!obj:`?',
  ],
  ['a tag without colon', 'a: !obj {}', 1, 4, 'no tag `!obj`. Did you mean `!obj:`?'],
  ['a misspelled import', '!imprt lab.models', 1, 1, 'no tag `!imprt`. Did you mean `!import`?'],
  ['an unknown standard tag', '!!flaot 1', 1, 1, 'no tag `!!flaot`. Did you mean `!!float`?'],
  ['a standard tag on a list', '!!int [1]', 1, 1, '`!!int` does not go with a sequence'],
  ['a standard tag on another text', 'a: !!int abc', 1, 4, '`!!int` cannot be made of "abc"'],
  ['a set with values', '!!set {a: 1}', 1, 8, '`!!set` cannot have this in it'],
  ['a foreign tag', '!e!int 1', 1, 7, 'this tag is not known'],
  ['no space after !pkl:', 'a: !pkl:"x.pkl"', 1, 4, 'a space is needed after `!pkl:`'],
  ['a path right after !pkl:', 'a: !pkl:x.pkl', 1, 4, 'a space is needed after `!pkl:`'],
  ['!pkl: without path', 'a: !pkl:\nb: 1', 1, 4, 'a text is missing after `!pkl:`'],
  ['!pkl: of a list', 'a: !pkl: [x]', 1, 4, '`!pkl:` takes a text, not a sequence'],
  ['!pkl: of a file that is not', 'a: !pkl: "no-such-file.pkl"', 1, 4, 'no-such-file.pkl'],
  [
    'no space before the brace',
    'a: !obj:lab.misc.Anything{}',
    1,
    26,
    'after `!obj:lab.misc.Anything`',
  ],
  ['a space after !obj:', 'a: !obj: lab.misc.Anything {}', 1, 4, 'right after `!obj:`'],
  ['!obj: of nothing', 'a: !obj:lab.misc.Anything', 1, 4, '`{}` for none'],
  ['!obj: of a list', 'a: !obj:lab.misc.Anything [1]', 1, 4, 'takes a map of options'],
  ['!float of a word', 'a: !float fast', 1, 4, '!float: "fast" is no number'],
  ['!float of nothing', 'a: !float\nb: 1', 1, 4, 'a text is missing after `!float`'],
  ['!import of nothing', 'a: !import\nb: 1', 1, 4, 'a text is missing after `!import`'],
  ['!import with options', 'a: !import:lab.misc.Anything {b: 1}', 1, 4, 'it takes no options'],
];

const NAMES: Malformed[] = [
  ['a wrong root', 'x: !obj:lib.models.mlp.MLP {}', 1, 9, 'there is no `lib`. Did you mean `lab`?'],
  [
    'a wrong module',
    '!obj:lab.model.mlp.MLP {}',
    1,
    10,
    '`lab` has no `model`. Did you mean `models`?',
  ],
  ['a wrong inner module', '!obj:lab.models.mpl.MLP {}', 1, 17, 'Did you mean `mlp`?'],
  ['a wrong class', '!obj:lab.models.mlp.Linaer {}', 1, 21, 'Did you mean `Linear`?'],
  ['a wrong function', '!obj:lab.monitor.push_monito {}', 1, 18, 'Did you mean `push_monitor`?'],
  [
    'a class of another module',
    '!obj:lab.monitor.MLP {}',
    1,
    18,
    'Did you mean `lab.models.mlp.MLP`?',
  ],
  ['a bare class', '!obj:MLP {}', 1, 6, 'Did you mean `lab.models.mlp.MLP`?'],
  ['a module', '!obj:lab.models.mlp {}', 1, 6, 'is a module'],
  ['a part of a class', '!obj:lab.models.mlp.MLP.made {}', 1, 25, 'is no module'],
  ['a number', '!obj:lab.misc.answer {}', 1, 6, 'this is nothing to call'],
  ['an empty part', '!obj:lab..mlp {}', 1, 10, '`lab` has no ``'],
  ['a prototype', '!obj:lab.constructor {}', 1, 10, '`lab` has no `constructor`'],
  ['a built-in', '!obj:Function {}', 1, 6, 'nothing is called `Function`'],
  ['a wrong import', "a: !import 'lab.models.mlp.MLQ'", 1, 28, 'Did you mean `MLP`?'],
  ['a wrong import after a colon', 'a: !import:lab.models.mlq.MLP', 1, 23, 'Did you mean `mlp`?'],
];

const LINEAR = '!obj:lab.models.mlp.Linear';

const OPTIONS: Malformed[] = [
  [
    'an unknown option',
    `${LINEAR} {\n  layer_name: a,\n  dim: 1,\n  irang: .1 }`,
    4,
    3,
    `${LINEAR}: no option \`irang\`. Did you mean \`irange\`?`,
  ],
  [
    'an unknown option in snake_case',
    `${LINEAR} {layer_nam: a}`,
    1,
    29,
    'Did you mean `layer_name`?',
  ],
  ['a snake_case of a capital', `${LINEAR} {w_lr_scale: 1}`, 1, 29, 'Did you mean `W_lr_scale`?'],
  ['an option of a class that has none', '!obj:lab.misc.Failing {a: 1}', 1, 24, 'It takes none.'],
  ['a missing option', `a: ${LINEAR} {dim: 1}`, 1, 4, 'option `layer_name` is missing'],
  [
    'a missing option of a function',
    '!obj:lab.monitor.push_monitor {model: {}}',
    1,
    1,
    '`name` is missing',
  ],
  [
    'a word for a number',
    `${LINEAR} {layer_name: a,\n  dim: many}`,
    2,
    8,
    'option `dim`: expected number, received "many"',
  ],
  [
    'a number for a text',
    `${LINEAR} {layer_name: 5, dim: 1}`,
    1,
    41,
    'expected string, received 5',
  ],
  ['a negative size', `${LINEAR} {layer_name: a, dim: -1}`, 1, 49, 'option `dim`'],
  ['a fraction for a size', `${LINEAR} {layer_name: a, dim: 1.5}`, 1, 49, 'received 1.5'],
  ['null for a size', `${LINEAR} {layer_name: a, dim: }`, 1, 47, 'option `dim`'],
  [
    'a wrong number under its YAML name',
    `${LINEAR} {layer_name: a, dim: 1, W_lr_scale: x}`,
    1,
    64,
    '`W_lr_scale`',
  ],
  [
    'one option in two spellings',
    `${LINEAR} {layer_name: a, layerName: b}`,
    1,
    44,
    'of line 1 again',
  ],
  [
    'one option twice',
    `${LINEAR} {layer_name: a,\n layer_name: b}`,
    2,
    2,
    'stands twice: in line 1',
  ],
  ['an option named by a number', `${LINEAR} {1: a}`, 1, 29, '`1` is none'],
  ['an option named by a boolean', `${LINEAR} {on: a}`, 1, 29, '`on` is none'],
  ['an option named by a list', `${LINEAR} {[a]: 1}`, 1, 29, 'the name of an option is a text'],
  ['an option without colon', `${LINEAR} {1}`, 1, 29, '`1` is none'],
  [
    'a wrong item of a list',
    `!obj:lab.models.mlp.MLP {\n  layers: [ ${LINEAR} {layer_name: a, dim: 1},\n    12 ] }`,
    3,
    5,
    'option `layers[1]`: expected a Linear, received 12',
  ],
  ['an empty list of layers', '!obj:lab.models.mlp.MLP {layers: []}', 1, 34, 'option `layers`'],
  ['a map for a list', '!obj:lab.models.mlp.MLP {layers: {a: 1}}', 1, 34, 'expected array'],
  [
    'a wrong value in a map',
    `!obj:lab.models.mlp.MLP {layers: [${LINEAR} {layer_name: a, dim: 1}],\n  input_include_probs: {h0: high}}`,
    2,
    29,
    'option `input_include_probs.h0`',
  ],
  [
    'a complaint of the constructor',
    `x:\n  !obj:lab.models.mlp.MLP {layers: [&l ${LINEAR} {layer_name: a, dim: 1}, *l]}`,
    2,
    3,
    '!obj:lab.models.mlp.MLP: ShapeError: two layers have one name',
  ],
  [
    'a variable that is not set',
    'a: [1,\n  "${PYLEARN2_DATA_PAHT}"]',
    2,
    3,
    '`PYLEARN2_DATA_PAHT` is not set',
  ],
  ['the data path not set', 'a: "${PYLEARN2_DATA_PATH}/x"', 1, 4, 'the folder with the data sets'],
  [
    'the viewer not set',
    'a: "${PYLEARN2_VIEWER_COMMAND}"',
    1,
    4,
    'the command that opens a picture',
  ],
  ['a variable that is not closed', 'a: "${HOME"', 1, 4, 'has no `}`'],
  ['a wrong variable in a key', '{a: 1, "${NO_SUCH_HOME}": 2}', 1, 8, '`NO_SUCH_HOME` is not set'],
  ['a wrong variable in a whole text', '"${NO_SUCH_HOME}"', 1, 1, '`NO_SUCH_HOME` is not set'],
  [
    'a wrong variable in an option',
    `${LINEAR} {"\${NO_SUCH_HOME}": 2}`,
    1,
    29,
    '`NO_SUCH_HOME` is not set',
  ],
  ['a wrong variable in a path', 'a: !pkl: "${NO_SUCH_HOME}/x"', 1, 4, '`NO_SUCH_HOME` is not set'],
];

/** Errors of libraries and of JavaScript that must not come through. */
const FOREIGN = /TypeError|ReferenceError|YAMLException|undefined|\[object|not valid YAML|ZodError/;

describe('config/yaml_parse: malformed texts and options', () => {
  useLab();
  const unset = ['PYLEARN2_DATA_PATH', 'PYLEARN2_VIEWER_COMMAND'];
  const former = unset.map((name) => process.env[name]);
  before(() => unset.forEach((name) => delete process.env[name]));
  after(() =>
    unset.forEach((name, i) => {
      if (former[i] !== undefined) process.env[name] = former[i];
    }),
  );

  for (const [title, text, line, column, says] of [...SYNTAX, ...TAGS, ...NAMES, ...OPTIONS]) {
    it(`points at ${title}`, () => {
      const error = errorOf(text);
      assert.ok(error.reason.includes(says), error.message);
      assert.deepEqual([error.line, error.column], [line, column], error.message);
      assert.doesNotMatch(error.message, FOREIGN);
      const [first, source, caret, ...more] = error.message.split('\n');
      assert.ok(first.startsWith(`YAML, line ${line}, column ${column}: `), first);
      assert.ok(source.startsWith(`  ${line} | `), source);
      assert.match(caret, /^ +\| *\^+$/);
      assert.deepEqual(more, []);
    });
  }

  it('names what a constructor stumbled over and keeps it as the cause', () => {
    const error = errorOf('a: !obj:lab.misc.Failing {}');
    assert.match(error.reason, /^!obj:lab\.misc\.Failing: TypeError: /);
    assert.ok(error.cause instanceof TypeError);
  });

  it('tells of all options that are wrong, each once', () => {
    const error = errorOf(`${LINEAR} {layer_nme: 1, dmi: 2}`);
    assert.deepEqual(error.reason.split('\n'), [
      `${LINEAR}: no option \`layer_nme\`. Did you mean \`layer_name\`?`,
      `${LINEAR}: no option \`dmi\`. Did you mean \`dim\`?`,
    ]);
  });

  it('shows the part of a long line that matters', () => {
    const { snippet } = errorOf(`{a: "${'x'.repeat(300)}", b: *nothing, c: "${'y'.repeat(300)}"}`);
    const [source, caret] = snippet.split('\n');
    assert.ok(source.length < 120, source);
    const at = caret.indexOf('^');
    assert.equal(source.slice(at, at + caret.length - at), '*nothing');
  });
});

function errorOf(text: string): YamlError {
  try {
    load(text);
  } catch (error) {
    assert.ok(error instanceof YamlError, String(error));
    return error;
  }
  return assert.fail(`loaded without an error: ${text}`);
}
