/** Jupyter's own tests of a kernel, jupyter_kernel_test, each as one of ours. */
import { deepEqual, equal } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { jupyterEnvironment } from '../../lib/tools/project/jupyter';
import { pythonEnvironment } from '../../lib/tools/project/paths';

const TESTS = [
  ...['completion', 'display_data', 'error', 'execute_result', 'execute_stderr'],
  ...['execute_stdout', 'history', 'inspect', 'is_complete', 'kernel_info'],
];

/** For what this kernel has not: a pager, and output that is taken back. */
const SKIPPED = ['clear_output', 'pager'];

type Told = [name: string, outcome: 'passed' | 'failed' | 'skipped', detail: string];

describe("Jupyter's own tests of a kernel", function () {
  this.timeout(120_000);
  let told: Told[];

  before(async () => {
    const python = pythonEnvironment().program('python');
    const script = join(__dirname, 'protocol.py');
    const env = jupyterEnvironment();
    const { stdout } = await promisify(execFile)(python, [script], { cwd: __dirname, env });
    told = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  });

  for (const name of TESTS) {
    it(`pass: ${name}`, () => {
      const [, outcome, detail] = told.find(([test]) => test === name) ?? [];
      equal(outcome, 'passed', detail);
    });
  }

  it(`are no others than these, ${SKIPPED.length} skipped`, () => {
    const names = (wanted: boolean) =>
      told.filter(([, outcome]) => (outcome === 'skipped') === wanted).map(([name]) => name);
    deepEqual(names(false).sort(), TESTS);
    deepEqual(names(true).sort(), SKIPPED);
  });
});
