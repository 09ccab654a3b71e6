/** The site's kernel in JupyterLab: ■, errors, a reload, a restart, two tabs. */
import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { catalogue } from '../../lib/class/report/catalogue';
import { tables } from '../../lib/digits/language';
import { findLines } from '../../lib/digits/record/line';
import { PadOnPage, SEVEN } from '../digits/pad/hand';
import { SitePage, serveSite } from '../publish/site/support';
import { failuresOf } from './notebook-page';

/** The error about an unknown name, from the runtime before TypeScript is loaded, and from TypeScript. */
const missing = (name: string): RegExp =>
  new RegExp(`^(${name} is not defined|Cannot find name '${name}'\\.)`);

/** A notebook without outputs, which JupyterLab opens quickly. */
const NOTEBOOK = 'exercises';

describe('The kernel on the site', function () {
  this.timeout(120_000);
  this.retries(1);
  const served = serveSite({ shared: true });
  let site: SitePage;
  let isSound = false;
  beforeEach(async () => {
    if (isSound) return;
    site = await served.open();
    await site.open('en', { name: NOTEBOOK });
  });
  afterEach(function () {
    isSound = this.currentTest?.state === 'passed';
  });

  const interrupt = () =>
    site.page.getByRole('button', { name: 'Interrupt the kernel' }).first().click();

  const until = (at: number, words: string) =>
    site.page.locator('.jp-Cell').nth(at).locator('.jp-OutputArea', { hasText: words }).waitFor();

  it('shows an error as JupyterLab shows errors, and stops "Run All" there', async () => {
    const index = await site.select('import * as tf');
    await site.write(index, 'notThere();');
    await site.command('runmenu:run-all');
    await site.idle();
    const { error } = await site.shown(index);
    assert.match(error?.evalue ?? '', missing('notThere'));
    const cell = site.page.locator('.jp-Cell').nth(index);
    await cell.scrollIntoViewIfNeeded();
    await cell.locator('[data-mime-type="application/vnd.jupyter.stderr"]').waitFor();
    assert.equal(failuresOf(await site.cells()).length, 1);
  });

  it('draws a figure of a kind that the lesson has none of', async () => {
    const data = "[{ type: 'scatterpolar', r: [1, 2], theta: [0, 90] }]";
    const figure = `{ data: ${data}, layout: {}, config: {}, text: 'Two points' }`;
    await site.run(`import { display } from 'digits';\ndisplay(${figure});`);
    await site.page.locator('.jp-RenderedPlotly .polarlayer path').first().waitFor();
  });

  it('keeps what was tried, guessed and answered for the next visit, and for the report', async () => {
    await site.run(
      "import { check, guess, quiz, report } from 'digits';\nguess('division');\nquiz();",
    );
    await site.page.locator('[data-digit-guess] button').nth(1).click();
    const question = site.page.locator('[data-digits-quiz="0 2"] summary');
    await question.click();
    const wrong = "await check('6.1', (inputs: number, units: number) => inputs * units);";
    await site.run(wrong);
    const next = await SitePage.in(site.page.context(), site.site);
    await next.open('en', { name: NOTEBOOK });
    await next.run("import { check, report } from 'digits';");
    const outputsOf = async (code: string) => {
      await next.run(code);
      return JSON.stringify((await next.cells()).at(-1)?.outputs);
    };
    assert.match(await outputsOf(wrong), /Your record goes on, with 0 exercises passed/);
    const [record] = findLines(await outputsOf('await report();'), catalogue().names);
    assert.ok(record && !('problem' in record));
    assert.deepEqual(record.exercises['6.1'], {
      passed: false,
      tries: 2,
      mistakes: { noBiases: 2 },
    });
    assert.deepEqual([record.guesses, record.quiz], [{ division: { picked: 1 } }, { 0: 2 }]);
    const refused =
      "IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError'); };";
    assert.match(
      await outputsOf(`${refused}\n${wrong}`),
      /cannot be kept in this browser \(QuotaExceededError: full\)/,
    );
    await next.page.close();
  });

  it('passes the digit on the pad to drawn(), and keeps it for the next visit, until the record is cleared', async () => {
    await site.run("import { clearRecord, digitPad, drawn } from 'digits';\ndigitPad('trained');");
    const pad = new PadOnPage(site.page.locator('[data-digit-pad]').last());
    await pad.drawByMouse(SEVEN);
    const sent = tables.en.pad.page.line.sent.replace('{digit}', '7');
    await pad.said.filter({ hasText: sent }).waitFor();
    const call = 'const [myImage, myLabel] = await drawn();';
    assert.equal((await site.run(call)).text, `${tables.en.drawn.yours(7)}\n`);
    const next = await SitePage.in(site.page.context(), site.site);
    await next.open('zh', { name: NOTEBOOK });
    const textOf = async (code: string) => {
      const { text } = await next.run(`import { clearRecord, drawn } from 'digits';\n${code}`);
      return text;
    };
    assert.equal(await textOf('void (await drawn());'), `${tables.zh.drawn.restored(7)}\n`);
    const cleared = await textOf('await clearRecord();\nvoid (await drawn());');
    assert.equal(cleared, `${tables.zh.drawn.specimen(4)}\n`);
    await next.page.close();
  });

  it('asks its user by prompt(), in the middle of a cell, and can be interrupted there', async () => {
    const input = () => site.page.locator('.jp-Stdin-input').last();
    const index = await site.begin('const name = prompt("Name?", "Ada"); name.length');
    await until(index, 'Name? [Ada]');
    await input().fill('小明😀');
    await input().press('Enter');
    await site.idle();
    assert.match((await site.shown(index)).text, /4\n$/);
    await site.begin('let kept = 1; kept = Number(prompt());');
    await input().waitFor();
    await interrupt();
    await site.idle(20_000);
    assert.equal((await site.run('kept')).text, '1\n');
  });

  it('begins anew at a restart', async () => {
    await site.run('const gone = 1;');
    await site.page.evaluate(() =>
      window.jupyterapp.shell.currentWidget.sessionContext.session?.kernel?.restart(),
    );
    await site.idle();
    assert.match((await site.run('gone')).error?.evalue ?? '', missing('gone'));
    const index = await site.begin("console.log('begun'); await new Promise(() => {})");
    await until(index, 'begun');
    await interrupt();
    await site.idle(20_000);
    assert.equal((await site.shown(index)).error?.ename, 'Interrupt');
  });

  it('has variables of its own in each tab', async () => {
    const other = await SitePage.in(site.page.context(), site.site);
    await other.open('zh', { name: NOTEBOOK });
    await site.run("const mine = 'first';");
    await other.run("const mine = 'second';");
    assert.equal((await site.run('mine')).text, "'first'\n");
    assert.equal((await other.run('mine')).text, "'second'\n");
  });

  it('draws a figure once, to its width, and anew where that changes', async () => {
    const { text, error } = await site.run(`
      import { display, figures } from 'digits';
      display(figures.classCounts(new Uint8Array(100), new Uint8Array(10)));`);
    assert.equal(text + (error?.evalue ?? ''), '');
    const cells = await site.cells();
    // A saved picture would be a second drawing.
    const output = cells.at(-1)?.outputs[0];
    const kinds = output && 'data' in output ? Object.keys(output.data).sort() : [];
    assert.deepEqual(kinds, ['application/vnd.plotly.v1+json', 'text/plain']);
    const figure = site.page.locator('.js-plotly-plot').last();
    const widthOf = async (place: Locator) => (await place.boundingBox())?.width ?? 0;
    const fits = async () => {
      for (let tries = 0; tries < 50; tries++) {
        const drawing = await widthOf(figure.locator('.main-svg').first());
        if (drawing > 0 && Math.abs(drawing - (await widthOf(figure))) < 2) return drawing;
        await site.page.waitForTimeout(100);
      }
      return assert.fail('the figure is not as wide as its place');
    };
    const widthBefore = await fits();
    await site.page.setViewportSize({ width: 1000, height: 900 });
    assert.ok((await fits()) < widthBefore - 100);
  });

  it('completes and explains what is typed, also while a cell computes, and checks it', async () => {
    await site.run("import * as digits from 'digits'; const colours = { red: 1, green: 2 };");
    const typed = async (text: string, keys: string, shown: Locator) => {
      const index = await site.begin('');
      const editor = site.page.locator('.jp-Cell').nth(index).locator('.cm-content');
      await editor.click();
      await site.page.keyboard.type(text);
      await site.page.keyboard.press(keys);
      await shown.waitFor();
      return index;
    };
    const green = site.page.locator('.jp-Completer-item', { hasText: 'green' });
    const index = await typed('colours.gr', 'Tab', green);
    assert.match((await green.textContent()) ?? '', /property/);
    await site.page.keyboard.press('Enter');
    assert.equal(await site.source(index), 'colours.green');
    await site.begin('await new Promise(() => {})');
    const tooltip = site.page.locator('.jp-Tooltip', { hasText: 'Divides bytes by a number' });
    await typed('digits.divide(', 'Shift+Tab', tooltip);
    await site.page.keyboard.press('Escape');
    await interrupt();
    await site.idle(10_000);
    const { error } = await site.run('\n[0] * 10');
    assert.match(error?.traceback.join('\n') ?? '', /line 2[\s\S]*new Array\(10\)\.fill\(0\)/);
  });
});
