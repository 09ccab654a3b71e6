import assert from 'node:assert/strict';
import { useLanguage } from '../../lib/command/output/language.mjs';
import type { RunEvent } from '../../lib/publish/execute';
import { isCode, logOf } from '../../lib/publish/notebook';
import { failure, notebook } from './runs';

const figure = (plain: string) => `require('tslab/dist/jupyter').lastWriteDisplayData({
  data: { 'application/vnd.plotly.v1+json': { data: [] }, 'text/plain': '${plain}' }, metadata: {}, transient: {},
});`;

describe('execute', function () {
  this.retries(1);
  before(() => useLanguage('en'));

  it('fails on a failing cell, which it names, and keeps the counts and outputs before it, a line that was written anew as it stood at last', async () => {
    const sources = [
      'const x: number = 41;',
      `console.log('before');\nconst display = (n: number) => { ${figure('here')} };\ndisplay(1);\nconsole.log('after');`,
      'x + 1',
      "process.stdout.write('1/2\\r'); process.stdout.write('\\r2/2\\n'); undefined;",
      // The kernel listens where no other account can enter.
      `const [fs, path] = [require('node:fs'), require('node:path')];
const [connection] = fs.readFileSync('/proc/' + process.ppid + '/cmdline', 'utf8').split('\\0').slice(-2);
console.log(JSON.parse(fs.readFileSync(connection, 'utf8')).transport, fs.statSync(path.dirname(connection)).mode & 0o77);`,
      "throw new Error('broken here');",
      'x',
    ];
    const events: RunEvent[] = [];
    const error = await failure(notebook(...sources), {
      onEvent: event => void events.push(event),
    });
    assert.match(error.message, /Cell stage-8-code-6 of "8 Fit" failed\./);
    assert.match(error.message, /^ {4}throw new Error\('broken here'\);$/m);
    assert.match(error.message, /^Error: broken here$/m);
    const cells = error.notebook.cells.filter(isCode);
    assert.deepEqual(
      cells.map(cell => cell.execution_count),
      [1, 2, 3, 4, 5, 6, null],
    );
    assert.deepEqual(
      cells[1]?.outputs.map(output => output.output_type),
      ['stream', 'display_data', 'stream'],
    );
    assert.match(JSON.stringify(cells[2]?.outputs), /42/);
    assert.deepEqual(
      cells.slice(3, 5).map(cell => logOf(cell)),
      ['2/2\n', 'ipc 0\n'],
    );
    assert.deepEqual(
      // A notebook's first cell is the heading.
      events.flatMap(({ cell, event }) => (cell === 2 ? event : [])),
      ['stream', 'display', 'stream', 'done'],
      'told as it comes',
    );
  });
});
