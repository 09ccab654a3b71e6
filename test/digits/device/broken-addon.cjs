/** Preloaded into a process: loading an addon fails like with a missing library. */
const { Module } = require('node:module');

Module._extensions['.node'] = () => {
  throw new Error('libtensorflow_cc.so.2: cannot open');
};
