/**
 * Pictures of the figures, saved beside them for pages that run no scripts, such as GitHub's.
 *
 * A screenshot rather than `Plotly.toImage`: it shows the figure as the page shows it.
 */
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from './browser';
import { isCode, joined, type MultilineText, type Notebook, PLOTLY } from './notebook';

/** In CSS pixels: as wide as a cell where JupyterLab has a small window, or GitHub a page. */
const WIDTH = 820;
const HEIGHT = 450;

/**
 * Adds an `image/png` to each Plotly figure of a notebook, and the figure's words as its `alt`.
 *
 * @param previous an earlier state of the notebook. A figure that it holds unchanged keeps its
 * picture, so that building again changes no byte of it.
 */
export async function addSnapshots(notebook: Notebook, previous?: Notebook): Promise<Notebook> {
  const known = new Map<string, unknown>();
  for (const { data } of previous ? figures(previous) : []) {
    known.set(JSON.stringify(data[PLOTLY]), data['image/png']);
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
      metadata['image/png'] = { alt: joined((data['text/plain'] ?? '') as MultilineText) };
      data['image/png'] = known.get(JSON.stringify(figure)) ?? (await draw(figure));
    }
  } finally {
    await page?.context().browser()?.close();
  }
  return result;
}

/** Opens a page on which {@link snapshot} draws. */
export async function plotlyPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: HEIGHT } });
  await page.setContent('<!doctype html><body style="margin: 0"><div id="figure"></div>');
  await page.addScriptTag({ path: require.resolve('plotly.js-dist') });
  return page;
}

/**
 * Draws a figure as a PNG, 820 pixels wide. It has one pixel for each of CSS: JupyterLab shows a saved
 * picture in its own size until the pointer comes to the figure.
 */
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
