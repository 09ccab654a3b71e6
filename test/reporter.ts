/**
 * Mocha's spec report with the reason for a failure in place. The end of the report repeats the failures
 * with the first lines of the reasons, and lists the tests that ran once more, and `N passed, N failed`, for CI
 * to read.
 */
import { relative } from 'node:path';
import Mocha from 'mocha';

export default class CountReporter extends Mocha.reporters.Spec {
  private readonly notes: string[] = [];

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const note = (what: string, test: Mocha.Test, { message }: Error) => {
      const file = relative('.', test.file ?? '');
      this.notes.push(`${what}: ${file}: ${test.fullTitle()}\n  ${message.split('\n')[0]}`);
    };
    runner.on('retry', (test: Mocha.Test, error: Error) => note('run once more', test, error));
    runner.on('fail', (test: Mocha.Test, error: Error) => {
      console.log(`\n${error.stack ?? error.message}\n`.replaceAll('\n', '\n     '));
      note('failed', test, error);
    });
  }

  override epilogue(): void {
    // The report contains the reasons above.
    this.failures.length = 0;
    super.epilogue();
    for (const line of this.notes) console.log(line);
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}
