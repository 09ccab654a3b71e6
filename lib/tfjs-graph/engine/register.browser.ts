/** A browser has its engines from TensorFlow.js. */
export {};
