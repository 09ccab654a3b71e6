import assert from 'node:assert/strict';
import { connected } from './connected';

describe('connected', () => {
  it('passes over an error of the server, and kernels that start or have no page', async () => {
    const idle = { connections: 1, execution_state: 'idle' };
    const answers = [
      { message: 'Unhandled error', reason: null },
      [],
      [
        { ...idle, connections: 0 },
        { ...idle, execution_state: 'starting' },
      ],
      [idle],
    ].map(answer => JSON.stringify(answer));
    await connected(async () => answers.shift() ?? assert.fail('asked again'));
    assert.deepEqual(answers, []);
  });
});
