/** Browsers use TensorFlow.js's own backends. */
export {};
