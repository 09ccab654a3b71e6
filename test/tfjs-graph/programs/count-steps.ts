/** Seeds a program and prints the number of stock steps at exit. `node -r` loads this file before the program. */
import { basename } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import seedrandom from 'seedrandom';

seedrandom(basename(process.argv[1] ?? '', '.ts'), { global: true });

const { prototype } = tf.Optimizer;
const { minimize } = prototype;
let steps = 0;

prototype.minimize = function (this: tf.Optimizer, ...args) {
  steps++;
  return minimize.apply(this, args);
};
process.on('exit', () => console.log(JSON.stringify({ steps })));
