import * as tf from '@tensorflow/tfjs';
import { train } from './program.cjs';

console.log(JSON.stringify(await train(tf)));
