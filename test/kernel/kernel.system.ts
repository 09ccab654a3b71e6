/** The installed kernel over the wire: cells, their errors, Jupyter's protocol, much at once, damaged messages. */
import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Request } from 'zeromq';
import { addressOf } from '../../lib/kernel/protocol/connection-file';
import { type Client, type Content, contentOf, isIdle, type Message } from './client';
import { describeKernel } from './kernel';

const typesOf = (published: readonly Message[]) =>
  published.map(({ type, content }) => (type === 'status' ? content.execution_state : type));
const stateOf = ({ published }: Client) =>
  published.filter(({ type }) => type === 'status').at(-1)?.content.execution_state;
const sleep = (ms: number) => `await new Promise<void>(done => setTimeout(done, ${ms}));`;

describeKernel('the kernel', the => {
  describe('runs cells', () => {
    it('checked against the types of the packages that they import', async () => {
      const [wrong = ''] = await the.client.printed(
        "import { versions } from 'digits';\nconst n: number = versions;",
      );
      match(wrong, /Type '\(\) => .*' is not assignable/);
      match(wrong, /line 2\n {6}const n: number = versions;\n {12}\^$/m);
    });

    it('on modules beside the notebook, and again after an edit', async () => {
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

    it('behind one that fails, if they are to run', async () => {
      const cells = [
        the.client.run('let ran = 0;'),
        the.client.run('throw new Error("go on")', { stop_on_error: false }),
        the.client.run('ran = 1;'),
      ];
      const replies = await Promise.all(cells.map(({ reply }) => reply));
      deepEqual(
        replies.map(({ status }) => status),
        ['ok', 'error', 'ok'],
      );
      deepEqual(await the.client.printed('ran'), ['1\n']);
    });

    it('on the names that are there at run time, and no others', async () => {
      const matches = async (code: string) => {
        const { reply } = the.client.ask('complete_request', { code, cursor_pos: code.length });
        return JSON.stringify((await reply).matches);
      };
      match(await matches('proces'), /"process"/);
      match(await matches('setImm'), /"setImmediate"/);
      doesNotMatch(await matches('descri'), /"describe"/);
      match((await the.client.printed('describe'))[0] ?? '', /Cannot find name 'describe'/);
    });
  });

  describe('tells of an error', () => {
    it('in the answer as in what is published, also of what cannot be read', async () => {
      const unreadable = 'throw new Proxy({}, { get() { throw new Error("no"); } });';
      for (const code of ['throw new RangeError("here")', unreadable]) {
        const { reply, published } = await the.client.result(code);
        const { ename, evalue, traceback } = contentOf(published, 'error');
        deepEqual([ename, evalue, traceback], [reply.ename, reply.evalue, reply.traceback]);
      }
    });

    it('with the line of the library', async () => {
      const cell = "import { figures } from 'digits';\nfigures.nudge(undefined as any);";
      match(
        (await the.client.printed(cell))[0] ?? '',
        /then figures\.nudge\(result\)\.\n +at Object\.nudge \(.*nudge\.ts:\d+:\d+\)/,
      );
    });
  });

  describe('answers a cell', () => {
    it('with its code, its number and its value', async () => {
      const count = Number((await the.client.result('1')).reply.execution_count) + 1;
      const { reply, published } = await the.client.result('20 + 22');
      deepEqual(typesOf(published), ['busy', 'execute_input', 'execute_result', 'idle']);
      deepEqual(contentOf(published, 'execute_input'), { code: '20 + 22', execution_count: count });
      const data = { 'text/plain': '42' };
      const result = { execution_count: count, data, metadata: {} };
      deepEqual(contentOf(published, 'execute_result'), result);
      const rest = { payload: [], user_expressions: {} };
      deepEqual(reply, { status: 'ok', execution_count: count, ...rest });
    });

    it('that is silent, or not to be kept, without a number', async () => {
      const { execution_count } = (await the.client.result('"kept"')).reply;
      const silent = await the.client.result('console.log("out"); 5', { silent: true });
      deepEqual(typesOf(silent.published), ['busy', 'stream', 'idle']);
      equal(silent.stdout, 'out\n');
      const failed = await the.client.result('throw new RangeError("quietly")', { silent: true });
      deepEqual([failed.reply.status, failed.reply.evalue], ['error', 'quietly']);
      const unkept = await the.client.result('"unkept"', { store_history: false });
      equal(unkept.printed, "'unkept'\n");
      for (const { reply } of [silent, unkept]) equal(reply.execution_count, execution_count);
      const tail = await the.client.ask('history_request', { hist_access_type: 'tail', n: 1 })
        .reply;
      deepEqual(tail.history, [[1, execution_count, '"kept"']]);
    });

    it('with what it prints once it has ended', async () => {
      const cell = the.client.run('setTimeout(() => console.log("late"), 50); 1');
      await cell.idle;
      await cell.printed('late\n');
    });

    it('while it computes: who it is, what looks whole, what is at the cursor, and that it is still busy', async () => {
      const made = '/** As told. @param n how often */ function computing(n: number) {}';
      const cell = the.client.run(`${made} console.log("begun"); while (Date.now() % 1e6 >= 0);`);
      await cell.printed('begun');
      const [completed, explained, called] = await Promise.all(
        [
          // An emoji is one character to Jupyter.
          the.client.ask('complete_request', { code: '"😀"; computi', cursor_pos: 12 }),
          the.client.ask('inspect_request', { code: 'computing', cursor_pos: 3 }),
          the.client.ask('inspect_request', { code: 'computing()', cursor_pos: 10 }),
        ].map(({ reply }) => reply),
      );
      const { matches, cursor_start, cursor_end } = completed ?? {};
      deepEqual([matches, cursor_start, cursor_end], [['computing'], 5, 12]);
      deepEqual(completed?.metadata, {
        _jupyter_types_experimental: [{ text: 'computing', type: 'function' }],
      });
      const about = 'computing(n: number): void\n\nAs told.\n@param n how often';
      deepEqual(explained?.data, { 'text/plain': `function ${about}` });
      deepEqual(called?.data, { 'text/plain': about });
      for (const channel of ['shell', 'control'] as const) {
        const asked = the.client.ask('kernel_info_request', {}, channel);
        equal((await asked.reply).implementation, 'tslab');
        await asked.idle;
        await the.client.until(() => (stateOf(the.client) === 'busy' ? true : undefined));
      }
      const whole = ['', '1 + 1', 'f("(")', '// (', 'const a = `{`;', 'if (a) { b() }'];
      const open = ['f(', 'const a = {', '[1,', '`open', '`${a', 'if (a) {\n  b();'];
      const looks = async (code: string) => {
        for (;;) {
          const { status } = await the.client.ask('is_complete_request', { code }).reply;
          if (status !== 'unknown') return status; // as TypeScript is late on a busy machine
        }
      };
      deepEqual(await Promise.all([...whole, ...open].map(looks)), [
        ...whole.map(() => 'complete'),
        ...open.map(() => 'incomplete'),
      ]);
      equal(cell.published.some(isIdle), false);
      await the.client.interrupt();
      equal((await cell.reply).status, 'error');
      await cell.idle;
      equal(stateOf(the.client), 'idle');
    });
  });

  it('says welcome and who it is, and echoes heartbeats', async () => {
    const welcome = the.client.published.find(({ type }) => type === 'iopub_welcome');
    deepEqual([welcome?.parent, welcome?.content], [undefined, { subscription: '' }]);
    const info = await the.client.ask('kernel_info_request').reply;
    equal((info.language_info as Content).name, 'typescript');
    match(String(info.protocol_version), /^5\./);
    const heart = new Request();
    heart.connect(addressOf(the.kernel.info, the.kernel.info.hb_port));
    await heart.send('beat');
    equal(String(await heart.receive()), 'beat');
    heart.close();
  });

  it('shows anew what was shown, and closes what it knows no use for', async () => {
    const show = 'import { newDisplay } from "tslab"; const shown = newDisplay(); shown.html("1");';
    for (const [code, type] of [
      [show, 'display_data'],
      ['shown.html("2");', 'update_display_data'],
    ] as const) {
      deepEqual(typesOf((await the.client.result(code)).published).slice(-2), [type, 'idle']);
    }
    const comm = { comm_id: 'one', data: {} };
    const asked = the.client.ask('comm_open', { ...comm, target_name: 'test' });
    await asked.idle;
    deepEqual(contentOf(asked.published, 'comm_close'), comm);
    deepEqual(await the.client.ask('comm_info_request').reply, { status: 'ok', comms: {} });
  });

  it('answers a request that it does not know with an error', async () => {
    const asked = the.client.ask('debug_request', { command: 'initialize' }, 'control');
    const { status, evalue } = await asked.reply;
    equal(status, 'error');
    match(String(evalue), /received debug_request/);
    await asked.idle;
  });

  describe('takes much:', () => {
    it('a cell of two megabytes', async () => {
      const code = `const big = "${'a'.repeat(1_000_000)}";\n${'// comment\n'.repeat(91_000)}big.length`;
      const { printed, published } = await the.client.result(code);
      equal(printed, '1000000\n');
      equal(contentOf(published, 'execute_input').code, code);
      // Its type is as long, for all cells behind it.
      await the.client.result('const big = 0;');
    });

    it('ten thousand lines, in their order, at once and slowly', async () => {
      const lines = Array.from({ length: 10_000 }, (_, i) => `line ${i}\n`).join('');
      const print = 'console.log("line " + i)';
      const slowly = `for (let i = 0; i < 10_000; i++) { ${print}; if (i % 100 === 0) ${sleep(1)} }`;
      equal((await the.client.result(`for (let i = 0; i < 10_000; i++) ${print};`)).stdout, lines);
      equal((await the.client.result(slowly)).stdout, lines);
    });
  });

  it('serves another client if one leaves in mid-cell; all hear what the others do', async () => {
    const leaving = await the.kernel.connect();
    const cell = leaving.run(`console.log("begun"); ${sleep(300)} let left = 1;`);
    await cell.printed('begun\n');
    leaving.close();
    const coming = await the.kernel.connect();
    deepEqual(await coming.printed('left'), ['1\n']);
    await the.client.result('left += 1');
    await coming.until(() => coming.published.find(({ content }) => content.code === 'left += 1'));
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
    for (const [what, [said, frames]] of Object.entries(CASES)) {
      it(`${what}, and says so in its log`, async () => {
        for (const each of frames()) {
          const before = the.kernel.log.length;
          for (const channel of ['shell', 'control'] as const) {
            the.client.send(each, channel);
            equal((await the.client.ask('kernel_info_request', {}, channel).reply).status, 'ok');
          }
          const lines = await the.kernel.logged(before, 2);
          equal(lines.length, 2, lines.join('\n'));
          for (const line of lines) match(line, said);
        }
        deepEqual(await the.client.printed('6 * 7'), ['42\n']);
      });
    }
  });

  it('answers a message with fields of a wrong kind', async () => {
    for (const content of [{}, { code: null }, { code: 3 }, { code: ['a'] }]) {
      await the.client.ask('execute_request', content).reply;
    }
    for (const wrong of [null, 'x', -5, 1e9, {}]) {
      for (const [type, content] of [
        ['complete_request', { code: 'Math.ma', cursor_pos: wrong }],
        ['inspect_request', { code: 'Math.max', cursor_pos: wrong }],
        ['complete_request', { code: wrong, cursor_pos: 2 }],
        ['is_complete_request', { code: wrong }],
        ['history_request', { hist_access_type: wrong, n: wrong }],
      ] as const) {
        await the.client.ask(type, content).reply;
      }
      await the.client.result('1', { silent: wrong, stop_on_error: wrong });
    }
    deepEqual(await the.client.printed('6 * 7'), ['42\n']);
  });

  // In a group, since mocha runs groups last.
  describe('at its end', () => {
    it('goes on if its folder is removed', async () => {
      await the.client.result('let before = 1;');
      await rm(the.kernel.folder, { recursive: true, force: true });
      for (const code of [
        'before += 1;',
        "import { versions } from 'digits'; versions",
        "import { join } from 'node:path'; join('a', 'b')",
        'await Promise.resolve(before)',
      ]) {
        const { reply } = await the.client.result(code);
        equal(reply.status, 'ok', JSON.stringify(reply));
      }
      equal((await the.client.result("import { x } from './missing';")).reply.status, 'error');
      deepEqual(await the.client.printed('before'), ['2\n']);
    });
  });
});
