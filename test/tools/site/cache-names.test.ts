import { deepEqual, equal } from 'node:assert/strict';
import { cacheName, isFixed, isOfSite, keyOf } from '../../../lib/tools/site/offline/cache-names';

const ROOT = 'http://school.example/digits/';

describe('what the site keeps', () => {
  it('is taken for what never changes if its path tells what it holds', () => {
    const fixed = [
      'build/4858.0e1c8b1.js',
      'build/jlab_core.a86436d.js',
      'build/lab/bundle.js?_=c9f706b',
      'config-utils.js?_=c9f706b',
      'extensions/digits-kernel/fbe747a75f01/worker.js',
      'extensions/digits-kernel/fbe747a75f01/data/train-images-idx3-ubyte.gz',
      'extensions/jupyterlab-plotly/static/0.03957c7088ad5ed0.js?v=03957c7088ad5ed0',
      'extensions/jupyterlab-plotly/static/remoteEntry.1dda3c8f6e5cd2a3.js',
      'pages/shared/5324966c05ba.js',
    ];
    const changing = [
      'pages/lesson.zh.html',
      'zh/lab/index.html?path=lesson.zh.ipynb',
      'files/lesson.zh.ipynb',
      'api/contents/zh.json',
      'jupyter-lite.json',
      'extensions/digits-kernel/package.json',
      'build/schemas/all.json',
    ];
    deepEqual(
      [...fixed, ...changing].filter(path => isFixed(new URL(path, ROOT))),
      fixed,
    );
  });

  it('is one page for all notebooks that it may open, and one file for most parameters', () => {
    const page = `${ROOT}zh/lab/index.html`;
    const bundle = `${ROOT}build/lab/bundle.js?_=c9f706b`;
    for (const [url, key] of [
      [`${page}?path=lesson.zh.ipynb`, page],
      [`${ROOT}zh/lab/?path=lesson.zh.ipynb`, page],
      [`${ROOT}build/4858.0e1c8b1.js?v=1`, `${ROOT}build/4858.0e1c8b1.js`],
      [bundle, bundle], // only that tells what it holds
    ] as const) {
      equal(keyOf({ url, mode: key === page ? 'navigate' : 'no-cors' }), key);
    }
  });

  it('is told apart from what other sites of the same host keep, also those within it', () => {
    const own = cacheName(ROOT, 'abc');
    equal(isOfSite(ROOT, own), true);
    equal(isOfSite(ROOT, cacheName(`${ROOT}another/`, 'abc')), false);
    equal(isOfSite(ROOT, cacheName('http://school.example/', 'abc')), false);
    equal(isOfSite(ROOT, 'precache'), false);
  });
});
