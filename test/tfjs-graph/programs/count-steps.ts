/** Prints how many steps tfjs-layers itself has taken when the process ends. `node -r` loads this before a program. */
import * as tf from '@tensorflow/tfjs';

const { prototype } = tf.Optimizer;
const { minimize } = prototype;
let steps = 0;

prototype.minimize = function (this: tf.Optimizer, ...args) {
  steps++;
  return minimize.apply(this, args);
};
process.on('exit', () => console.log(JSON.stringify({ steps })));
