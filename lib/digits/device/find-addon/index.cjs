/**
 * Stands in for npm's package of this name, an installer with some forty packages behind it. All that
 * `@tensorflow/tfjs-node-gpu` asks of it at run time is where its addon is.
 */
const { dirname, join } = require('node:path');

exports.find = packageFile => join(dirname(packageFile), 'lib', 'napi-v8', 'tfjs_binding.node');
