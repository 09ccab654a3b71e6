import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { setLanguage } from '../../../lib/digits/language';
import { projectRoot } from '../../../lib/tools/project/paths';
import {
  execute,
  type RunEvent,
  RunFailure,
  type RunOptions,
} from '../../../lib/tools/publish/execute';
import { type CodeCell, isCode, type Notebook, printed } from '../../../lib/tools/publish/notebook';
import { notebookOf } from '../../../lib/tools/publish/source';

const notebook = (...codes: string[]): Notebook =>
  notebookOf(
    [
      { cell_type: 'markdown', id: '', metadata: {}, source: '## 8 Fit' },
      ...codes.map(source => ({
        cell_type: 'code' as const,
        id: '',
        metadata: {},
        source,
        execution_count: null,
        outputs: [],
      })),
    ],
    'en',
  );

const run = (made: Notebook, options: Partial<RunOptions> = {}) =>
  execute(made, { folder: projectRoot, ...options });

/** The failure of a run that must not succeed. */
async function failure(made: Notebook, options?: Partial<RunOptions>): Promise<RunFailure> {
  const error = await run(made, options).then(
    () => assert.fail('Expected the run to fail.'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof RunFailure, String(error));
  return error;
}

const figure = (plain: string) => `require('tslab/dist/jupyter').lastWriteDisplayData({
  data: { 'application/vnd.plotly.v1+json': { data: [] }, 'text/plain': '${plain}' }, metadata: {}, transient: {},
});`;

describe('execute', function () {
  this.retries(1);
  before(() => setLanguage('en'));

  describe('of a notebook that runs to its end', () => {
    /** By what each is for; all run in one kernel, since each start of one takes seconds. */
    const sources = {
      typed: 'const x: number = 41;',
      mixed: `console.log('before');\nconst display = (n: number) => { ${figure('here')} };\ndisplay(1);\nconsole.log('after');`,
      value: 'x + 1',
      rewritten: "process.stdout.write('1/2\\r'); process.stdout.write('\\r2/2\\n'); undefined;",
      words: "console.log('hello');",
      large: "require('tslab').display.html('x'.repeat(2_000_000));",
      environment: 'console.log(process.env.DIGITS_DEVICE);',
      doors: `const [fs, path] = [require('node:fs'), require('node:path')];
const connection = String(process.argv.at(-1));
console.log(JSON.parse(fs.readFileSync(connection, 'utf8')).transport, fs.statSync(path.dirname(connection)).mode & 0o77);`,
    };
    const names = Object.keys(sources);
    const made = notebook(...Object.values(sources));
    let executed: Notebook;
    const events: RunEvent[] = [];
    before(async () => {
      const env = { DIGITS_DEVICE: 'wasm' };
      executed = await run(made, { env, onEvent: event => void events.push(event) });
    });

    function cellOf(name: keyof typeof sources): CodeCell {
      return executed.cells.filter(isCode)[names.indexOf(name)] ?? assert.fail(name);
    }
    /** A notebook's first cell is its heading. */
    const eventsOf = (name: keyof typeof sources) =>
      events.filter(({ cell }) => cell === names.indexOf(name) + 1);

    it('keeps counts and outputs, in their order', () => {
      assert.deepEqual(
        executed.cells.filter(isCode).map(cell => cell.execution_count),
        names.map((_, i) => i + 1),
      );
      assert.deepEqual(
        cellOf('mixed').outputs.map(output => output.output_type),
        ['stream', 'display_data', 'stream'],
      );
      assert.match(JSON.stringify(cellOf('value').outputs), /42/);
    });

    it('saves a line that was written anew as it stood at last', () => {
      assert.equal(printed(cellOf('rewritten')), '2/2\n');
    });

    it('tells of each event as it comes', () => {
      assert.deepEqual(
        eventsOf('words').map(({ event }) => event),
        ['start', 'stream', 'done'],
      );
    });

    it('tells of a large display whole', () => {
      const sizes = eventsOf('large').flatMap(event =>
        event.event === 'display' ? String(event.data['text/html']).length : [],
      );
      assert.deepEqual(sizes, [2_000_000]);
    });

    it('hands the environment on to the kernel', () => {
      assert.equal(printed(cellOf('environment')), 'wasm\n');
    });

    it('has the kernel listen where no other account can enter', function () {
      if (process.platform === 'win32') this.skip();
      assert.equal(printed(cellOf('doors')), 'ipc 0\n');
    });
  });

  it('fails on a failing cell, and names it, its stage and its code', async () => {
    const error = await failure(
      notebook('let fine = 1;', "throw new Error('broken here');", 'fine'),
    );
    assert.match(error.message, /Cell stage-8-code-2 of "8 Fit" failed\./);
    assert.match(error.message, /^ {4}throw new Error\('broken here'\);$/m);
    assert.match(error.message, /^Error: broken here$/m);
    const counts = error.notebook.cells.filter(isCode).map(cell => cell.execution_count);
    assert.deepEqual(counts, [1, 2, null], 'what ran is kept, the rest is not run');
  });

  it('says the same in Chinese', async () => {
    setLanguage('zh');
    try {
      const error = await failure(notebook("throw new Error('broken here');"));
      assert.match(error.message, /^“8 Fit”的单元格 stage-8-code-1 出错。$/m);
    } finally {
      setLanguage('en');
    }
  });

  it('fails on a type error', async () => {
    const error = await failure(notebook("const n: number = 'one';"));
    assert.match(error.message, /Type 'string' is not assignable to type 'number'/);
  });

  const laterError = "setTimeout(() => { throw new Error('too late'); }, 10);";
  const laterRejection = "setTimeout(() => { Promise.reject(new Error('too late')); }, 10);";

  it('fails on an error after the end of the last cell', async () => {
    const { message } = await failure(notebook(`console.log(1); ${laterError}`));
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" left an unhandled error behind/);
    assert.match(message, /too late/);
  });

  describe('of a notebook whose cells all run, but not well', () => {
    const shows = "const display = (shown: string): void => {};\ndisplay('nothing');";
    const wait = 'await new Promise(resolve => setTimeout(resolve, 300));';
    let problems: string[];
    before(async () => {
      const made = notebook(shows, laterError, wait, `console.log(1); ${laterRejection}`);
      const { message } = await failure(made);
      problems = message.split(/\n\n(?=Cell )/);
    });

    it('fails on a figure that is missing', () => {
      const shown = /^Cell stage-8-code-1 of "8 Fit" should show a figure, but none appeared\./;
      assert.ok(problems.some(problem => shown.test(problem)));
    });

    it('fails on a late error that comes while a later cell runs', () => {
      // The time between the two cells decides to which of them the kernel counts it.
      const late =
        /^Cell stage-8-code-[23] of "8 Fit" left an unhandled error behind[\s\S]*too late/;
      assert.ok(problems.some(problem => late.test(problem)));
    });

    it('fails on a rejection after the end of the last cell', () => {
      const late = /^Cell stage-8-code-4 of "8 Fit" left an unhandled error behind[\s\S]*too late/;
      assert.ok(problems.some(problem => late.test(problem)));
    });

    it('names no other cell', () => assert.equal(problems.length, 3));
  });

  it('fails where the kernel dies', async () => {
    const { message } = await failure(notebook('process.exit(3);'));
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" ended the kernel/);
  });

  it('fails where a cell takes too long', async () => {
    const { message } = await failure(notebook('await new Promise(() => {});'), { timeout: 2 });
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" took too long and was stopped/);
  });

  it('fails where the kernel is not registered', async () => {
    const made = notebook('1');
    made.metadata.kernelspec = { name: 'absent', language: 'typescript', display_name: '' };
    const { message } = await failure(made);
    assert.match(message, /^The kernel did not start: .*absent/);
    assert.match(message, /Run "npm run setup"/);
  });

  const endless = notebook('console.log(process.pid); while (true) {}');

  /** Stops a run in its cell, and returns the message; by then the kernel has ended. */
  async function stopped(env?: Record<string, string>): Promise<string> {
    const stop = new AbortController();
    let kernel = 0;
    const { message } = await failure(endless, {
      env,
      signal: stop.signal,
      onEvent: event => {
        if (event.event !== 'stream') return;
        kernel = Number(event.text);
        stop.abort();
      },
    });
    assert.ok(kernel > 0);
    await gone(kernel);
    return message;
  }

  it('stops when told to, and ends its kernel', async () => {
    assert.match(await stopped(), /Cell stage-8-code-1 of "8 Fit" was stopped\./);
  });

  it('does so on Windows, where an event loop takes no signals', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'digits-test-'));
    writeFileSync(
      join(folder, 'sitecustomize.py'),
      'from asyncio import AbstractEventLoop, SelectorEventLoop\n' +
        'for name in ("add_signal_handler", "remove_signal_handler"):\n' +
        '    setattr(SelectorEventLoop, name, getattr(AbstractEventLoop, name))\n',
    );
    try {
      assert.match(await stopped({ PYTHONPATH: folder }), /code-1 of "8 Fit" was stopped\./);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  for (const milliseconds of [0, 300, 600, 900]) {
    it(`stops when told to ${milliseconds} ms after its start`, async () => {
      const stop = new AbortController();
      setTimeout(() => stop.abort(), milliseconds);
      const { message } = await failure(endless, { signal: stop.signal });
      assert.match(message, /was stopped/);
    });
  }

  it('ends with its kernel where the process that has started it is killed', async () => {
    const code = `
      const { execute } = require('./lib/tools/publish/execute.ts');
      void execute(${JSON.stringify(endless)}, {
        folder: process.cwd(),
        onEvent: event => event.event === 'stream' && console.log(event.text),
      });`;
    const parent = spawn(process.execPath, ['--require', 'tsx/cjs', '--eval', code], {
      cwd: projectRoot,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [printed] = await once(parent.stdout, 'data');
    const kernel = Number(printed);
    assert.ok(kernel > 0);
    const runner = parentOf(kernel);
    parent.kill('SIGKILL');
    await Promise.all([gone(kernel), gone(runner)]);
  });
});

const parentOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(pid)], { encoding: 'utf8' }));

/** Waits until a process has ended. */
async function gone(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(100);
  }
  assert.fail(`Process ${pid} still runs.`);
}
