import { deepEqual, throws } from 'node:assert/strict';
import { join } from 'node:path';
import { filesBelow, writeAll } from '../../../lib/command/machine/files';
import { put, temporaryFolder } from '../../folder';

describe('files that are written together', () => {
  it('all stay as they are if one cannot be written, and leave no temporary file', () => {
    const root = temporaryFolder();
    put(root, [['old', 'old']]);
    throws(() => writeAll({ [join(root, 'new')]: 'new', [join(root, 'old', 'x')]: '' }), {
      code: 'ENOTDIR',
    });
    deepEqual(filesBelow(root), ['old']);
  });
});
