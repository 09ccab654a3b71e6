import { throws } from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConnectionFile } from '../../lib/kernel/protocol/connection-file';
import { temporaryFolder } from '../folder';

describe('a connection file', () => {
  for (const [what, text, said] of [
    ['is missing', undefined, /no such file/],
    ['is empty', '', /JSON/],
    ['holds null', 'null', /it has no "ip"/],
    ['holds a list', '[1]', /it has no "ip"/],
    ['has no port', '{"ip": "1", "shell_port": 1}', /its "control_port" is undefined/],
    ['has a port in words', '{"ip": "1", "shell_port": "x"}', /its "shell_port" is x/],
    ['has an unknown scheme', '{"ip": "1", "signature_scheme": "md1"}', /scheme" is md1/],
  ] as const) {
    it(`that ${what} is named`, () => {
      const file = join(temporaryFolder(), 'connection.json');
      if (text !== undefined) writeFileSync(file, text);
      const begin = `Expected the connection file of a Jupyter client at ${file}: `;
      throws(
        () => readConnectionFile(file),
        ({ message }: Error) => message.startsWith(begin) && said.test(message),
      );
    });
  }
});
