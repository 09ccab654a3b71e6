/**
 * Saved notebooks from a stranger, with a figure that is drawn all the same: one whose every part tries to
 * run a script, and one whose every part tries to leave the page, or to load from elsewhere.
 */
import { PLOTLY } from '../../lib/tools/publish/notebook';

/** Not of the type `Notebook`: a stranger need not keep to the format. */
const notebookOf = (title: string, ...cells: object[]) => ({
  cells,
  metadata: {
    kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' },
    title: `</title>${title}`,
  },
  nbformat: 4,
  nbformat_minor: 5,
});

const markdown = (id: string, source: string, ...tags: string[]) => {
  return { cell_type: 'markdown', id, source, metadata: { tags } };
};

const code = (id: string, source: string, ...outputs: object[]) => {
  return { cell_type: 'code', id, source, metadata: {}, execution_count: 1, outputs };
};

const raw = (source: string) => {
  return { cell_type: 'raw', id: 'raw', source, metadata: { raw_mimetype: 'text/html' } };
};

const shown = (data: object) => ({ output_type: 'display_data', data, metadata: {} });
const printed = (text: string) => ({ output_type: 'stream', name: 'stdout', text });

/** Leaves a trace of itself in the window: {@link TRACES} reads which scripts ran. */
const run = (name: string) => `top.ran_${name}=1`;
const script = (name: string) => `<script>${run(name)}</script>`;
const image = (name: string) => `<img src="x" onerror="${run(name)}">`;
const link = (name: string) => `<a href="javascript:${run(name)}">${name}</a>`;

/** To be evaluated in a page: which of the stranger's scripts have run. */
export const TRACES = "Object.keys(window).filter(name => name.startsWith('ran_'))";

/** Each way of which a browser may run a script from HTML that is put into a page. */
const html = [
  script('script'),
  `<script nonce="1">${run('nonce')}</script>`,
  image('image'),
  link('link'),
  `<svg onload="${run('svg')}"><script>${run('svg_script')}</script></svg>`,
  `<iframe srcdoc="${script('frame')}"></iframe>`,
  `<iframe src="data:text/html,${encodeURIComponent(`<script>parent.postMessage('ran_data','*')</script>`)}"></iframe>`,
  `<object data="data:text/html,${encodeURIComponent(script('object'))}"></object>`,
  `<details open ontoggle="${run('details')}"><summary>more</summary></details>`,
  `<form action="javascript:${run('form')}"><button>send</button></form>`,
  `<button onclick="${run('button')}">press</button>`,
  `<div style="animation: x 1s" onmouseover="${run('pointer')}">point</div>`,
  `<base href="https://example.org/">`,
].join('\n');

/** Passes for a pad, with more in its script. */
const pad = `<div data-digit-pad="0-0"></div>
<script>
(() => {
${run('pad')};
digitPad.start("0-0", {"layers":[],"language":"en"});
})();
</script>${image('pad_image')}`;

const figure = {
  data: [
    {
      type: 'bar',
      x: [`a${image('tick')}`, 'b', 'c'],
      y: [1, 2, 3],
      name: `${image('legend')}${link('legend_link')}`,
      text: [image('bar'), link('bar_link'), '</text><script>top.ran_bar_script=1</script>'],
      hovertext: [image('hover'), link('hover_link'), script('hover_script')],
      hovertemplate: `%{y}${image('template')}${link('template_link')}`,
    },
  ],
  layout: {
    title: { text: `Bars ${image('title')}${link('title_link')}${script('title_script')}` },
    showlegend: true,
    annotations: [
      { text: `${link('note_link')} <a href="${'\u0001'}javascript:${run('note_odd')}">odd</a>` },
      { text: 'x', hovertext: image('note_hover'), captureevents: true },
    ],
    images: [{ source: `javascript:${run('picture')}`, x: 0, y: 1, sizex: 1, sizey: 1 }],
    updatemenus: [{ type: 'buttons', buttons: [{ label: image('menu'), method: 'skip' }] }],
  },
  config: { displayModeBar: true, editable: false },
};

export const stranger = notebookOf(
  script('headline'),
  markdown(
    'intro',
    `# A stranger's ${image('heading')}\n\n${html.replaceAll('ran_', 'ran_text_')}\n\n[press](javascript:${run('markdown')})`,
    `" onmouseover="${run('tag')}`,
  ),
  code(
    'outputs',
    `'</script>${script('source')}'`,
    shown({ 'text/html': html, 'text/plain': 'html' }),
    shown({ 'text/html': pad, 'text/plain': 'pad' }),
    shown({ 'application/javascript': run('javascript'), 'text/plain': 'js' }),
    shown({
      'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" onload="${run('drawing')}"><script>${run('drawing_script')}</script></svg>`,
    }),
    shown({ 'text/markdown': `${image('output')} [press](javascript:${run('output_link')})` }),
    shown({ 'text/latex': `$x$ ${image('latex')}` }),
    printed(script('stdout')),
  ),
  code(
    'figure',
    'display(figure);',
    shown({ [PLOTLY]: figure, 'text/plain': `" onmouseover="${run('words')}` }),
  ),
  raw(`${script('raw')}${image('raw_image')}`),
);

/** Makes the notebook that tries to lead, by all that is in it, to an address elsewhere. */
export function leaving(elsewhere: string) {
  const to = (name: string) => `${elsewhere}${name}`;
  const meta = (name: string) => `<meta http-equiv="refresh" content="0; url=${to(name)}">`;

  const html = [
    meta('plain'),
    `<META\nHTTP-EQUIV=refresh content='0;${to('capitals')}'>`,
    `<meta/http-equiv=refresh/content=0;${to('slashes')}>`,
    `<svg><desc>${meta('svg')}</desc><p>${meta('broken_out')}</svg>`,
    `<math><annotation-xml encoding="text/html">${meta('math')}</annotation-xml></math>`,
    `<template shadowrootmode="open">${meta('shadow')}</template>`,
    `</div></main></body></html><head>${meta('head')}</head>`,
    `<iframe src="${to('frame')}"></iframe><iframe srcdoc="<a target=_top autofocus>"></iframe>`,
    `<object data="${to('object')}"></object><embed src="${to('embed')}">`,
    ...[
      'prefetch',
      'prerender',
      'preload" as="fetch',
      'modulepreload',
      'stylesheet',
      'manifest',
    ].map(rel => `<link rel="${rel}" href="${to(rel.slice(0, 9))}">`),
    `<style>@import url(${to('import')}); @font-face { font-family: x; src: url(${to('font')}) }
  b { font-family: x }</style><b>x</b>`,
    `<base href="${elsewhere}"><track src="${to('track')}"><body background>`,
  ].join('\n');

  /** Closed only by what the next cell says, so that a reader of that one alone sees an attribute. */
  const open = `<img alt='`;
  const closing = `<a title="'>${meta('across')}">x</a>`;

  const metadata = `<svg width="9" height="9"><metadata>kept</metadata><linearGradient/></svg>`;

  const source = `'${meta('source')}'`;
  return notebookOf(
    meta('title'),
    markdown(
      'intro',
      `# Leaving\n\n${metadata}\n\n\`<meta>\` stays.\n\n${html}`,
      `">${meta('tag')}`,
    ),
    markdown('drawn', '## Drawn'),
    code(
      'figure',
      source,
      shown({ [PLOTLY]: { data: [{ y: [1, 2, 3], type: 'bar' }], layout: {} } }),
    ),
    code(
      'outputs',
      source,
      shown({ 'text/html': html }),
      shown({ 'text/markdown': meta('markdown') }),
      shown({ 'application/javascript': `</script>${meta('javascript')}` }),
      shown({ 'text/vnd.mermaid': `</pre>${meta('mermaid')}` }),
      shown({ 'text/latex': meta('latex') }),
      shown({
        'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg">${meta('drawing')}</svg>`,
      }),
      printed(meta('stdout')),
      shown({ 'text/html': open }),
    ),
    code('closing', source, shown({ 'text/html': closing })),
    raw(meta('raw')),
  );
}
