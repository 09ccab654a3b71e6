/** Who asks without the token is refused, whatever the learner's own Jupyter is set to. */
import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { labCommand } from '../../../lib/tools/lab/command';
import { LabServer } from '../../../lib/tools/lab/server';
import { pythonEnvironment } from '../../../lib/tools/project/paths';
import { ownPort } from '../../own';
import { CTRL_C, NpmStart } from './npm-start';

const PASSWORD = 'open sesame';
/** `passwd('open sesame')`. */
const HASHED =
  'argon2:$argon2id$v=19$m=10240,t=10,p=8$Mp3mBxS/gMKDuX3Aq0ar0Q$dQg6EKWopjfKaXiHKa6IODiVmAns4YT87+0FzqDOzhQ';

interface Surroundings {
  /** By their names below HOME. */
  readonly files?: Record<string, string>;
  readonly env?: (home: string) => Record<string, string>;
}

const WIDE_OPEN = `
c.ServerApp.ip = '0.0.0.0'
c.ServerApp.base_url = '/mine/'
c.ServerApp.allow_remote_access = True
c.ServerApp.allow_origin = '*'
c.ServerApp.disable_check_xsrf = True
c.ServerApp.allow_unauthenticated_access = True
c.ServerApp.token = ''
c.IdentityProvider.token = ''
c.PasswordIdentityProvider.token = ''
c.ServerApp.PasswordIdentityProvider.token = ''
c.ServerApp.PasswordIdentityProvider.hashed_password = '${HASHED}'
c.PasswordIdentityProvider.hashed_password = '${HASHED}'
c.ServerApp.identity_provider_class = 'jupyter_server.auth.identity.IdentityProvider'
c.ServerApp.sock = '/tmp/mine.sock'
c.ServerApp.certfile = '/tmp/mine.pem'
`;

const CASES: Record<string, Surroundings> = {
  'an empty token': {
    files: { '.jupyter/jupyter_server_config.py': "c.ServerApp.token = ''" },
  },
  'a token of their own': {
    files: { '.jupyter/jupyter_server_config.py': "c.IdentityProvider.token = 'mine'" },
  },
  'every address of the machine': {
    files: {
      '.jupyter/jupyter_server_config.py': "c.ServerApp.ip = '0.0.0.0'",
      '.jupyter/jupyter_lab_config.py': WIDE_OPEN,
      '.jupyter/jupyter_config.py': WIDE_OPEN,
    },
  },
  'a password, in files of today and of long ago': {
    files: {
      '.jupyter/jupyter_server_config.json': JSON.stringify({
        PasswordIdentityProvider: { hashed_password: HASHED, password_required: true },
      }),
      '.jupyter/jupyter_notebook_config.py': "c.NotebookApp.token = ''",
      '.ipython/profile_default/ipython_notebook_config.py': "c.NotebookApp.token = ''",
    },
  },
  'anything by variables': {
    files: {
      'a/jupyter_server_config.py': WIDE_OPEN,
      'b/jupyter_server_config.py': WIDE_OPEN,
      '.local/etc/jupyter/jupyter_server_config.py': WIDE_OPEN,
    },
    env: home => ({
      JUPYTER_CONFIG_DIR: join(home, 'a'),
      JUPYTER_CONFIG_PATH: join(home, 'b'),
      JUPYTER_PREFER_ENV_PATH: '0',
      JUPYTER_PLATFORM_DIRS: '1',
      JUPYTER_TOKEN: 'mine',
      JUPYTER_PORT: '1',
      JUPYTER_SERVER_ALLOW_UNAUTHENTICATED_ACCESS: 'true',
      JUPYTER_GATEWAY_URL: 'http://127.0.0.1:9',
      JUPYTERHUB_API_TOKEN: 'mine',
      JUPYTERHUB_SERVICE_PREFIX: '/mine/',
      JUPYTERLAB_DIR: '/nowhere',
    }),
  },
};

describe('npm start beside a Jupyter of the learner’s own', function () {
  this.timeout(120_000);

  const folder = mkdtempSync(join(tmpdir(), 'digits-doors-'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  function write(home: string, files: Record<string, string>): void {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(home, name)), { recursive: true });
      writeFileSync(join(home, name), content);
    }
  }

  /** Asks as a stranger and as the learner. */
  async function isShut(origin: string, token: string): Promise<void> {
    const status = async (path: string, init?: RequestInit) =>
      (await fetch(new URL(path, origin), { redirect: 'manual', ...init })).status;
    const strangers: Record<string, string>[] = [
      {},
      { Authorization: 'token mine' },
      { Authorization: 'token ' },
    ];
    for (const headers of strangers) {
      equal(await status('/api/contents', { headers }), 403);
      equal(await status('/api/kernels', { headers, method: 'POST', body: '{}' }), 403);
      equal(await status('/lab', { headers }), 302);
    }
    const login = await fetch(new URL('/login', origin));
    const Cookie = /_xsrf=[^;]+/.exec(login.headers.get('set-cookie') ?? '')?.[0] ?? '';
    const body = new URLSearchParams({ password: PASSWORD, _xsrf: Cookie.slice('_xsrf='.length) });
    equal(await status('/login', { method: 'POST', body, headers: { Cookie } }), 401);
    equal(await status('/api/contents', { headers: { Authorization: `token ${token}` } }), 200);
    const foreign = await fetch(new URL('/api', origin), {
      headers: { Origin: 'http://evil.example' },
    });
    equal(foreign.headers.get('access-control-allow-origin'), null);
    if (!existsSync('/proc/net/tcp')) return;
    const port = Number(new URL(origin).port).toString(16).toUpperCase().padStart(4, '0');
    const listening = ['tcp', 'tcp6'].flatMap(
      table =>
        readFileSync(`/proc/net/${table}`, 'utf8').match(RegExp(`\\w+:${port} 0+:0000 0A`, 'g')) ??
        [],
    );
    deepEqual(listening, [`0100007F:${port} 00000000:0000 0A`]);
  }

  for (const [name, { files = {}, env }] of Object.entries(CASES)) {
    it(`that is set to ${name}: lets nobody in without the token`, async () => {
      const home = mkdtempSync(join(folder, 'home-'));
      write(home, files);
      const args = ['--no-browser', '--port', String(await ownPort())];
      const start = new NpmStart(args, { env: { HOME: home, ...env?.(home) } });
      try {
        const url = await start.ready();
        await isShut(url.origin, url.searchParams.get('token') ?? '');
        start.type(CTRL_C);
        await start.ended;
        doesNotMatch(start.output, /Traceback|warning/i);
      } finally {
        start.killAll();
      }
    });
  }

  it('nor does what the administrator has set', async () => {
    const system = mkdtempSync(join(folder, 'system-'));
    const names = ['jupyter', 'jupyter_server', 'jupyter_lab', 'jupyter_notebook'];
    write(system, Object.fromEntries(names.map(name => [`${name}_config.py`, WIDE_OPEN])));
    const port = await ownPort();
    const command = await labCommand(pythonEnvironment(), {
      port,
      language: 'en',
      page: '/lab',
      browser: false,
    });
    const script = 'JUPYTER_CONFIG_PATH="$0" exec "$@" 2> /dev/null';
    const origin = `http://127.0.0.1:${port}`;
    const lab = new LabServer(['sh', '-c', script, system, ...command], origin);
    try {
      ok(await lab.answers());
      await isShut(origin, lab.token);
    } finally {
      lab.end();
      await lab.ended;
    }
  });

  it('that has another kernel of this name: the lesson runs on ours', async () => {
    const home = mkdtempSync(join(folder, 'home-'));
    const spec = { argv: ['false'], display_name: 'another', language: 'typescript' };
    write(home, {
      '.local/share/jupyter/kernels/tslab/kernel.json': JSON.stringify(spec),
      'path/kernels/tslab/kernel.json': JSON.stringify(spec),
    });
    const env = { HOME: home, JUPYTER_PATH: join(home, 'path'), JUPYTER_PREFER_ENV_PATH: '0' };
    const start = new NpmStart(['--no-browser', '--port', String(await ownPort())], { env });
    try {
      const url = await start.ready();
      const headers = { Authorization: `token ${url.searchParams.get('token')}` };
      const reply = await fetch(new URL('/api/kernelspecs/tslab', url), { headers });
      match((await reply.json()).spec.display_name, /TypeScript \(tslab\)/);
    } finally {
      start.killAll();
    }
  });

  it('keeps the learner’s settings of JupyterLab, and works without a home to write to', async () => {
    const id = '@jupyterlab/apputils-extension:themes';
    const settings = mkdtempSync(join(folder, 'home-'));
    write(settings, {
      '.jupyter/lab/user-settings/@jupyterlab/apputils-extension/themes.jupyterlab-settings':
        '{"theme": "JupyterLab Dark"}',
    });
    for (const home of [settings, '/dev/null']) {
      const start = new NpmStart(['--no-browser', '--port', String(await ownPort())], {
        env: { HOME: home },
      });
      try {
        const url = await start.ready();
        const headers = { Authorization: `token ${url.searchParams.get('token')}` };
        const place = new URL(`/lab/api/settings/${id}`, url);
        const { raw } = await (await fetch(place, { headers })).json();
        if (home === settings) match(raw, /JupyterLab Dark/);
        const body = JSON.stringify({ raw: '{"theme": "JupyterLab Light"}' });
        equal((await fetch(place, { headers, method: 'PUT', body })).status, 204);
        const kernel = { headers, method: 'POST', body: '{"name": "tslab"}' };
        equal((await fetch(new URL('/api/kernels', url), kernel)).status, 201);
        start.type(CTRL_C);
        await start.ended;
        doesNotMatch(start.output, /Traceback|Error/);
      } finally {
        start.killAll();
      }
    }
  });
});
