/** @file Failures of the set-up: what went wrong, and what the person should do about it. */
'use strict';

/** A set-up step could not do its work; `advice` says what to do about it. */
class SetupError extends Error {
  /**
   * @param {string} problem What went wrong, in one sentence.
   * @param {string} advice What to do, as an instruction.
   */
  constructor(problem, advice) {
    super(problem);
    this.name = 'SetupError';
    this.advice = advice;
  }
}

const NETWORK =
  /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|NewConnectionError|name resolution|ConnectTimeoutError|Max retries exceeded|ProxyError|No matching distribution found|network (?:is unreachable|request)/i;

/** The known causes, by the words that pip, npm, compilers and the system use for them. */
const CAUSES = [
  {
    words: /ENOSPC|No space left on device|Disk quota exceeded/i,
    problem: 'the disk is full',
    advice: 'free some space (about 3 GB, 12 GB for CUDA) and run the command again.',
  },
  {
    words: /EACCES|EPERM|EROFS|Permission denied|Read-only file system/i,
    problem: 'a file or folder may not be written',
    advice: 'see that you own the clone and your cache folder, and run the command again.',
  },
  {
    words: NETWORK,
    problem: 'the package index could not be reached, or does not have the package',
    advice:
      'check the network (and the proxy or mirror in the npm and pip configuration), then run the command again; what is done is kept.',
  },
];

/** @returns {SetupError} The failure that `output` (a program's last words) tells of. */
function diagnose(what, output) {
  const cause = CAUSES.find(({ words }) => words.test(output));
  const tail = output.trim().split('\n').slice(-12).join('\n  | ');
  const quoted = tail === '' ? '' : `\n  | ${tail}`;
  return cause
    ? new SetupError(`${what}: ${cause.problem}.${quoted}`, cause.advice)
    : new SetupError(`${what} failed.${quoted}`, 'mend what it complains of, then run again.');
}

/** Turns an error of the file system into one that says what to do; leaves others alone. */
function explain(error) {
  if (error instanceof SetupError || typeof error?.code !== 'string') return error;
  return CAUSES.some(({ words }) => words.test(error.code))
    ? diagnose('writing files', error.message)
    : error;
}

module.exports = { SetupError, diagnose, explain };
