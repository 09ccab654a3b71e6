import { throws } from 'node:assert/strict';
import { assertAllowed } from '../../../lib/class/classroom/classroom';

describe('the classroom', () => {
  it('is refused on Windows before anything is set up, with what to do', () =>
    throws(
      () => assertAllowed('win32'),
      /^Failure: .*does not run on Windows.*Linux or macOS, or in WSL.*npm start/,
    ));

  it('is refused to root, with what to do', function () {
    if (process.geteuid?.() !== 0) this.skip();
    throws(() => assertAllowed('linux'), /cannot be started by root: .* without sudo/);
  });
});
