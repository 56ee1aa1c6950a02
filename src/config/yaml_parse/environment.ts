/**
 * @file `${VAR}` in texts and keys. Port of `preprocess` of pylearn2/utils/string_utils.py.
 * Differs: variables given to load are seen everywhere, not only in `!pkl:` paths.
 */
import { didYouMean } from '../../utils/match';

/** Variables given with the text; the process's own are looked at where they have none. */
export type Environ = Readonly<Record<string, string | undefined>>;

const HELP: Readonly<Record<string, string>> = {
  PYLEARN2_DATA_PATH: 'it names the folder with the data sets (with `mnist` in it)',
  PYLEARN2_VIEWER_COMMAND: 'it is the command that opens a picture, such as `eog --new-instance`',
};

/**
 * Puts values in place of `${NAME}`; what they hold is not looked at again.
 * @param fail - Makes the error to throw.
 */
export function expandVariables(
  text: string,
  environ: Environ,
  fail: (reason: string) => Error,
): string {
  return text.replace(/\$\{([^}]*)(\}?)/g, (_, name: string, end: string) => {
    if (end === '') throw fail(`the \`\${\` in ${JSON.stringify(text)} has no \`}\``);
    const value = lookUp(environ, name) ?? lookUp(process.env, name);
    if (value === undefined) throw fail(unset(name, environ));
    return value;
  });
}

function lookUp(environ: Environ, name: string): string | undefined {
  return Object.hasOwn(environ, name) ? environ[name] : undefined;
}

function unset(name: string, environ: Environ): string {
  const what = `the environment variable \`${name}\` is not set`;
  if (Object.hasOwn(HELP, name)) {
    return `${what}: ${HELP[name]}. Set it, in a cell: process.env.${name} = '...'`;
  }
  return `${what}.${didYouMean(name, [...Object.keys(environ), ...Object.keys(process.env)])}`;
}
