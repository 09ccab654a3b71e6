import { deepEqual, equal, match } from 'node:assert/strict';
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

interface Report {
  readonly lines: string[];
  readonly last: string;
  readonly code: number | null;
}

/** Runs mocha on a file of tests. Returns what it printed, the last line of it, and its exit code. */
function report(tests: string, ...options: string[]): Report {
  const folder = mkdtempSync(join(tmpdir(), 'digits-reporter-'));
  try {
    const file = join(folder, 'sample.test.cjs');
    writeFileSync(file, tests);
    const { stdout, status } = spawnSync(process.execPath, [...args, ...options, file], {
      encoding: 'utf8',
    });
    const lines = stdout.trimEnd().split('\n');
    return { lines, last: lines.at(-1) ?? '', code: status };
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

  for (const [where, options] of [
    ['in one process', []],
    ['side by side', ['--parallel']],
  ] as const) {
    it(`names a test that was run once more, and why, ${where}`, () => {
      const twice = `let runs = 0;
        describe("x", () => {
          it("y", () => { if (runs++ === 0) throw new Error("not yet"); }).retries(1);
        });`;
      const { lines, code } = report(passing + twice, ...options);
      deepEqual(lines.slice(-3), ['run once more: x y', '  not yet', '3 passed, 0 failed']);
      equal(code, 0);
    });
  }

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
