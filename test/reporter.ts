/** mocha's spec report with one line more at its end: `N passed, N failed`, for CI to read. */
import Mocha from 'mocha';

export default class CountReporter extends Mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    console.log(`${passes} passed, ${failures} failed${skipped}`);
  }
}
