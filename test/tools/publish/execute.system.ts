import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { setLanguage } from '../../../lib/digits/language';
import { projectRoot } from '../../../lib/tools/project/paths';
import {
  execute,
  type RunEvent,
  RunFailure,
  type RunOptions,
} from '../../../lib/tools/publish/execute';
import { isCode, type Notebook, printed } from '../../../lib/tools/publish/notebook';
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

describe('execute', () => {
  before(() => setLanguage('en'));

  it('keeps counts and outputs, in their order', async () => {
    const code = `console.log('before');\nconst display = (n: number) => { ${figure('here')} };\ndisplay(1);\nconsole.log('after');`;
    const { cells } = await run(notebook('const x: number = 41;', code, 'x + 1'));
    const [first, second, third] = cells.filter(isCode);
    assert.deepEqual(
      [first, second, third].map(cell => cell?.execution_count),
      [1, 2, 3],
    );
    assert.deepEqual(
      second?.outputs.map(output => output.output_type),
      ['stream', 'display_data', 'stream'],
    );
    assert.match(JSON.stringify(third?.outputs), /42/);
  });

  it('saves a line that was written anew as it stood at last', async () => {
    const code = "process.stdout.write('1/2\\r'); process.stdout.write('\\r2/2\\n'); undefined;";
    const { cells } = await run(notebook(code));
    assert.deepEqual(
      cells.filter(isCode).map(cell => printed(cell)),
      ['2/2\n'],
    );
  });

  it('tells of each event as it comes', async () => {
    const events: RunEvent[] = [];
    await run(notebook("console.log('hello');"), { onEvent: event => events.push(event) });
    assert.deepEqual(
      events.map(event => event.event),
      ['start', 'stream', 'done'],
    );
  });

  it('tells of a large display whole', async () => {
    const sizes: number[] = [];
    await run(notebook("require('tslab').display.html('x'.repeat(2_000_000));"), {
      onEvent: event => {
        if (event.event === 'display') sizes.push(String(event.data['text/html']).length);
      },
    });
    assert.deepEqual(sizes, [2_000_000]);
  });

  it('hands the environment on to the kernel', async () => {
    const { cells } = await run(notebook('console.log(process.env.DIGITS_DEVICE);'), {
      env: { DIGITS_DEVICE: 'wasm' },
    });
    assert.deepEqual(
      cells.filter(isCode).map(cell => printed(cell)),
      ['wasm\n'],
    );
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

  const later = "setTimeout(() => { throw new Error('too late'); }, 10);";
  const rejectsLater = "setTimeout(() => { Promise.reject(new Error('too late')); }, 10);";
  for (const [what, code] of Object.entries({ error: later, rejection: rejectsLater })) {
    it(
      `fails on an ${what} after the end of the last cell`.replace('an rej', 'a rej'),
      async () => {
        const { message } = await failure(notebook(`console.log(1); ${code}`));
        assert.match(message, /Cell stage-8-code-1 of "8 Fit" left an error behind/);
        assert.match(message, /too late/);
      },
    );
  }

  it('fails on a late error that comes while a later cell runs', async () => {
    const wait = 'await new Promise(resolve => setTimeout(resolve, 300));';
    const { message } = await failure(notebook(later, wait));
    assert.match(message, /left an error behind/);
    assert.match(message, /too late/);
  });

  it('fails on a figure that is missing', async () => {
    const code = "const display = (shown: string): void => {};\ndisplay('nothing');";
    const { message } = await failure(notebook(code));
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" shows a figure, but none came out\./);
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

  it('stops when told to, and ends its kernel', async () => {
    const stop = new AbortController();
    let kernel = 0;
    const { message } = await failure(notebook('console.log(process.pid); while (true) {}'), {
      signal: stop.signal,
      onEvent: event => {
        if (event.event !== 'stream') return;
        kernel = Number(event.text);
        stop.abort();
      },
    });
    assert.match(message, /Cell stage-8-code-1 of "8 Fit" was stopped\./);
    assert.ok(kernel > 0);
    await gone(kernel);
  });
});

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
