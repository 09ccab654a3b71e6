import { join } from 'node:path';
import {
  type CodeCell,
  type Notebook,
  readNotebook,
  writeNotebook,
} from '../../lib/publish/notebook';

// As a pad does it: a still, a script that takes its place, and a pointer's place by the element's own.
const html = `<div id="pad">a still in its place</div>
<script>
(() => {
  const pad = document.getElementById('pad');
  pad.innerHTML = '<button style="width: 100px; height: 40px">Count</button><output id="count"></output>';
  const button = pad.firstChild;
  button.onclick = ({ clientX, clientY }) => {
    const { left, top, width, height } = button.getBoundingClientRect();
    const at = [((clientX - left) / width) * 10, ((clientY - top) / height) * 10].map(Math.round);
    pad.lastChild.textContent = 'clicked at ' + at.join(', ');
  };
})();
</script>`;

/** A copy of the small fixture whose first stage ends with an output that has a script; its path. */
export async function livelyNotebook(built: string, folder: string): Promise<string> {
  const notebook: Notebook = await readNotebook(join(built, 'small.en.ipynb'));
  const at = notebook.cells.findIndex(cell => cell.id === 'stage-1-code-1');
  const lively: CodeCell = {
    cell_type: 'code',
    id: 'lively',
    metadata: {},
    source: 'digitPad(model);',
    execution_count: 9,
    outputs: [
      {
        output_type: 'display_data',
        data: { 'text/html': html, 'text/plain': 'a pad' },
        metadata: {},
      },
    ],
  };
  const cells = [...notebook.cells.slice(0, at + 1), lively, ...notebook.cells.slice(at + 1)];
  const path = join(folder, 'lively.ipynb');
  await writeNotebook(path, { ...notebook, cells });
  return path;
}
