import { equal } from 'node:assert/strict';
import { TENSORFLOW, ZIGLANG } from '../../../lib/tfjs-graph/addon/pypi';
import { onlyFor } from '../../../lib/tools/setup/packages/requirements';

describe('what npx tfjs-graph addon fetches', () => {
  it('has the versions that set-up takes', () => {
    equal(TENSORFLOW, onlyFor('engine').version);
    equal(ZIGLANG, onlyFor('compiler').version);
  });
});
