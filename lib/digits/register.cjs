// Lets `require` load TypeScript by tsx, and leaves packages to Node alone: tsx would read each of
// their files for ESM syntax, and Node their source maps, at three times the time and memory.
const { _extensions: loaders } = require('node:module');
const { sep } = require('node:path');

if (!require.cache[require.resolve('tsx/cjs')]) {
  const loadPlainly = loaders['.js'];
  require('tsx/cjs');
  const loadByTsx = loaders['.js'];
  loaders['.js'] = (module, file) => {
    if (!file.includes(`${sep}node_modules${sep}`)) return loadByTsx(module, file);
    process.setSourceMapsEnabled(false);
    try {
      loadPlainly(module, file);
    } finally {
      process.setSourceMapsEnabled(true);
    }
  };
}
