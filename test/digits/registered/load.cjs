/** Loads the modules that the arguments name; prints what each exports, and whether it has a source map. */
const { findSourceMap } = require('node:module');

const found = process.argv.slice(2).map(name => {
  const exports = require(name);
  return [typeof exports, findSourceMap(require.resolve(name)) !== undefined];
});
console.log(JSON.stringify(found));
