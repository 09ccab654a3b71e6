import { deepEqual } from 'node:assert/strict';
import { importFaults } from '../../lib/tools/import-rules';
import { put, temporaryFolder } from '../folder';
import { readData } from '../texts';

type Files = Readonly<Record<string, string>>;
interface Case {
  readonly files: Files;
  readonly faults: readonly string[];
}

const cases = readData<{ kept: Files; ways: string[]; entering: Case; circles: Case }>(
  'tools/import-rules.yml',
);

describe('the rules of the imports', () => {
  /** Returns the faults of five packages that have these files besides some that keep to the rules. */
  function faultsOf(files: Files): string[] {
    const lib = temporaryFolder();
    put(lib, Object.entries({ ...cases.kept, ...files }));
    return importFaults(lib);
  }

  it('lead down from package to package, however a module is imported, types included', () => {
    deepEqual(faultsOf({}), []);
    const rule =
      'tfjs-graph may import nothing of ours. Move down what it needs, or have it passed in.';
    for (const way of cases.ways) {
      const faults = faultsOf({ 'tfjs-graph/a.ts': way });
      deepEqual(faults, [`lib/tfjs-graph/a.ts imports digits: ${rule}`], way);
    }
  });

  it('enter a package by its index and its name, declared, and keep to rooms and packages', () =>
    deepEqual(faultsOf(cases.entering.files).sort(), cases.entering.faults));

  it('lead in no circle of files, nor of folders at whatever depth, types included', () =>
    deepEqual(faultsOf(cases.circles.files), cases.circles.faults));
});
