/** A saved notebook whose every part tries to leave the page, or to load from elsewhere. */
import { PLOTLY } from '../../lib/tools/publish/notebook';

const shown = (data: Record<string, unknown>) => ({
  output_type: 'display_data',
  data,
  metadata: {},
});

/**
 * Makes the notebook, not of the type `Notebook`: a stranger need not keep to the format.
 *
 * @param elsewhere the address that all is to lead to.
 */
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

  const code = (id: string, ...outputs: unknown[]) => ({
    ...{ cell_type: 'code', id, metadata: {}, source: `'${meta('source')}'`, execution_count: 1 },
    outputs,
  });

  return {
    cells: [
      {
        cell_type: 'markdown',
        id: 'intro',
        metadata: { tags: [`">${meta('tag')}`] },
        source: `# Leaving\n\n${metadata}\n\n\`<meta>\` stays.\n\n${html}`,
      },
      { cell_type: 'markdown', id: 'drawn', metadata: {}, source: '## Drawn' },
      code('figure', shown({ [PLOTLY]: { data: [{ y: [1, 2, 3], type: 'bar' }], layout: {} } })),
      code(
        'outputs',
        shown({ 'text/html': html }),
        shown({ 'text/markdown': meta('markdown') }),
        shown({ 'application/javascript': `</script>${meta('javascript')}` }),
        shown({ 'text/vnd.mermaid': `</pre>${meta('mermaid')}` }),
        shown({ 'text/latex': meta('latex') }),
        shown({
          'image/svg+xml': `<svg xmlns="http://www.w3.org/2000/svg">${meta('drawing')}</svg>`,
        }),
        { output_type: 'stream', name: 'stdout', text: meta('stdout') },
        shown({ 'text/html': open }),
      ),
      code('closing', shown({ 'text/html': closing })),
      { cell_type: 'raw', id: 'raw', metadata: { raw_mimetype: 'text/html' }, source: meta('raw') },
    ],
    metadata: {
      kernelspec: { name: 'tslab', display_name: 'TypeScript', language: 'typescript' },
      title: `</title>${meta('title')}`,
    },
    nbformat: 4,
    nbformat_minor: 5,
  };
}
