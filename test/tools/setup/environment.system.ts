import { equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageFolder } from '../../../lib/tools/project/paths';
import { interpreterAt } from '../../../lib/tools/setup/packages/pythons';
import { siteOf } from '../../../lib/tools/setup/setup';

describe('the Python environment', () => {
  it('has the plotly that bundles the npm side’s plotly.js', async () => {
    const { packages } = await interpreterAt(siteOf({}).python.prefix);
    const bundle = join(packages, 'plotly', 'package_data', 'plotly.min.js');
    const [, version] = /plotly\.js v([\d.]+)/.exec(readFileSync(bundle, 'utf8')) ?? [];
    const manifest = join(packageFolder('plotly.js-dist'), 'package.json');
    equal(version, JSON.parse(readFileSync(manifest, 'utf8')).version);
  });
});
