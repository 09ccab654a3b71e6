import { equal, match } from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const mocha = join(__dirname, '..', 'node_modules', 'mocha', 'bin', 'mocha.js');
const args = [
  '--import',
  'tsx',
  mocha,
  '--no-config',
  '--reporter',
  join(__dirname, 'reporter.ts'),
];

/** Runs mocha on a file of tests. Returns the last line that it printed, and its exit code. */
function report(tests: string): { last: string; code: number | null } {
  const folder = mkdtempSync(join(tmpdir(), 'digits-reporter-'));
  try {
    const file = join(folder, 'sample.test.cjs');
    writeFileSync(file, tests);
    const { stdout, status } = spawnSync(process.execPath, [...args, file], { encoding: 'utf8' });
    return { last: stdout.trimEnd().split('\n').at(-1) ?? '', code: status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const passing = 'it("a", () => {}); it("b", () => {});';
const failing = 'it("c", () => { throw new Error("no"); });';

describe('the reporter', () => {
  it('ends with the count of passed and failed tests', () => {
    const { last, code } = report(passing + failing);
    equal(last, '2 passed, 1 failed');
    equal(code, 1);
  });

  it('ends with 0 failed when all pass', () => {
    const { last, code } = report(passing);
    equal(last, '2 passed, 0 failed');
    equal(code, 0);
  });

  it('counts skipped tests only where there are some', () => {
    equal(
      report(`${passing} it("later"); it.skip("never", () => {});`).last,
      '2 passed, 0 failed, 2 skipped',
    );
  });

  for (const hook of ['before', 'beforeEach', 'after', 'afterEach']) {
    it(`counts a failing ${hook} hook as failed`, () => {
      const { last, code } = report(
        `describe("x", () => { ${hook}(() => { throw new Error("no"); }); ${passing} });`,
      );
      match(last, /^\d passed, 1 failed$/);
      equal(code, 1);
    });
  }
});
