/**
 * mocha's spec report with more at its end: each test that was run once more, with what it failed by
 * at first; and `N passed, N failed`, for CI to read.
 */
import Mocha from 'mocha';

export default class CountReporter extends Mocha.reporters.Spec {
  private readonly again: string[] = [];

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('retry', (test: Mocha.Test, error: Error) => {
      this.again.push(`run once more: ${test.fullTitle()}\n  ${error.message}`);
    });
  }

  override epilogue(): void {
    super.epilogue();
    for (const line of this.again) console.log(line);
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}
