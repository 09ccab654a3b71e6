/** Hides the packages for tests and development from a process: learners lack these packages. */
const Module = require('node:module');
const { packages } = require('../../package-lock.json');

const hidden = new Set(
  Object.keys(packages).flatMap(path => {
    const [, name] = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path) ?? [];
    return packages[path].dev && name ? [name] : [];
  }),
);
// Throws no error of its own, so stacks have no additional line.
const { _findPath } = Module;
Module._findPath = (wanted, ...others) =>
  !hidden.has(/^(?:@[^/]+\/)?[^/]+/.exec(wanted)?.[0]) && _findPath(wanted, ...others);
