import { match, rejects } from 'node:assert/strict';
import { prepare } from '../../../lib/tools/classroom/prepare';
import { Failure } from '../../../lib/tools/project/failure.mjs';

describe('the classroom on Windows', () => {
  it('is refused before anything is set up, with what to do', async () => {
    await rejects(prepare('en', undefined, 'win32'), (error: Failure) => {
      match(error.text.en, /does not run on Windows.*Linux or macOS, or in WSL.*npm start/);
      match(error.text.zh, /不能在 Windows 上运行.*WSL.*npm start/);
      return error instanceof Failure;
    });
  });
});
