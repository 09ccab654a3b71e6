/**
 * Multiplies two matrices as large as the lesson's on the GPU, and prints `GPU`, if TensorFlow has
 * found one. It runs in a process of its own, with the path of the addon as its argument.
 */
const tf = require(process.argv[2]);

if (tf.isUsingGpuDevice()) {
  const matrix = (...shape) =>
    tf.createTensor(shape, tf.TF_FLOAT, new Float32Array(shape[0] * shape[1]));
  const attributes = [
    { name: 'T', type: tf.TF_ATTR_TYPE, value: tf.TF_FLOAT },
    { name: 'transpose_a', type: tf.TF_ATTR_BOOL, value: false },
    { name: 'transpose_b', type: tf.TF_ATTR_BOOL, value: false },
  ];
  const [product] = tf.executeOp('MatMul', attributes, [matrix(64, 784), matrix(784, 128)], 1);
  tf.tensorDataSync(product.id);
  console.log('GPU');
}
