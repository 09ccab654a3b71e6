import { deepEqual, equal } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { projectRoot } from '../../lib/tools/project/paths';

/** What a script prints as JSON, in a process that starts with `lib/digits/register.cjs`. */
function registered(script: string): unknown {
  const args = ['--require', './lib/digits/register.cjs', '--eval', script];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8' }));
}

const load = (...names: string[]) =>
  `const { findSourceMap } = require('node:module');
  const found = ${JSON.stringify(names)}.map(name => {
    const exports = require(name);
    return [typeof exports, findSourceMap(require.resolve(name)) !== undefined];
  });
  console.log(JSON.stringify(found));`;

describe('register.cjs', () => {
  it('loads TypeScript with its source map, and a package without', () => {
    deepEqual(registered(load('@tensorflow/tfjs', './lib/digits/summary.ts')), [
      ['object', false],
      ['object', true],
    ]);
  });

  it('loads packages of ES modules too', () => {
    deepEqual(registered(load('execa')), [['object', false]]);
  });

  it('names lines of TypeScript after a package has failed', () => {
    const script = `try { require('@tensorflow/tfjs/no-such-file') } catch {}
      const { fit } = require('./lib/digits/fit.ts');
      fit().catch(({ stack }) => console.log(JSON.stringify(/fit\\.ts:\\d+/.test(stack))));`;
    equal(registered(script), true);
  });
});
