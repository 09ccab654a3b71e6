/** For a bundler: the package in a browser. */

export * as tf from '@tensorflow/tfjs';
export { evaluate, fit, GraphFunction, InputError, NotRecordableError } from 'tfjs-graph';
