import { equal, match, ok } from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { Failure } from '../../../lib/tools/project/failure.mjs';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';
import { buildSite } from '../../../lib/tools/site/build';
import { ownFolder, ownPort } from '../../own';
import { printed } from '../../support';
import { builtSite } from './support';

describe('npm run site', function () {
  this.timeout(600_000);

  /** A build into a folder with a site of before, by a Python that does not work; what it ends with. */
  async function failedBuild(name: string, prepare: (prefix: string) => void) {
    const folder = ownFolder('builds', name);
    rmSync(folder, { recursive: true, force: true });
    const site = join(folder, 'site');
    mkdirSync(site, { recursive: true });
    writeFileSync(join(site, 'index.html'), 'the last good site');
    const prefix = join(folder, 'python');
    mkdirSync(join(prefix, 'bin'), { recursive: true });
    prepare(prefix);
    let failure: Failure | undefined;
    const output = await printed(() =>
      buildSite(pythonEnvironment(prefix), site).catch(error => {
        failure = error;
      }),
    );
    return { failure, output, site };
  }

  it('leaves the last good site where a step fails, and names the step, its last lines and its log', async () => {
    const { failure, output, site } = await failedBuild('lite', prefix => {
      symlinkSync(join(pythonEnvironment().prefix, 'share'), join(prefix, 'share'));
      const python = join(prefix, 'bin', 'python');
      writeFileSync(python, '#!/bin/sh\necho the disk is made of cheese\nexit 3\n');
      chmodSync(python, 0o755);
    });
    match(output, /✔ The kernel in the browser: .*\n(.*\n)*✖ JupyterLite \[/);
    match(failure?.message ?? '', /^JupyterLite failed\.\n\nthe disk is made of cheese\n/);
    const [, log = ''] = /Full log: (.*)$/.exec(failure?.message ?? '') ?? [];
    ok(readFileSync(log, 'utf8').includes('the disk is made of cheese'));
    equal(readFileSync(join(site, 'index.html'), 'utf8'), 'the last good site');
  });

  it('does so where a file is missing that a step needs', async () => {
    const { failure, site } = await failedBuild('extensions', () => {});
    match(failure?.message ?? '', /^Extensions of JupyterLab failed\.\n\n.*jupyterlab-plotly/);
    ok(existsSync(/Full log: (.*)$/.exec(failure?.message ?? '')?.[1] ?? ''));
    equal(readFileSync(join(site, 'index.html'), 'utf8'), 'the last good site');
  });

  describe('--serve', () => {
    let server: ChildProcess | undefined;
    afterEach(() => server?.kill('SIGKILL'));

    /** Serves the site at a port, and returns what it printed up to its address, with that. */
    async function serve(port: number): Promise<{ output: string; address: string }> {
      const program = join(__dirname, 'serve.ts');
      const args = ['--import', 'tsx', program, await builtSite(), String(port)];
      server = spawn(process.execPath, args, { cwd: projectRoot });
      let output = '';
      for await (const text of server.stdout ?? []) {
        output += text;
        const [address] = /http:\S+/.exec(output) ?? [];
        if (address && /Ctrl\+C/.test(output)) return { output, address };
      }
      throw new Error(`no address: ${output}`);
    }

    it('prints the address, and ends at Ctrl+C also while a browser holds a connection', async () => {
      const port = await ownPort();
      const { address } = await serve(port);
      equal(address, `http://127.0.0.1:${port}/`);
      match(await (await fetch(address)).text(), /<h1>/);
      const ended = once(server as ChildProcess, 'exit');
      server?.kill('SIGINT');
      const [code] = await ended;
      equal(code, 0);
    });

    it('moves on from a taken port, and says so', async () => {
      const port = await ownPort();
      const taken = createServer().listen({ port, host: '127.0.0.1' });
      await once(taken, 'listening');
      try {
        const { output, address } = await serve(port);
        match(output, new RegExp(`Port ${port} is taken; using \\d+\\.`));
        equal((await fetch(address)).status, 200);
      } finally {
        taken.close();
      }
    });
  });
});
