import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import * as graph from 'tfjs-graph';
import { tryAll } from './program.cjs';

await tf.setBackend('wasm');
console.log(JSON.stringify(await tryAll(tf, graph)));
