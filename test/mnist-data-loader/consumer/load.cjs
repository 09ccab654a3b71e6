const { loadData } = require('mnist-data-loader');

loadData({ download: false }).then(([[trainX, trainY], [testX, testY]]) =>
  console.log(`${trainX}`, `${trainY}`, testX.shape, testY.shape),
);
