/** The end of the cells' process, for any reason: each request gets a reply, and the kernel continues. */
import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { isAlive } from '../../lib/command/processes/watch-parent.mjs';
import { tables } from '../../lib/kernel/cell/language';
import type { Client } from './client';
import { Kernel } from './kernel';

const { ended } = tables.en;

describe('a kernel whose cells end', function () {
  this.retries(1);
  let kernel: Kernel;
  let client: Client;
  before(async () => {
    kernel = await Kernel.launch({ shell: 'NODE_OPTIONS=--max-old-space-size=150 exec "$@"' });
    client = await kernel.connect();
    // Of a kernel that starts, an interrupt ends the first cell.
    const cell = client.run('for (;;);');
    await client.until(() => cell.published[0]);
    for (let i = 0; i < 2; i++) equal((await client.interrupt()).status, 'ok');
    equal((await cell.reply).ename, 'Interrupt');
  });
  after(() => kernel.stop());

  const full = 'const rows: number[][] = []; for (;;) rows.push(new Array(1e5).fill(0.5));';
  for (const [what, code, sentence] of [
    ['as their memory is full', full, ended.memory],
    ['as they are killed', 'for (;;);', ended.unknown],
  ] as const) {
    it(`${what} answers, says what is lost, and runs the next cell`, async () => {
      const pid = Number((await client.result('let kept = 1; process.pid')).printed);
      const cell = client.run(`console.log("last words"); ${code}`);
      const [behind, explained] = [
        client.run('kept'),
        client.ask('inspect_request', { code: 'kept', cursor_pos: 1 }),
      ];
      await cell.printed('last words');
      if (sentence === ended.unknown) process.kill(pid, 'SIGKILL');
      const { reply, printed } = await cell.result();
      deepEqual([reply.status, reply.ename, reply.evalue], ['error', 'KernelEnded', sentence]);
      equal(printed, `last words\nKernelEnded: ${sentence}\n`);
      equal((await behind.reply).status, 'aborted');
      ok((await explained.reply).status);
      const [unknown = '', value] = await client.printed('kept', 'let kept = 2; kept');
      match(unknown, /kept does not exist yet/);
      equal(value, '2\n');
    });
  }

  it('while none runs says so below the last one, in its language', async () => {
    const cell = client.run("import { setLanguage } from 'digits'; setLanguage('zh'); process.pid");
    process.kill(Number((await cell.result()).printed), 'SIGKILL');
    await client.until(() =>
      cell.published.find(({ content }) => content.text === `${tables.zh.ended.unknown}\n`),
    );
    deepEqual(await client.printed('6 * 7'), ['42\n']);
  });

  it('with the kernel leaves no process behind', async () => {
    const [pid] = await client.printed('process.pid');
    kernel.process.kill('SIGKILL');
    await kernel.ended;
    while (isAlive(Number(pid))) await new Promise(resolve => setTimeout(resolve, 20));
  });
});
