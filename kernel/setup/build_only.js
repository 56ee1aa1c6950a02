/** @file `npm run build`: the packages and the compiled dist/, nothing else of the set-up. */
'use strict';

require('./require_node');
const { main, setUp, packages, build } = require('./index');

main(() => setUp({ steps: [packages, build] }));
