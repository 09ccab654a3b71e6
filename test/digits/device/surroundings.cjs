/**
 * Preloaded into a process and the child processes: simulates an NVIDIA driver, and gives the
 * process that tests the GPU an addon that DIGITS_TEST_GPU controls. The messages come from
 * TensorFlow with CUDA. A GPU that `works` is the processor under the name of a GPU.
 */
const fs = require('node:fs');
const { Module } = require('node:module');

const read = fs.readFileSync;
fs.readFileSync = (path, ...options) =>
  path === '/proc/driver/nvidia/version'
    ? 'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\n'
    : read(path, ...options);

const [what, words] = (process.env.DIGITS_TEST_GPU ?? '').split(':: ');

const load = Module._extensions['.node'];
if (what === 'works') {
  Module._extensions['.node'] = (module, path) => {
    load(module, path);
    const addon = module.exports;
    if (!addon.isUsingGpuDevice) return;
    // Members can be neither replaced nor enumerated.
    const members = Object.getOwnPropertyNames(addon).map(name => [name, addon[name]]);
    module.exports = { ...Object.fromEntries(members), isUsingGpuDevice: () => true };
  };
} else if (what && process.argv[1]?.endsWith('first-product.cjs')) {
  Module._extensions['.node'] = module => {
    if (what === 'hangs') for (;;);
    if (what === 'aborts') {
      console.error(words);
      process.abort();
    }
    module.exports = {
      isUsingGpuDevice: () => what !== 'none',
      createTensor: () => 0,
      executeOp() {
        throw new Error(words);
      },
    };
    if (what === 'none') console.error(words);
  };
}
