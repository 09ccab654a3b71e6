/** A user's own settings for npm, of which those that count are carried over. */
import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { earlyTables } from '../../../lib/tools/project/language.mjs';
import { put } from '../../folder';
import { closeMirrors, mirror } from '../../mnist-data-loader/support';
import { Project } from './support';

describe('a user’s own settings', () => {
  let project: Project;
  afterEach(() => project?.remove());
  after(closeMirrors);

  it('steer npm to an index, with a login, and nowhere else', async function () {
    const { npm_execpath = '' } = process.env;
    if (!npm_execpath) this.skip(); // run by npm test, it is there
    const asked = new Set<string>();
    const { url: registry } = await mirror(({ headers, url = '' }, response) => {
      asked.add(`${headers.authorization} ${url.split('/')[1]}`);
      response.writeHead(404).end();
    });
    project = new Project({ withPackages: false });
    const own = registry.replace('http:', '');
    const lines = [`registry=${registry}mine/`, `${own}mine/:_authToken=\${SCHOOL}`];
    const odd = ['global', 'dry-run', 'package-lock-only', 'workspaces', 'include'];
    put(project.root, [
      [
        '.npmrc-of-mine',
        [...lines, ...odd.map(name => `${name}=true`), 'prefix=/nowhere'].join('\n'),
      ],
    ]);
    const npm_config_userconfig = join(project.root, '.npmrc-of-mine');
    const more = { npm_config_cache: join(project.root, 'cache'), npm_config_global: 'true' };
    const { output } = await project.run('setup', [], {
      ...{ npm_execpath, npm_config_userconfig, SCHOOL: 'secret' },
      ...more,
    });
    ok(output.includes(earlyTables.en.causes.notInIndex), output);
    deepEqual([...asked], ['Bearer secret mine']);
    const left = execFileSync('ls', [join(project.root, 'build', 'setup')], { encoding: 'utf8' });
    equal(left.includes('npmrc'), false, left);
  });
});
