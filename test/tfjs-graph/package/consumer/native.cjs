// Imports the package before or after the engine: `node native.cjs PACKAGE [after]`.
const [engine, after] = process.argv.slice(2);
const load = {
  tf: () => require(engine),
  graph: () => require('tfjs-graph'),
};
const order = after ? ['tf', 'graph'] : ['graph', 'tf'];
const { tf, graph } = Object.fromEntries(order.map(name => [name, load[name]()]));

require('./program.cjs')
  .tryAll(tf, graph)
  .then(result => console.log(JSON.stringify(result)));
