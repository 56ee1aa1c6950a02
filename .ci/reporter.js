/** @file mocha's spec reporter, which at the end also counts into the file that COUNTS_FILE names. */
'use strict';

const fs = require('node:fs');
const { reporters, Runner } = require('mocha');

class CountingSpec extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = this.stats;
      fs.writeFileSync(process.env.COUNTS_FILE, `${passes} ${failures} ${pending}\n`);
    });
  }
}

module.exports = CountingSpec;
