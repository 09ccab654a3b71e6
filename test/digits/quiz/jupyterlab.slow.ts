import assert from 'node:assert/strict';
import { join } from 'node:path';
import { asHtml } from '../../../lib/digits/quiz/quiz';
import { writeNotebook } from '../../../lib/tools/publish/notebook';
import { type Desk, deskAt } from '../../notebooks/lab';
import { padNotebook } from '../pad/support';

describe('the quiz in JupyterLab', function () {
  this.retries(1);
  let desk: Desk;
  before(async () => {
    desk = await deskAt('en', 1280, 900);
  });
  after(() => desk?.leave());

  it('tells what is right where the notebook is not trusted, and its HTML is cleaned', async () => {
    const { lab, page } = desk;
    const html = asHtml();
    const saved = padNotebook({ 'text/html': html, 'text/plain': '' });
    await writeNotebook(join(lab.folder, 'quiz.ipynb'), saved);
    const notebook = await lab.open(page, 'quiz.ipynb');
    assert.match(await notebook.trust(), /^Notebook not trusted|^Notebook untrusted/i);
    const options = notebook.code.locator('.jp-RenderedHTMLCommon details');
    assert.equal(await options.count(), html.match(/<details /g)?.length);
    await options.nth(0).locator('summary').click();
    await options.nth(1).locator('summary').click();
    const [wrong, right] = [options.nth(0).locator('b'), options.nth(1).locator('b')];
    assert.equal(await wrong.textContent(), '✗ No. ');
    assert.equal(await right.textContent(), '✓ Right. ');
    // The colours pass, too.
    assert.equal(await wrong.evaluate(place => getComputedStyle(place).color), 'rgb(214, 58, 50)');
  });
});
