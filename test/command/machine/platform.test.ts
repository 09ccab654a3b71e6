import { deepEqual } from 'node:assert/strict';
import {
  npmCommand,
  onPath,
  programIn,
  withVariable,
} from '../../../lib/command/machine/platform.mjs';
import { readData } from '../../texts';

const functions = { npmCommand, onPath, programIn, withVariable };

interface Case {
  readonly call: keyof typeof functions;
  readonly given: readonly unknown[];
  /** The only existing files. */
  readonly there?: readonly string[];
  readonly is: unknown;
}

describe('what differs between systems', () => {
  const cases = readData<Readonly<Record<string, Case>>>('command/machine/platform.yml');
  for (const [what, { call, given, there, is }] of Object.entries(cases)) {
    it(`has ${what}`, () => {
      const exists = (path: string) => there?.includes(path);
      const result = Reflect.apply(functions[call], undefined, [
        ...given,
        ...(there ? [exists] : []),
      ]);
      // A file of data cannot know where this Node is.
      const text = JSON.stringify(result ?? null, (_, value) =>
        value === process.execPath ? 'NODE' : value,
      );
      deepEqual(JSON.parse(text), is);
    });
  }
});
