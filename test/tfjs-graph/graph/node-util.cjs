/**
 * Loads the module that the first argument names, and prints what two functions of `node:util` then
 * say. With `removed` as the second argument, Node has lost them before.
 */
const util = require('node:util');

if (process.argv[3] === 'removed') {
  delete util.isNullOrUndefined;
  delete util.isArray;
}
require(process.argv[2]);
console.log(util.isNullOrUndefined(null), util.isNullOrUndefined(0), util.isArray([]));
