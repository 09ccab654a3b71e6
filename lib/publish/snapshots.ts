/** Adds screenshots of figures to notebooks, for pages without scripts, such as GitHub's. */
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './browser';
import { isCode, type MultilineText, type Notebook, PLOTLY, textOf } from './notebook';

/** CSS pixels: the cell width in a small JupyterLab window or on GitHub. */
const WIDTH = 820;
const HEIGHT = 450;

/**
 * Adds an `image/png` to each Plotly figure, with the figure's text as `alt`.
 *
 * @param previous the previous version of the notebook. Unchanged figures keep their images, so rebuilds are
 * reproducible.
 */
export async function addSnapshots(notebook: Notebook, previous?: Notebook): Promise<Notebook> {
  const previousImages = new Map<string, unknown>();
  for (const { data } of previous ? figures(previous) : []) {
    previousImages.set(JSON.stringify(data[PLOTLY]), data['image/png']);
  }
  const result = structuredClone(notebook);
  let page: Page | undefined;
  const draw = async (figure: unknown) => {
    page ??= await plotlyPage(await startBrowser());
    return (await snapshot(page, figure)).toString('base64');
  };
  try {
    for (const { data, metadata } of figures(result)) {
      const figure = data[PLOTLY];
      metadata['image/png'] = { alt: textOf((data['text/plain'] ?? '') as MultilineText) };
      data['image/png'] = previousImages.get(JSON.stringify(figure)) ?? (await draw(figure));
    }
  } finally {
    await page?.context().browser()?.close();
  }
  return result;
}

export async function plotlyPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  await page.setContent('<!doctype html><body style="margin: 0"><div id="figure"></div>');
  await page.addScriptTag({ path: require.resolve('plotly.js-dist') });
  return page;
}

/** Draws a figure as a PNG with one pixel per CSS pixel, because JupyterLab shows images in natural size. */
export async function snapshot(page: Page, figure: unknown): Promise<Buffer> {
  await page.evaluate(
    ({ figure, height }) => {
      const { data, layout } = figure as { data: object[]; layout?: { height?: number } };
      const size = { height: layout?.height ?? height };
      const { Plotly } = window as unknown as { Plotly: typeof import('plotly.js') };
      return Plotly.newPlot('figure', data, { ...layout, ...size }, { staticPlot: true });
    },
    { figure, height: HEIGHT },
  );
  return page.locator('#figure .svg-container').screenshot();
}

const figures = (notebook: Notebook) =>
  notebook.cells
    .filter(isCode)
    .flatMap(({ outputs }) =>
      outputs.flatMap(output => ('data' in output && PLOTLY in output.data ? [output] : [])),
    );
