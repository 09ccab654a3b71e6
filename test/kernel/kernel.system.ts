/** Tests of the installed kernel alone: modules beside the notebook, several clients, damaged messages, `prompt`. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Request } from 'zeromq';
import { tables } from '../../lib/kernel/cell/language';
import { addressOf } from '../../lib/kernel/node/protocol/connection-file';
import { describeKernel } from './kernel';

describeKernel('the kernel', the => {
  it('checks cells against the types of the packages that they import', async () => {
    const [wrong = ''] = await the.client.printed(
      "import { versions } from 'digits';\nconst n: number = versions;",
    );
    match(wrong, /Type '\(\) => .*' is not assignable/);
    match(wrong, /line 2\n {6}const n: number = versions;\n {12}\^$/m);
  });

  it('runs cells on modules beside the notebook, and again after an edit', async () => {
    const hello = "import { hello } from './helper'; console.log(hello);";
    const write = (name: string, text: string) => writeFile(join(the.kernel.folder, name), text);
    await write('helper.ts', "export const hello: string = 'one';");
    await the.client.untilPrinted(hello, /^one\n/);
    await write('helper.ts', 'export const hello: string = 2;');
    const wrong = /Type 'number' is not assignable to type 'string'\.\n +at helper\.ts:1:14$/m;
    await the.client.untilPrinted(hello, wrong);
    await write('helper.ts', "import { two } from './two';\nexport const hello = two;");
    await write('two.ts', "export const two = 'two';");
    await the.client.untilPrinted(hello, /^two\n/);
    await write(
      'helper.ts',
      'interface A {}\nexport const hello = (_: A) => {\n  no();\n};\nfunction no() {\n  throw new Error();\n}',
    );
    const where = /at no \(.*helper\.ts:6:9\)$/m;
    await the.client.untilPrinted("import { hello } from './helper'; hello({});", where);
  });

  it('sees the variables of such a module change, until a cell declares the name', async () => {
    const file = join(the.kernel.folder, 'counter.ts');
    await writeFile(file, 'export let hits = 1;\nexport const hit = () => void hits++;');
    const cells = ["import { hit, hits } from './counter.ts'; hit(); hits", 'hit(); hits'];
    deepEqual(await the.client.printed(...cells), ['2\n', '3\n']);
    const shadowing = ['var hits = 9; hits', 'hit(); hits++; hits'];
    deepEqual(await the.client.printed(...shadowing), ['9\n', '10\n']);
  });

  it('tells of an error with the line of the library', async () => {
    const cell = "import { figures } from 'digits';\nfigures.nudge(undefined as any);";
    match(
      (await the.client.printed(cell))[0] ?? '',
      /then figures\.nudge\(result\)\.\n +at Object\.nudge \(.*nudge\.ts:\d+:\d+\)/,
    );
  });

  it('says welcome, and echoes heartbeats', async () => {
    const welcome = the.client.published.find(({ type }) => type === 'iopub_welcome');
    deepEqual([welcome?.parent, welcome?.content], [undefined, { subscription: '' }]);
    const heart = new Request();
    heart.connect(addressOf(the.kernel.info, the.kernel.info.hb_port));
    await heart.send('beat');
    equal(String(await heart.receive()), 'beat');
    heart.close();
  });

  it('serves another client if one leaves in mid-cell; all hear what the others do', async () => {
    const leaving = await the.kernel.connect();
    const cell = leaving.run(
      'console.log("begun"); await new Promise(done => setTimeout(done, 300)); let count = 1;',
    );
    await cell.printed('begun\n');
    leaving.close();
    const coming = await the.kernel.connect();
    deepEqual(await coming.printed('count'), ['1\n']);
    await the.client.result('count += 1');
    await coming.until(() => coming.published.find(({ content }) => content.code === 'count += 1'));
    const double = await the.kernel.connect('one session');
    deepEqual(await double.printed('count'), ['2\n']);
    deepEqual(await (await the.kernel.connect('one session')).printed('count'), ['2\n']);
  });

  describe('leaves out a message', () => {
    const partsOf = (type: string, content: unknown) =>
      [the.client.header(type), {}, {}, content].map(part => JSON.stringify(part));
    const garbage = Array.from({ length: 9 }, (_, i) => Buffer.alloc(1000, 37 * i));
    type Frames = readonly (string | Buffer)[];
    const CASES: Record<string, [said: RegExp, frames: () => Frames[]]> = {
      'with a wrong signature': [
        /refused: .*signed by the key/,
        () => {
          const parts = partsOf('execute_request', { code: 'process.exit()' });
          return [the.client.signed(parts, 'another key'), the.client.signed(parts, '')];
        },
      ],
      'that is none': [
        /refused: Expected a message of Jupyter/,
        () => [['', 'no', 'message'], [''], ['<IDS|MSG>', 'x', '{}'], garbage],
      ],
      'that is signed and no JSON': [
        /refused: .*JSON/,
        () =>
          ['{"code": ', '', '\xff'].map(text =>
            the.client.signed([...partsOf('execute_request', {}).slice(0, 3), text]),
          ),
      ],
      'of an unknown type': [
        /type wonder_request came/,
        () => [the.client.signed(partsOf('wonder_request', {}))],
      ],
    };
    for (const [what, [pattern, frames]] of Object.entries(CASES)) {
      it(`${what}, and says so in its log`, async () => {
        for (const message of frames()) {
          const logLength = the.kernel.log.length;
          for (const channel of ['shell', 'control'] as const) {
            the.client.send(message, channel);
            equal((await the.client.ask('kernel_info_request', {}, channel).reply).status, 'ok');
          }
          const lines = await the.kernel.logged(logLength, 2);
          equal(lines.length, 2, lines.join('\n'));
          for (const line of lines) match(line, pattern);
        }
        deepEqual(await the.client.printed('6 * 7'), ['42\n']);
      });
    }
  });

  describe('prompt', () => {
    async function answerOf(code: string, typed: string) {
      const cell = the.client.run(code);
      return [await the.client.type(typed, cell), (await cell.result()).printed];
    }

    it('waits for a line, in the middle of a cell and behind what it printed', async () => {
      const code = 'console.log("first"); const name = prompt("Name?"); name.length';
      deepEqual(await answerOf(code, '小明 😀'), ['Name?', 'first\n5\n']);
      deepEqual(await answerOf('prompt("Units?", "128")', ''), ['Units? [128] ', "'128'\n"]);
      const later =
        'await new Promise<void>(done => setTimeout(() => done(console.log(prompt())), 9));';
      deepEqual(await answerOf(later, 'x'), ['', 'x\n']);
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
      const cell = the.client.run('let answer = 1; answer = Number(prompt("Number?"));');
      // Nobody answers: the test waits for the question.
      await the.client.asked(cell);
      await the.client.interrupt();
      equal((await cell.reply).ename, 'Interrupt');
      the.client.ask('input_reply', { value: 'too late' }, 'stdin');
      deepEqual(await answerOf('prompt("Again?") + answer', 'in time'), ['Again?', "'in time1'\n"]);
    });
  });

  // In a group, since mocha runs groups last.
  describe('at its end', () => {
    it('goes on if its folder is removed', async () => {
      await the.client.result('let total = 1;');
      await rm(the.kernel.folder, { recursive: true, force: true });
      for (const code of [
        'total += 1;',
        "import { versions } from 'digits'; versions",
        "import { join } from 'node:path'; join('a', 'b')",
        'await Promise.resolve(total)',
      ]) {
        const { reply } = await the.client.result(code);
        equal(reply.status, 'ok', JSON.stringify(reply));
      }
      equal((await the.client.result("import { x } from './missing';")).reply.status, 'error');
      deepEqual(await the.client.printed('total'), ['2\n']);
    });
  });
});
