const tf = require('@tensorflow/tfjs');
const { train } = require('./program.cjs');

train(tf).then(result => console.log(JSON.stringify(result)));
