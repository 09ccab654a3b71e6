// Adds two numbers with an addon, and multiplies bytes by 70 columns. Usage: compute.cjs FOLDER, that of
// the addon's package.
const util = require('node:util');
util.isNullOrUndefined ??= value => value == null;
util.isArray ??= Array.isArray;
const tf = require(process.argv[2]);
const { binding } = tf.backend();
const bytes = binding.createTensor([1, 3], binding.TF_UINT8, Uint8Array.of(2, 0, 4));
const ones = binding.createTensor([3, 70], binding.TF_FLOAT, new Float32Array(210).fill(1));
const [masks] = binding.executeOp('ByteMasks', [], [bytes], 2);
const [{ id }] = binding.executeOp('ByteMatMul', [], [bytes, masks.id, ones], 1);
const product = new Set(binding.tensorDataSync(id));
console.log(tf.getBackend(), tf.add(1, 2).dataSync()[0], ...product);
