import { throws } from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConnectionFile } from '../../lib/kernel/protocol/connection-file';

describe('a connection file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'connection-'));
  after(() => rmSync(folder, { recursive: true }));

  for (const [what, text, said] of [
    ['is missing', undefined, /no such file/],
    ['is empty', '', /JSON/],
    ['holds null', 'null', /it has no "ip"/],
    ['holds a list', '[1]', /it has no "ip"/],
    ['has no port', '{"ip": "127.0.0.1", "shell_port": 1}', /its "control_port" is undefined/],
    ['has a port in words', '{"ip": "127.0.0.1", "shell_port": "x"}', /its "shell_port" is x/],
    [
      'has an unknown scheme',
      '{"ip": "127.0.0.1", "signature_scheme": "hmac-md1"}',
      /its "signature_scheme" is hmac-md1/,
    ],
  ] as const) {
    it(`that ${what} is named`, () => {
      const file = join(folder, `${what}.json`);
      if (text !== undefined) writeFileSync(file, text);
      throws(
        () => readConnectionFile(file),
        (error: Error) => {
          return error.message.includes(`Jupyter client at ${file}: `) && said.test(error.message);
        },
      );
    });
  }
});
