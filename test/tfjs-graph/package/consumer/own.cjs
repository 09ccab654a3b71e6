// The native engine that the package brings itself.
const tf = require('@tensorflow/tfjs');
const graph = require('tfjs-graph');

require('./program.cjs')
  .tryAll(tf, graph)
  .then(result => console.log(JSON.stringify(result)));
