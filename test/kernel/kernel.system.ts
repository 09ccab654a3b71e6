import { deepEqual, doesNotMatch, equal, match } from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../lib/tools/project/paths';
import { ask, type Reply, run } from './support';

/** The answers to cells that were asked for at once. */
const repliesOf = (reply?: Reply) =>
  (reply?.replies ?? []).map(({ status, printed }) => [status, printed]);

describe('the kernel', () => {
  it('keeps names and their types from cell to cell', async () => {
    const [, sum, wrong, next] = await ask(
      run('const x = 41;'),
      run('x + 1'),
      run('x.foo'),
      run("const x = 'text'; console.log(x.length);"),
    );
    equal(sum?.printed, '42\n');
    equal(wrong?.status, 'error');
    equal(
      wrong?.printed,
      `TypeScriptError: Property 'foo' does not exist on type '41'.
    at cell [3], line 1
      x.foo
        ^
`,
    );
    equal(next?.printed, '4\n');
  });

  it('checks a cell against the types of the packages that it imports', async () => {
    const [wrong, right] = await ask(
      run("import { range } from 'digits';\nconst n: number = range;"),
      run(
        "import { setLanguage, text } from 'digits';\nsetLanguage('en'); text({ zh: '', en: 'so' })",
      ),
    );
    match(
      wrong?.evalue ?? '',
      /^Type '.*=> \[smallest: number, largest: number\]' is not assignable/,
    );
    match(
      wrong?.printed ?? '',
      /^ {4}at cell \[1\], line 2\n {6}const n: number = range;\n {12}\^$/m,
    );
    equal(right?.printed, "'so'\n");
  });

  it('checks and loads modules beside the notebook, and again after an edit', async () => {
    const hello = "import { hello } from './helper'; console.log(hello);";
    const wrongType =
      "Type 'number' is not assignable to type 'string'\\.\\n +at helper\\.ts:1:14$";
    const [, one, , wrong, , , two] = await ask(
      ['write', 'helper.ts', "export const hello: string = 'one';"],
      ['execute_until', hello, '^one\n'],
      ['write', 'helper.ts', 'export const hello: string = 2;'],
      ['execute_until', hello, `(?m)${wrongType}`],
      ['write', 'helper.ts', "import { two } from './two';\nexport const hello = two;"],
      ['write', 'two.ts', "export const two = 'two';"],
      ['execute_until', hello, '^two\n'],
    );
    equal(one?.printed, 'one\n');
    match(wrong?.printed ?? '', new RegExp(wrongType, 'm'));
    equal(two?.printed, 'two\n');
  });

  it('loads a module of the library afresh after an edit', async () => {
    const file = join(projectRoot, 'lib', 'kernel', `edited-${process.pid}.ts`);
    const load = `console.log(require(${JSON.stringify(file)}).answer);`;
    try {
      await writeFile(file, 'export const answer: number = 1;');
      const [first, , second] = await ask(
        run(load),
        ['write', file, 'export const answer: number = 2;'],
        ['execute_until', load, '^2\n'],
      );
      equal(first?.printed, '1\n');
      equal(second?.printed, '2\n');
    } finally {
      await rm(file, { force: true });
    }
  });

  it('names the line of the library in an error', async () => {
    const [wrong] = await ask(
      run("import { divide } from 'digits';\ndivide(undefined as any, 255);"),
    );
    match(wrong?.printed ?? '', /at divide \(.*byte-tensor\.ts:\d+:\d+\)/);
  });

  it('takes a cell as a module by its first comment', async () => {
    const [, greeted] = await ask(
      run("/** @module greet */\nexport const hi = 'hi';"),
      run("import { hi } from './greet'; console.log(hi);"),
    );
    equal(greeted?.printed, 'hi\n');
  });

  it('runs cells that were asked for at once as it runs them one by one', async () => {
    const [all] = await ask([
      'execute_all',
      "import { writeFileSync } from 'node:fs';\nlet x = 1;",
      'console.log(x + 1); await new Promise<void>(done => setTimeout(done, 300));',
      "const x = 'text';",
      'console.log(x.length);',
      'console.log(x.length);',
      '/** @module greet */\nexport const hi = "hi";',
      "import { hi } from './greet'; console.log(hi);",
      // Not there before its turn.
      'writeFileSync("late.ts", "export const late: string = `late`;");',
      "import { late } from './late'; console.log(late);",
      "writeFileSync('package.json', '{}'); console.log(late);",
    ]);
    deepEqual(repliesOf(all), [
      ['ok', ''],
      ['ok', '2\n'],
      ['ok', ''],
      ['ok', '4\n'],
      ['ok', '4\n'],
      ['ok', ''],
      ['ok', 'hi\n'],
      ['ok', ''],
      ['ok', 'late\n'],
      ['ok', 'late\n'],
    ]);
  });

  it('drops the cells behind one that fails, and what it has read of them', async () => {
    const [failed, after, unknown, mistyped, then] = await ask(
      [
        'execute_all',
        'const x = 1;',
        "if (x > 0) throw new Error('in its turn'); const z = 2;",
        'console.log(z);',
      ],
      run('console.log(x + 1);'),
      run('z'),
      ['execute_all', 'const y = 2;', 'y.foo', 'console.log(y);'],
      run('console.log(y);'),
    );
    const [first, second, third] = repliesOf(failed);
    deepEqual([first, second?.[0], third], [['ok', ''], 'error', ['aborted', '']]);
    match(String(second?.[1]), /in its turn/);
    equal(after?.printed, '2\n');
    match(unknown?.printed ?? '', /z is not defined/);
    const [, wrong, dropped] = repliesOf(mistyped);
    match(String(wrong?.[1]), /^TypeScriptError: Property 'foo' does not exist on type '2'\.$/m);
    deepEqual(dropped, ['aborted', '']);
    equal(then?.printed, '2\n');
  });

  it('knows the names that are there at run time, and no others', async () => {
    const [ours, nodes, runners, misspelt] = await ask(
      ['complete', 'proces', 6],
      ['complete', 'setImm', 6],
      ['complete', 'descri', 6],
      run('describe'),
    );
    match(JSON.stringify(ours?.matches), /"process"/);
    match(JSON.stringify(nodes?.matches), /"setImmediate"/);
    doesNotMatch(JSON.stringify(runners?.matches), /"describe"/);
    match(misspelt?.printed ?? '', /Cannot find name 'describe'/);
  });

  it('explains, completes, and says whether a cell is whole', async () => {
    const [explained, completed, emoji, open, whole] = await ask(
      ['inspect', 'Math.max', 6],
      ['complete', 'Math.ma', 7],
      // An emoji is one character to Jupyter.
      ['complete', '"😀"; Math.ma', 12],
      ['is_complete', 'function f() {'],
      ['is_complete', '1 + 1'],
    );
    match(JSON.stringify(explained?.data), /Math\.max\(\.\.\.values: number\[\]\): number/);
    match(JSON.stringify(completed?.matches), /"max"/);
    deepEqual([emoji?.matches, emoji?.cursor_start, emoji?.cursor_end], [['max'], 10, 12]);
    equal(open?.status, 'incomplete');
    equal(whole?.status, 'complete');
  });
});
