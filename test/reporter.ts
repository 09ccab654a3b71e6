/**
 * Mocha's spec report that prints the reason for a failure where it happens. At its end stand the failures
 * with the first lines of their reasons, the tests that were run once more, and `N passed, N failed`, for CI
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
    // Their reasons were printed.
    this.failures.length = 0;
    super.epilogue();
    for (const line of this.notes) console.log(line);
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}
