/** Hides the packages for tests and development from a process: learners do not have them. */
const Module = require('node:module');
const { packages } = require('../../package-lock.json');

const hidden = new Set(
  Object.keys(packages).flatMap(path => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    return packages[path].dev && name ? [name] : [];
  }),
);
const { _resolveFilename } = Module;
Module._resolveFilename = function (wanted, ...others) {
  if (!hidden.has(/^(?:@[^/]+\/)?[^/]+/.exec(wanted)?.[0])) {
    return _resolveFilename.call(this, wanted, ...others);
  }
  const message = `Cannot find module '${wanted}', which is for development alone`;
  throw Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND' });
};
