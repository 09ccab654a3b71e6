/** A saved notebook whose every part tries to run a script, and a figure that is drawn all the same. */
import { PLOTLY } from '../../lib/tools/publish/notebook';

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

const shown = (data: Record<string, unknown>) => ({
  output_type: 'display_data',
  data,
  metadata: {},
});

/** Not of the type `Notebook`: a stranger need not keep to the format. */
export const stranger = {
  cells: [
    {
      cell_type: 'markdown',
      id: 'intro',
      metadata: { tags: [`" onmouseover="${run('tag')}`] },
      source: `# A stranger's ${image('heading')}\n\n${html.replaceAll('ran_', 'ran_text_')}\n\n[press](javascript:${run('markdown')})`,
    },
    {
      cell_type: 'code',
      id: 'outputs',
      metadata: {},
      source: `'</script>${script('source')}'`,
      execution_count: 1,
      outputs: [
        shown({ 'text/html': html, 'text/plain': 'html' }),
        shown({ 'text/html': pad, 'text/plain': 'pad' }),
        shown({ 'application/javascript': run('javascript'), 'text/plain': 'js' }),
        shown({
          'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg" onload="${run('drawing')}"><script>${run('drawing_script')}</script></svg>`,
        }),
        shown({ 'text/markdown': `${image('output')} [press](javascript:${run('output_link')})` }),
        shown({ 'text/latex': `$x$ ${image('latex')}` }),
        { output_type: 'stream', name: 'stdout', text: script('stdout') },
      ],
    },
    {
      cell_type: 'code',
      id: 'figure',
      metadata: {},
      source: 'display(figure);',
      execution_count: 2,
      outputs: [shown({ [PLOTLY]: figure, 'text/plain': `" onmouseover="${run('words')}` })],
    },
    {
      cell_type: 'raw',
      id: 'raw',
      metadata: { raw_mimetype: 'text/html' },
      source: `${script('raw')}${image('raw_image')}`,
    },
  ],
  metadata: {
    kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' },
    title: `</title>${script('headline')}`,
  },
  nbformat: 4,
  nbformat_minor: 5,
};
