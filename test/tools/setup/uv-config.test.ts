import { deepEqual, equal, throws } from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'smol-toml';
import { namesOf, uvConfig } from '../../../lib/tools/setup/packages/uv-config';
import { temporaryFolder } from '../../folder';

describe('a user’s uv.toml', () => {
  let home: string;
  beforeEach(() => {
    home = temporaryFolder();
  });

  function write(text: string, ...path: string[]): string {
    const file = join(home, ...path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }
  const users = (text: string) => write(text, '.config', 'uv', 'uv.toml');
  const env = (more: NodeJS.ProcessEnv = {}) => ({
    HOME: home,
    XDG_CONFIG_DIRS: join(home, 'xdg'),
    UV_NO_SYSTEM_CONFIG: '1',
    ...more,
  });

  it('keeps what it says of the index, the network and the certificates, and nothing else', () => {
    const kept = {
      'index-strategy': 'unsafe-best-match',
      'keyring-provider': 'subprocess',
      'http-proxy': 'http://me:p%40ss@proxy:1',
      'no-proxy': ['a.example'],
      'allow-insecure-host': ['b.example'],
      'system-certs': false,
      offline: true,
      index: [{ name: 'school', url: 'https://x:y@mirror.example/simple', default: true }],
      pip: { 'extra-index-url': ['https://extra.example/simple'] },
    };
    const others = {
      'required-version': '>=99',
      'exclude-newer': '2015-01-01',
      resolution: 'lowest',
    };
    const index = kept.index.map(each => ({ ...each, 'exclude-newer': '2015-01-01' }));
    const pip = { ...kept.pip, target: 'elsewhere', 'no-deps': true };
    users(stringify({ ...kept, ...others, index, pip }));
    const read = uvConfig(env());
    deepEqual(JSON.parse(JSON.stringify(read)), kept);
    equal(namesOf(read).has('extra-index-url'), true);
  });

  it('names folders from its own place', () => {
    const file = write(
      '\uFEFFfind-links = ["./wheels", "https://w.example"]\r\nindex-url = "mine"\r\n',
      'a b',
      'school.toml',
    );
    deepEqual(
      { ...uvConfig(env({ UV_CONFIG_FILE: file })) },
      {
        'find-links': [join(home, 'a b', 'wheels'), 'https://w.example'],
        'index-url': join(home, 'a b', 'mine'),
      },
    );
  });

  it('stands above the system’s, to whose lists its own are added', () => {
    users('index-url = "https://a.example"\nno-proxy = ["a"]');
    write(
      'index-url = "https://b.example"\nno-proxy = ["b"]\noffline = true',
      ...['xdg', 'uv', 'uv.toml'],
    );
    const all = { 'index-url': 'https://a.example', 'no-proxy': ['a', 'b'], offline: true };
    deepEqual({ ...uvConfig(env({ UV_NO_SYSTEM_CONFIG: '' }), 'linux') }, all);
    equal(uvConfig(env()).offline, undefined);
  });

  it('is left aside where the user wants none, where there is none, and where a folder is in its place', () => {
    deepEqual(uvConfig(env()), {});
    mkdirSync(join(home, '.config', 'uv', 'uv.toml'), { recursive: true });
    deepEqual(uvConfig(env()), {});
    deepEqual(uvConfig(env({ UV_NO_CONFIG: '1', UV_CONFIG_FILE: '/nowhere' })), {});
  });

  it('is named with its fault where it is not TOML, or not where it is said to be', () => {
    const file = users('offline = \n');
    const fault = `${file} cannot be read: Invalid TOML[\\s\\S]*UV_NO_CONFIG=1`;
    throws(() => uvConfig(env()), new RegExp(fault));
    throws(() => uvConfig(env({ UV_CONFIG_FILE: join(home, 'none') })), /none cannot be read/);
  });
});
