import { deepEqual } from 'node:assert/strict';
import { useLanguage } from '../../lib/command/output/language.mjs';
import { problemsOf } from '../../lib/publish/execute';
import { codeCell, notebookWith, textCell } from '../notebook';

const figure = (execution_count: number | null) => ({
  ...codeCell('digits.display(figure);'),
  execution_count,
});

describe('the problems of a run', () => {
  before(() => useLanguage('en'));

  const firstLines = (counts: (number | null)[], failed: Parameters<typeof problemsOf>[1]) =>
    problemsOf(notebookWith(textCell('## 8 Fit'), ...counts.map(figure)), failed).map(
      problem => problem.split('\n')[0],
    );
  const missing = 'Cell cell1 of "8 Fit" should show a figure, but none appeared.';

  it('are a kernel that does not start, and no figures that no cell has drawn', () => {
    const message = "Kernel didn't respond in 60 seconds";
    deepEqual(
      firstLines([null, null, null], { event: 'failed', cell: null, reason: 'no kernel', message }),
      [`The kernel did not start: ${message}`],
    );
  });

  it('are the end of the kernel, then missing figures of the cells before', () => {
    deepEqual(
      firstLines([1, null, null], { event: 'failed', cell: 2, reason: 'dead kernel', message: '' }),
      [
        'Cell cell2 of "8 Fit" ended the kernel’s process, perhaps by running out of memory: close other programs, then try again.',
        missing,
      ],
    );
  });
});
