/** The lesson and the exercises by other programs: all runs, and nothing but outputs changes. */
import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { isCode, joined, type Notebook } from '../../lib/tools/publish/notebook';
import { notebookFolder, notebookOf, readSource } from '../../lib/tools/publish/source';
import { CLIENTS, type ClientName, Desk } from './clients';

/** What is to stay: papermill notes its times beside it. */
const kept = ({ cells, metadata }: Notebook) => {
  const { papermill, ...others } = metadata as Record<string, unknown>;
  return {
    metadata: others,
    cells: cells.map(({ id, cell_type, source, metadata }) => {
      const { papermill, execution, tags, ...rest } = metadata as Record<string, unknown>;
      return { id, cell_type, source: joined(source), metadata: rest };
    }),
  };
};

describe('other programs', function () {
  this.timeout(300_000);
  this.retries(1);

  for (const name of ['lesson', 'exercises']) {
    for (const client of Object.keys(CLIENTS) as ClientName[]) {
      it(`run the notebook ${name}, twice: ${client}`, async () => {
        const source = await readSource(join(notebookFolder, `${name}.ts`));
        const built = notebookOf(source, 'en');
        const desk = await Desk.open(built);
        try {
          const saved: Notebook[] = [];
          for (let time = 0; time < 2; time++) {
            const run = await desk.run(client);
            equal(run.isWell, true, run.said);
            const valid = await desk.validate();
            equal(valid.isWell, true, valid.said);
            saved.push(await desk.read());
          }
          const [first, second] = saved as [Notebook, Notebook];
          deepEqual(kept(first).cells, kept(built).cells);
          deepEqual(kept(second), kept(first));
          const code = second.cells.filter(isCode);
          deepEqual(
            code.map(({ execution_count }) => execution_count),
            code.map((_, at) => at + 1),
          );
        } finally {
          await desk.leave();
        }
      });
    }
  }
});
