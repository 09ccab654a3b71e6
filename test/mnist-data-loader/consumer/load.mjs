/** Loads the data, and tells whether an error, and each export, is the same for `import` and `require`. */
import { createRequire } from 'node:module';
import mnist, * as esm from 'mnist-data-loader';

const [[trainX, trainY], [testX, testY]] = await mnist.loadData({ download: false });
console.log(`${trainX}`, `${trainY}`, testX.shape, testY.shape);

const cjs = createRequire(import.meta.url)('mnist-data-loader');
const error = await mnist.loadData({ dir: 'nowhere' }).catch(error => error);
console.log(
  error instanceof cjs.FileNotFoundError,
  error instanceof esm.FileNotFoundError,
  error.name,
);
const names = Object.keys(esm).filter(name => !/^(default|module\.exports)$/.test(name));
console.log(
  names.filter(name => esm[name] !== cjs[name]),
  mnist === cjs.default,
);
