/**
 * In place of npm's package of this name, an installer with some forty packages behind it: of all of
 * it, `@tensorflow/tfjs-node-gpu` asks at run time only where its addon is.
 */
const { dirname, join } = require('node:path');

exports.find = packageFile => join(dirname(packageFile), 'lib', 'napi-v8', 'tfjs_binding.node');
