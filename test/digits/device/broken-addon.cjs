/** Loaded first into a process: an addon cannot be loaded there, as where a library is missing. */
const { Module } = require('node:module');

Module._extensions['.node'] = () => {
  throw new Error('libtensorflow_cc.so.2: cannot open');
};
