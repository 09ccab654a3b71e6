/** Loads the data from a mirror: `node fetch.cjs ADDRESS`. */
const { loadData } = require('mnist-data-loader');

loadData({ mirrors: [process.argv[2]], progress: false }).then(([, [testX]]) =>
  console.log(`${testX.slice(0, 2)}`),
);
