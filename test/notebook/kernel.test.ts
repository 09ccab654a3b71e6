import { equal, match } from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../lib/setup/paths';

type Request = readonly [method: string, ...args: (string | number)[]];

interface Reply {
  readonly status?: string;
  readonly printed: string;
  readonly [field: string]: unknown;
}

/** Asks a new kernel in a folder of its own, below the project. */
async function ask(...requests: Request[]): Promise<Reply[]> {
  const parent = join(projectRoot, 'build', 'test-kernel');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'folder-'));
  const python = pythonEnvironment();
  const env = { ...process.env, JUPYTER_PATH: join(python.prefix, 'share', 'jupyter') };
  try {
    const output = await new Promise<string>((resolve, reject) => {
      const args = [join(__dirname, 'ask.py')];
      const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
      const child = execFile(python.program('python'), args, options, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
      child.stdin?.end(JSON.stringify(requests));
    });
    return JSON.parse(output).answers;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const run = (code: string): Request => ['execute', code];

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
    match(wrong?.printed ?? '', /^1:3 - Property 'foo' does not exist on type '41'\.$/m);
    equal(next?.printed, '4\n');
  });

  it('checks a cell against the types of the packages that it imports', async () => {
    const [wrong, right] = await ask(
      run("import { range } from 'digits';\nconst n: number = range;"),
      run(
        "import { setLanguage, text } from 'digits';\nsetLanguage('en'); text({ zh: '', en: 'so' })",
      ),
    );
    match(wrong?.printed ?? '', /^2:7 - Type '.*=> \[number, number\]' is not assignable/m);
    equal(right?.printed, 'so\n');
  });

  it('checks and loads modules beside the notebook, and again after an edit', async () => {
    const hello = run("import { hello } from './helper'; console.log(hello);");
    const [, one, , wrong, , two] = await ask(
      ['write', 'helper.ts', "export const hello: string = 'one';"],
      hello,
      ['write', 'helper.ts', 'export const hello: string = 2;'],
      hello,
      ['write', 'helper.ts', "import { two } from './two';\nexport const hello = two;"],
      ['write', 'two.ts', "export const two = 'two';"],
      hello,
    ).then(([a, b, c, d, e, , g]) => [a, b, c, d, e, g]);
    equal(one?.printed, 'one\n');
    match(wrong?.printed ?? '', /^helper\.ts 1:14 - Type 'number' is not assignable/m);
    equal(two?.printed, 'two\n');
  });

  it('loads a module of the library afresh after an edit', async () => {
    const file = join(projectRoot, 'lib', 'notebook', `edited-${process.pid}.ts`);
    const load = run(`console.log(require(${JSON.stringify(file)}).answer);`);
    try {
      await writeFile(file, 'export const answer: number = 1;');
      const [first, , second] = await ask(
        load,
        ['write', file, 'export const answer: number = 2;'],
        load,
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

  it('explains, completes, and says whether a cell is whole', async () => {
    const [explained, completed, open, whole] = await ask(
      ['inspect', 'Math.max', 6],
      ['complete', 'Math.ma', 7],
      ['is_complete', 'function f() {'],
      ['is_complete', '1 + 1'],
    );
    match(JSON.stringify(explained?.data), /Math\.max\(\.\.\.values: number\[\]\): number/);
    match(JSON.stringify(completed?.matches), /"max"/);
    equal(open?.status, 'incomplete');
    equal(whole?.status, 'complete');
  });
});
