const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A plain `npm pack` of this folder takes this file along, and leaves the source out.
if (!existsSync(join(__dirname, 'index.ts'))) {
  throw new Error(
    'Expected a package of tfjs-graph with its code, but this one has none. Make one in its repository: npm run pack -w tfjs-graph',
  );
}
// Lets a plain `require` (a stock tslab kernel, a script) load the TypeScript source.
require('tsx/cjs');
module.exports = require('./index.ts');
