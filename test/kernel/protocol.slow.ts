/** Jupyter's own tests of a kernel, jupyter_kernel_test. */
import { deepEqual } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pythonEnvironment } from '../../lib/command/machine/paths';
import { jupyterEnvironment } from '../../lib/lab/jupyter/jupyter';

const NAMES = [
  ...['completion', 'display_data', 'error', 'execute_result', 'execute_stderr'],
  ...['execute_stdout', 'history', 'inspect', 'is_complete', 'kernel_info'],
];

describe("Jupyter's own tests of a kernel", () => {
  it('pass, but for those of what this kernel has not: a pager, and output that is taken back', async function () {
    this.timeout(120_000);
    const program = pythonEnvironment().program('python');
    const options = { cwd: __dirname, env: jupyterEnvironment() };
    const { stdout } = await promisify(execFile)(
      program,
      [join(__dirname, 'protocol.py')],
      options,
    );
    deepEqual(JSON.parse(stdout), {
      failed: [],
      skipped: ['test_clear_output', 'test_pager'],
      others: NAMES.map(name => `test_${name}`),
    });
  });
});
