import { throws } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConnectionFile } from '../../../lib/kernel/node/protocol/connection-file';
import { temporaryFolder } from '../../folder';

it('a connection file that is missing or damaged is named', () => {
  const file = join(temporaryFolder(), 'connection.json');
  const begin = `Expected the connection file of a Jupyter client at ${file}: `;
  for (const pattern of [/no such file/, /JSON/]) {
    throws(
      () => readConnectionFile(file),
      ({ message }: Error) => message.startsWith(begin) && pattern.test(message),
    );
    writeFileSync(file, '');
  }
});
