/** `prompt` asks whoever runs the cell. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { tables } from '../../lib/kernel/language';
import { describeKernel } from './kernel';

describeKernel('prompt', the => {
  async function asked(code: string, typed: string) {
    const cell = the.client.run(code);
    return [await the.client.type(typed, cell), (await cell.result()).printed];
  }

  it('waits for a line, in the middle of a cell and behind what it printed', async () => {
    const code = 'console.log("first"); const name = prompt("Name?"); name.length';
    deepEqual(await asked(code, '小明 😀'), ['Name?', 'first\n5\n']);
    deepEqual(await asked('prompt("Units?", "128")', ''), ['Units? [128] ', "'128'\n"]);
    const later =
      'await new Promise<void>(done => setTimeout(() => done(console.log(prompt())), 9));';
    deepEqual(await asked(later, 'x'), ['', 'x\n']);
  });

  it('says so if nobody can type, and the next cell runs', async () => {
    const { reply, printed } = await the.client.result('prompt("Name?")', { allow_stdin: false });
    deepEqual(
      [reply.ename, reply.evalue],
      ['StdinNotImplementedError', tables.en.cells.unattended],
    );
    match(printed, /at cell \[\d+\], line 1/);
    const late = the.client.run(
      'setTimeout(() => { try { prompt() } catch (e) { console.log(String(e)) } }, 50); 1',
    );
    await late.idle;
    await late.printed('StdinNotImplementedError');
    deepEqual(await the.client.printed('1 + 1'), ['2\n']);
  });

  it('is broken off by an interrupt, and what is typed then is dropped', async () => {
    const cell = the.client.run('let kept = 1; kept = Number(prompt("Number?"));');
    // Nobody answers: the question is what is waited for.
    await the.client.asked(cell);
    await the.client.interrupt();
    equal((await cell.reply).ename, 'Interrupt');
    the.client.ask('input_reply', { value: 'too late' }, 'stdin');
    deepEqual(await asked('prompt("Again?") + kept', 'in time'), ['Again?', "'in time1'\n"]);
  });
});
