import { equal } from 'node:assert/strict';
import { packageOf } from '../../../lib/lab/setup/packages/requirements';
import uvWheels from '../../../lib/lab/setup/packages/uv-wheels.json';
import headers from '../../../lib/tfjs-graph/install/headers.json';
import wheels from '../../../lib/tfjs-graph/install/wheels.json';

describe('what tfjs-graph fetches', () => {
  it('has the versions that set-up takes', () => {
    const { version } = packageOf('engine');
    for (const { file } of [...Object.values(wheels), headers]) {
      equal(file.split('-')[1], version, file);
    }
    for (const { file } of Object.values(uvWheels)) {
      equal(file.split('-')[1], packageOf('uv').version, file);
    }
  });
});
