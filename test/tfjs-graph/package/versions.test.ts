import { equal } from 'node:assert/strict';
import { ZIGLANG } from '../../../lib/tfjs-graph/addon/make';
import wheels from '../../../lib/tfjs-graph/addon/wheels.json';
import { onlyFor } from '../../../lib/tools/setup/packages/requirements';

describe('what tfjs-graph fetches', () => {
  it('has the versions that set-up takes', () => {
    const { version } = onlyFor('engine');
    for (const { file } of Object.values(wheels)) {
      equal(file.split('-')[1], version, file);
    }
    equal(ZIGLANG, onlyFor('compiler').version);
  });
});
