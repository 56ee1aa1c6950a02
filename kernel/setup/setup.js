/** @file `npm run setup`: does all set-up and ends. */
'use strict';

require('./require_node');
const { main, setUp } = require('./index');

main(() => setUp());
