import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { BINARY_FILE, compileKernels } from '../../../../lib/tfjs-graph/scripts/compile-kernels';

describe('the WebAssembly kernels', () => {
  it('were compiled from their source', () => {
    assert.equal(readFileSync(BINARY_FILE, 'utf8'), compileKernels());
  });
});
