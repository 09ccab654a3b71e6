import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pythonEnvironment } from '../../../lib/command/machine/paths';
import type { Failure } from '../../../lib/command/output/failure.mjs';
import { buildSite } from '../../../lib/publish/site/build';
import { temporaryFolder } from '../../folder';
import { printed } from '../../support';

describe('npm run site', () => {
  it('leaves the last good site where a step fails, and names the step, its last lines and its log', async () => {
    const folder = temporaryFolder();
    const site = join(folder, 'site');
    mkdirSync(site);
    writeFileSync(join(site, 'index.html'), 'the last good site');
    const prefix = join(folder, 'python');
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    symlinkSync(join(pythonEnvironment().prefix, 'share'), join(prefix, 'share'));
    const python = join(prefix, 'bin', 'python');
    writeFileSync(python, '#!/bin/sh\necho the disk is made of cheese\nexit 3\n');
    chmodSync(python, 0o755);
    let failure: Failure | undefined;
    const output = await printed(() =>
      buildSite(pythonEnvironment(prefix), { to: site }).catch(error => {
        failure = error;
      }),
    );
    match(output, /✔ The kernel in the browser, and extensions: .*\n(.*\n)*✖ JupyterLite \[/);
    match(failure?.message ?? '', /^JupyterLite failed\.\n\nthe disk is made of cheese\n/);
    const [, log = ''] = /Full log: (.*)$/.exec(failure?.message ?? '') ?? [];
    ok(readFileSync(log, 'utf8').includes('the disk is made of cheese'));
    equal(readFileSync(join(site, 'index.html'), 'utf8'), 'the last good site');
  });

  it('-- --api has a page for what each package exports, which the index leads to and no learner’s browser keeps', async function () {
    this.timeout(900_000);
    const to = join(temporaryFolder(), 'site');
    await printed(() => buildSite(pythonEnvironment(), { to, api: true }));
    const contentOf = (...names: string[]) => readFileSync(join(to, ...names), 'utf8');
    match(contentOf('index.html'), /<a href="reference\/index.html">the API of tfjs-graph/);
    for (const name of ['tfjs-graph', 'mnist-data-loader']) {
      const page = contentOf('reference', 'modules', `${name}.html`);
      const exported = Object.keys(require(name)).filter(key => key !== 'default');
      ok(exported.length > 5);
      deepEqual(
        exported.filter(key => !page.includes(`${name}.${key}.html`)),
        [],
      );
    }
    match(
      contentOf('reference', 'functions', 'tfjs-graph.accelerate.html'),
      /Content-Security-Policy[\s\S]*Example/,
    );
    for (const list of ['service-worker.js', 'api/offline.json'])
      ok(!/reference\//.test(contentOf(list)));
  });
});
