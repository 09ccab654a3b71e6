import assert from 'node:assert/strict';
import { projectRoot } from '../../lib/tools/project/paths';
import { execute } from '../../lib/tools/publish/execute';
import { isCode, type Notebook } from '../../lib/tools/publish/notebook';

describe('a cell that shows much at once', () => {
  it('loses nothing of it, nor its end', async () => {
    const source = `import * as tslab from 'tslab';
for (let i = 0; i < 900; i++) tslab.display.html(\`\${i}\`);`;
    const code = { cell_type: 'code', id: 'many', metadata: {}, execution_count: null } as const;
    const kernelspec = { name: 'tslab', display_name: 'TypeScript', language: 'typescript' };
    const notebook: Notebook = {
      cells: [{ ...code, source, outputs: [] }],
      ...{ metadata: { kernelspec, title: 'Many' }, nbformat: 4, nbformat_minor: 5 },
    };
    const { cells } = await execute(notebook, { folder: projectRoot, timeout: 50 });
    const [cell] = cells;
    assert.ok(cell && isCode(cell));
    assert.equal(cell.outputs.length, 900);
  });
});
