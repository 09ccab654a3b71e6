import * as tf from '@tensorflow/tfjs';
import * as graph from 'tfjs-graph';
import { tryAll } from './program.cjs';

console.log(JSON.stringify(await tryAll(tf, graph)));
