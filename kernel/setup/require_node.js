/**
 * @file The first thing that runs: is this Node, and this system, one that tslearn2 runs on?
 * Written in old JavaScript on purpose, so that an old Node can still say what is wrong.
 */
'use strict';

var wanted = [20, 19];
var have = process.versions.node.split('.').map(Number);

function refuse(problem, advice) {
  console.error('tslearn2: ' + problem + '\n  What to do: ' + advice);
  process.exit(1);
}

if (have[0] < wanted[0] || (have[0] === wanted[0] && have[1] < wanted[1])) {
  refuse(
    'Node ' + process.versions.node + ' is too old; Node 20.19 or later is needed.',
    'install Node 22 or 24 (https://nodejs.org) and run the command again.',
  );
}
if (process.platform === 'win32') {
  refuse(
    'Windows itself is not supported.',
    'open WSL (https://learn.microsoft.com/windows/wsl/install), clone the project there and run the command again.',
  );
}
