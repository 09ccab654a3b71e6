import * as graph from 'tfjs-graph';
import { tryAll } from './program.cjs';

const { default: tf } = await import(process.argv[2]);
console.log(JSON.stringify(await tryAll(tf, graph)));
