import { deepEqual, equal } from 'node:assert/strict';
import { machineName, thisMachine } from '../../../lib/command/machine/machine';
import { put, temporaryFolder } from '../../folder';
import { readData } from '../../texts';

interface Case {
  readonly on: readonly [platform: string, arch: string];
  readonly env?: NodeJS.ProcessEnv;
  /** The content of the driver's version file. */
  readonly driver?: string;
  readonly is: object;
}

describe('a machine', () => {
  for (const [what, { on, env = {}, driver, is }] of Object.entries(
    readData<Readonly<Record<string, Case>>>('command/machine/machine.yml'),
  )) {
    it(`can be ${what}`, () => {
      const root = temporaryFolder();
      if (driver) put(root, [['proc/driver/nvidia/version', driver]]);
      deepEqual(thisMachine(env, root, ...on), { name: on.join('-'), ...is });
    });
  }

  it('says in its name that its Node is built for musl', () => {
    equal(machineName('linux', 'x64', true), 'linux-x64 (musl)');
    equal(machineName('linux', 'x64', false), 'linux-x64');
  });
});
