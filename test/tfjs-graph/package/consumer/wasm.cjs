const graph = require('tfjs-graph');
const tf = require('@tensorflow/tfjs');
require('@tensorflow/tfjs-backend-wasm');

tf.setBackend('wasm')
  .then(() => require('./program.cjs').tryAll(tf, graph))
  .then(result => console.log(JSON.stringify(result)));
