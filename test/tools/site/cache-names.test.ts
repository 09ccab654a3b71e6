import { equal } from 'node:assert/strict';
import { cacheName, isFixed, isOfSite, keyOf } from '../../../lib/tools/site/offline/cache-names';

const ROOT = 'http://school.example/digits/';

describe('what the site keeps', () => {
  const fixed: [path: string, fixed: boolean][] = [
    ['build/4858.0e1c8b1.js', true],
    ['build/jlab_core.a86436d.js', true],
    ['build/lab/bundle.js?_=c9f706b', true],
    ['config-utils.js?_=c9f706b', true],
    ['extensions/digits-kernel/fbe747a75f01/worker.js', true],
    ['extensions/digits-kernel/fbe747a75f01/data/train-images-idx3-ubyte.gz', true],
    ['extensions/jupyterlab-plotly/static/0.03957c7088ad5ed0.js?v=03957c7088ad5ed0', true],
    ['extensions/jupyterlab-plotly/static/remoteEntry.1dda3c8f6e5cd2a3.js', true],
    ['pages/shared/5324966c05ba.js', true],
    ['pages/lesson.zh.html', false],
    ['zh/lab/index.html?path=lesson.zh.ipynb', false],
    ['files/lesson.zh.ipynb', false],
    ['api/contents/zh.json', false],
    ['jupyter-lite.json', false],
    ['extensions/digits-kernel/package.json', false],
    ['build/schemas/all.json', false],
  ];
  for (const [path, expected] of fixed) {
    it(`${expected ? 'takes' : 'does not take'} ${path} for a file that never changes`, () => {
      equal(isFixed(new URL(path, ROOT)), expected);
    });
  }

  it('is one page for all notebooks that it may open, and for the folder that it stands in', () => {
    const page = `${ROOT}zh/lab/index.html`;
    equal(keyOf({ url: `${page}?path=lesson.zh.ipynb`, mode: 'navigate' }), page);
    equal(keyOf({ url: `${ROOT}zh/lab/?path=lesson.zh.ipynb`, mode: 'navigate' }), page);
    equal(keyOf({ url: page, mode: 'cors' }), page);
  });

  it('is one file for all parameters where its path tells what it holds, else one for each', () => {
    const chunk = `${ROOT}build/4858.0e1c8b1.js`;
    equal(keyOf({ url: `${chunk}?v=1`, mode: 'no-cors' }), chunk);
    const bundle = `${ROOT}build/lab/bundle.js?_=c9f706b`;
    equal(keyOf({ url: bundle, mode: 'no-cors' }), bundle);
  });

  it('is told apart from what other sites of the same host keep, also those within it', () => {
    const own = cacheName(ROOT, 'abc');
    equal(isOfSite(ROOT, own), true);
    equal(isOfSite(ROOT, cacheName(`${ROOT}another/`, 'abc')), false);
    equal(isOfSite(ROOT, cacheName('http://school.example/', 'abc')), false);
    equal(isOfSite(ROOT, 'precache'), false);
  });
});
