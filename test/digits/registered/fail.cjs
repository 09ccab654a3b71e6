/** Fails in TypeScript after a package could not be loaded; prints whether the stack names its line. */
try {
  require('@tensorflow/tfjs/no-such-file');
} catch {}
const { fit } = require('../../../lib/digits/training/fit.ts');

fit().catch(({ stack }) => console.log(JSON.stringify(/fit\.ts:\d+/.test(stack))));
