import { deepEqual, equal } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './folder';

const mocha = join(__dirname, '..', 'node_modules', 'mocha', 'bin', 'mocha.js');
const ours = ['--no-config', '--reporter', join(__dirname, 'reporter.ts')];

/** Runs mocha on a file of tests. Returns the last lines that it printed, and its exit code. */
function report(tests: string, lines: number, ...options: string[]) {
  const file = join(temporaryFolder(), 'sample.test.cjs');
  writeFileSync(file, tests);
  const args = ['--import', 'tsx', mocha, ...ours, ...options, file];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return { last: stdout.trimEnd().split('\n').slice(-lines), code: status };
}

const passing = 'it("a", () => {}); it("b", () => {});';

describe('the reporter', () => {
  it('ends with the count of passed and failed tests', () => {
    deepEqual(report(passing, 1), { last: ['2 passed, 0 failed'], code: 0 });
  });

  it('counts failed hooks as failed, and skipped tests if there are some', () => {
    const failing = '(() => { throw new Error("no"); })';
    const hooks = ['before', 'beforeEach', 'after', 'afterEach'].map(
      hook => `describe("${hook}", () => { ${hook}${failing}; it("c", () => {}); });`,
    );
    const { last, code } = report(`${passing} it.skip("never", () => {}); ${hooks.join('')}`, 1);
    // The hooks after a test fail when it has passed.
    deepEqual(last, ['4 passed, 4 failed, 1 skipped']);
    equal(code, 4);
  });

  for (const [where, options] of [
    ['in one process', []],
    ['side by side', ['--parallel']],
  ] as const) {
    it(`names a test that was run once more, and why, ${where}`, () => {
      const twice = `let runs = 0;
        describe("x", () => {
          it("y", () => { if (runs++ === 0) throw new Error("not yet"); }).retries(1);
        });`;
      deepEqual(report(passing + twice, 3, ...options), {
        last: ['run once more: x y', '  not yet', '3 passed, 0 failed'],
        code: 0,
      });
    });
  }
});
