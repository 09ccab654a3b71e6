import mnist from 'mnist-data-loader';

const [[trainX, trainY], [testX, testY]] = await mnist.loadData({ download: false });
console.log(`${trainX}`, `${trainY}`, testX.shape, testY.shape);
