/** Jupyter's own tests of a kernel, jupyter_kernel_test. */
import { deepEqual } from 'node:assert/strict';
import { join } from 'node:path';
import { told } from './python';

const NAMES = [
  ...['completion', 'display_data', 'error', 'execute_result', 'execute_stderr'],
  ...['execute_stdout', 'history', 'inspect', 'is_complete', 'kernel_info'],
];

describe("Jupyter's own tests of a kernel", () => {
  it('pass, but for those of what this kernel has not: a pager, and output that is taken back', async function () {
    this.timeout(120_000);
    const [outcome] = await told(join(__dirname, 'protocol.py'));
    deepEqual(outcome, {
      failed: [],
      skipped: ['test_clear_output', 'test_pager'],
      others: NAMES.map(name => `test_${name}`),
    });
  });
});
