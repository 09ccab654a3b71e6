// Lets a plain `require` (a stock tslab kernel, a script) load the TypeScript source.
require('tsx/cjs');
module.exports = require('./index.ts');
