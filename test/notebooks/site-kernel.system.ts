/** The site's kernel as its user meets it in JupyterLab: ■, errors, a reload, a restart, two tabs. */
import assert from 'node:assert/strict';
import type { BrowserContext } from 'playwright-core';
import { closePages, sharedBrowser } from '../browser';
import { builtSite, SitePage, TestServer } from '../tools/site/support';

describe('The kernel on the site', function () {
  this.timeout(120_000);
  this.retries(1);
  let server: TestServer;
  let context: BrowserContext;
  let site: SitePage;

  before(async () => {
    server = await TestServer.start(await builtSite());
  });
  beforeEach(async () => {
    context = await (await sharedBrowser()).newContext({ viewport: { width: 1280, height: 900 } });
    site = await SitePage.in(context, server.address);
    await site.open('en');
  });
  afterEach(closePages);
  after(() => server.stop());

  /** Begins a cell of its own at the end of the notebook; returns where it stands. */
  async function begin(code: string, on = site): Promise<number> {
    await on.command('notebook:move-cursor-down');
    return on.page.evaluate(code => {
      const { jupyterapp } = window as unknown as { jupyterapp: App };
      const notebook = jupyterapp.shell.currentWidget.content;
      notebook.activeCellIndex = notebook.widgets.length - 1;
      return jupyterapp.commands.execute('notebook:insert-cell-below').then(async () => {
        await jupyterapp.commands.execute('notebook:change-cell-to-code');
        notebook.activeCell.model.sharedModel.setSource(code);
        void jupyterapp.commands.execute('notebook:run-cell');
        return notebook.activeCellIndex;
      });
    }, code);
  }

  /** What a cell shows: what it printed, its value, then its error. */
  const shown = (at: number, on = site): Promise<{ text: string; error?: Failed }> =>
    on.page.evaluate(at => {
      const { jupyterapp } = window as unknown as { jupyterapp: App };
      const outputs =
        jupyterapp.shell.currentWidget.content.widgets[at]?.model.outputs.toJSON() ?? [];
      const text = outputs
        .map(({ output_type, text = '', data }) =>
          output_type === 'execute_result' ? `${data?.['text/plain']}\n` : [text].flat().join(''),
        )
        .join('');
      const error = outputs.find(({ output_type }) => output_type === 'error') as unknown as
        | Failed
        | undefined;
      return { text, ...(error && { error }) };
    }, at);

  async function run(code: string, on = site): Promise<{ text: string; error?: Failed }> {
    const at = await begin(code, on);
    await on.idle();
    return shown(at, on);
  }

  const TRAINING = `
    import * as tf from '@tensorflow/tfjs';
    import { fit, useDevice } from 'digits';
    await useDevice();
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 10, inputShape: [784], activation: 'softmax' })] });
    model.compile({ optimizer: 'adam', loss: 'sparseCategoricalCrossentropy' });
    await fit(model, tf.ones([20000, 784]), tf.zeros([20000]), { epochs: 100000 });
    console.log('over');`;

  const interrupt = () =>
    site.page.getByRole('button', { name: 'Interrupt the kernel' }).first().click();

  const until = (at: number, words: string) =>
    site.page.locator('.jp-Cell').nth(at).locator('.jp-OutputArea', { hasText: words }).waitFor();

  it('ends training at ■, keeps the weights, and goes on', async () => {
    const at = await begin(TRAINING);
    await until(at, 'Epoch 1/');
    await interrupt();
    await site.idle(10_000);
    assert.match((await shown(at)).text, /interrupted at epoch \d+[\s\S]*over\n$/);
    assert.equal((await run('model.getWeights().length')).text, '2\n');
  });

  it('ends an endless loop at ■, says what is lost, and runs again', async () => {
    await run('const lost = 1;');
    const at = await begin("console.log('begun'); for (;;) {}");
    await until(at, 'begun');
    await interrupt();
    await site.idle(20_000);
    const { error } = await shown(at);
    assert.equal(error?.ename, 'Interrupt');
    assert.match(error?.evalue ?? '', /restarted and its variables are lost.*Run All Above/);
    assert.match((await run('typeof lost')).text, /undefined/);
    assert.equal((await run('1 + 1')).text, '2\n');
  });

  it('ends a loop that prints for ever at ■', async () => {
    const at = await begin('for (let i = 0; ; i++) console.log(i);');
    await until(at, '1000');
    await interrupt();
    await site.idle(20_000);
    const { text, error } = await shown(at);
    assert.equal(error?.ename, 'Interrupt');
    assert.ok(text.startsWith('0\n1\n2\n'));
    assert.equal((await run('1 + 1')).text, '2\n');
  });

  it('drops the cells that wait, at ■ and after an error', async () => {
    const first = await begin("console.log('begun'); await new Promise(() => {});");
    const second = await begin("console.log('second');");
    await until(first, 'begun');
    await interrupt();
    await site.idle(10_000);
    assert.equal((await shown(first)).error?.ename, 'Interrupt');
    assert.equal((await shown(second)).text, '');
  });

  it('shows an error as JupyterLab shows errors, and stops "Run All" there', async () => {
    await site.write(5, 'notThere();');
    await site.command('runmenu:run-all');
    await site.idle();
    const { error } = await shown(5);
    assert.equal(error?.evalue, 'notThere is not defined');
    const cell = site.page.locator('.jp-Cell').nth(5);
    await cell.scrollIntoViewIfNeeded();
    await cell.locator('[data-mime-type="application/vnd.jupyter.stderr"]').waitFor();
    const counts = (await site.cells()).filter(({ outputs }) =>
      outputs.some(({ output_type }) => output_type === 'error'),
    );
    assert.equal(counts.length, 1);
  });

  it('loses nothing of the notebook at a reload in mid-training, and trains again', async () => {
    const at = await begin(TRAINING);
    await until(at, 'Epoch 1/');
    await site.command('docmanager:save');
    await site.page.reload();
    await site.ready();
    assert.match(await site.source(at), /epochs: 100000/);
    assert.equal((await run('6 * 7')).text, '42\n');
  });

  /** A page that gets all of the site but the files of a pattern. */
  async function openWithout(pattern: string): Promise<void> {
    await closePages();
    context = await (await sharedBrowser()).newContext({ serviceWorkers: 'block' });
    await context.route(pattern, route => route.abort());
    site = await SitePage.in(context, server.address);
    await site.open('zh');
  }

  it('says where the libraries do not come', async () => {
    await openWithout('**/modules-*.js*');
    assert.equal((await run('1 + 1')).text, '2\n');
    const { error } = await run("import * as tf from '@tensorflow/tfjs';");
    assert.equal(error?.ename, 'ImportError');
    assert.match(error?.evalue ?? '', /课程的程序没有加载成功.*刷新页面/);
  });

  it('says where its program does not come, and tries again at the next cell', async () => {
    await openWithout('**/worker.js*');
    const { error } = await run('1 + 1');
    assert.equal(error?.ename, 'KernelError');
    assert.match(error?.evalue ?? '', /^内核没有加载成功.*刷新页面。$/);
    await context.unroute('**/worker.js*');
    assert.equal((await run('1 + 1')).text, '2\n');
  });

  it('begins anew at a restart', async () => {
    await run('const gone = 1;');
    await site.page.evaluate(() => {
      const { jupyterapp } = window as unknown as { jupyterapp: App };
      return jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.restart();
    });
    await site.idle();
    assert.equal((await run('typeof gone')).text, "'undefined'\n");
    const at = await begin('await new Promise(() => {})');
    await site.page.waitForTimeout(300);
    await interrupt();
    await site.idle(10_000);
    assert.equal((await shown(at)).error?.ename, 'Interrupt');
  });

  it('has variables of its own in each tab', async () => {
    const other = await SitePage.in(context, server.address);
    await other.open('en', { name: 'exercises' });
    await run("const mine = 'first';");
    await run("const mine = 'second';", other);
    assert.equal((await run('mine')).text, "'first'\n");
    assert.equal((await run('mine', other)).text, "'second'\n");
  });

  it('draws a figure once, to its width, and anew where that changes', async () => {
    const { text, error } = await run(`
      import { display, figures } from 'digits';
      display(figures.classCounts(new Uint8Array(100), new Uint8Array(10)));`);
    assert.equal(text + (error?.evalue ?? ''), '');
    const cells = await site.cells();
    // Its picture would be a second drawing.
    assert.deepEqual(Object.keys(cells.at(-1)?.outputs[0]?.data ?? {}).sort(), [
      'application/vnd.plotly.v1+json',
      'text/plain',
    ]);
    const figure = site.page.locator('.js-plotly-plot').last();
    const widths = async () => {
      const drawing = await figure.locator('.main-svg').first().boundingBox();
      const place = await figure.boundingBox();
      return [drawing?.width ?? 0, place?.width ?? 0] as const;
    };
    const fits = async () => {
      for (let tries = 0; tries < 50; tries++) {
        const [drawing, place] = await widths();
        if (drawing > 0 && Math.abs(drawing - place) < 2) return drawing;
        await site.page.waitForTimeout(100);
      }
      return assert.fail(`the figure and its place have the widths ${await widths()}`);
    };
    const before = await fits();
    await site.page.setViewportSize({ width: 1000, height: 900 });
    assert.ok((await fits()) < before - 100);
  });

  it('completes what is typed', async () => {
    await run('const colours = { red: 1, green: 2 };');
    const at = await begin('');
    await site.idle();
    const cell = site.page.locator('.jp-Cell').nth(at);
    await cell.locator('.cm-content').click();
    await site.page.keyboard.type('colours.gr');
    await site.page.keyboard.press('Tab');
    await site.page.locator('.jp-Completer-item', { hasText: 'green' }).waitFor();
    await site.page.keyboard.press('Enter');
    assert.equal(await site.source(at), 'colours.green');
  });
});

interface Failed {
  readonly ename: string;
  readonly evalue: string;
}

interface Output {
  readonly output_type: string;
  readonly text?: string | string[];
  readonly data?: Readonly<Record<string, string>>;
}

interface App {
  commands: { execute(id: string): Promise<unknown> };
  shell: {
    currentWidget: {
      sessionContext: { session?: { kernel?: { restart(): Promise<void> } } };
      content: {
        activeCellIndex: number;
        activeCell: { model: { sharedModel: { setSource(text: string): void } } };
        widgets: { model: { outputs: { toJSON(): Output[] } } }[];
      };
    };
  };
}
