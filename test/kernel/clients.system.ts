/** Other programs' answer to a cell that fails: they name it, and stop. */
import { doesNotMatch, equal, match } from 'node:assert/strict';
import { stripVTControlCharacters } from 'node:util';
import type { CodeCell, Notebook } from '../../lib/tools/publish/notebook';
import { CLIENTS, type ClientName, Desk } from './clients';

const cell = (id: string, source: string): CodeCell => ({
  ...{ cell_type: 'code', id, metadata: {}, execution_count: null, source, outputs: [] },
});

const notebook: Notebook = {
  cells: [
    cell('well', 'const far: number = 7;\nfar'),
    cell('fails', '// Too far.\n\nthrow new RangeError("too far: " + far);'),
    cell('behind', 'console.log("run " + "behind");'),
  ],
  metadata: {
    kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' },
    title: 'Fails',
  },
  ...{ nbformat: 4, nbformat_minor: 5 },
};

describe('a cell that fails', function () {
  this.timeout(60_000);
  this.retries(1);

  for (const client of Object.keys(CLIENTS) as ClientName[]) {
    it(`ends the run by ${client}, with its error and line`, async () => {
      const desk = await Desk.open(notebook);
      try {
        const { isWell, said } = await desk.run(client);
        equal(isWell, false);
        const plain = stripVTControlCharacters(said);
        match(plain, /RangeError: too far: 7/);
        match(plain, /at cell \[2\], line 3/);
        doesNotMatch(plain, /run behind/);
        const { isWell: isValid, said: fault } = await desk.validate();
        equal(isValid, true, fault);
      } finally {
        await desk.leave();
      }
    });
  }
});
