/** Jupyter's own tests of a kernel, jupyter_kernel_test. */
import { deepEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { told } from './python';

const PASSED = [
  ...['completion', 'display_data', 'error', 'execute_result', 'execute_stderr'],
  ...['execute_stdout', 'history', 'inspect', 'is_complete', 'kernel_info'],
];

describe("Jupyter's own tests of a kernel", () => {
  it('pass, but for those of what this kernel has not: a pager, and output that is taken back', async function () {
    this.timeout(120_000);
    const outcomes = await told<[string, string, string]>(join(__dirname, 'protocol.py'));
    const sorted = outcomes.map(([name, outcome, detail]) => `${name} ${outcome} ${detail}`).sort();
    deepEqual(
      sorted.filter(line => !/^\w+ skipped /.test(line)),
      PASSED.map(name => `${name} passed `),
    );
    deepEqual(
      sorted.flatMap(line => /^(\w+) skipped /.exec(line)?.[1] ?? []),
      ['clear_output', 'pager'],
    );
  });
});
