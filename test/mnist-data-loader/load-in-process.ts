import { loadDataset } from '../../lib/mnist-data-loader/load-data';

// Run by processes.slow.ts in separate processes: loads the set given as JSON and prints the result.
const [dataset, options] = JSON.parse(process.argv[2] ?? '');
const warnings: string[] = [];
loadDataset(dataset, { ...options, warn: message => warnings.push(message) }).then(arrays =>
  console.log(JSON.stringify({ arrays: `${arrays}`, warnings })),
);
