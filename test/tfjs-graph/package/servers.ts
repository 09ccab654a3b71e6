/** What a project asks: npm's registry with our packages in it, a mirror of PyPI, and a proxy. */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import serveStatic from 'serve-static';
import { addressOf } from '../../../lib/tfjs-graph/addon/pypi';
import wheels from '../../../lib/tfjs-graph/addon/wheels.json';
import { projectRoot } from '../../../lib/tools/project/paths';

const run = promisify(execFile);

async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Packs the package, and the addons for machines. */
export function packInto(folder: string, machines: readonly string[] = ['linux-x64']) {
  const options = machines.flatMap(machine => ['--machine', machine]);
  const pack = ['run', 'pack', '-w', 'tfjs-graph', '--', '--pack-destination', folder];
  return run('npm', [...pack, ...options], { cwd: projectRoot });
}

/**
 * Packs our packages into a folder, and serves them as npm's registry does; who asks for others is sent to
 * the registry that npm is set to.
 */
export async function registry(tarballs: string, machines?: readonly string[]): Promise<string> {
  await packInto(tarballs, machines);
  const others = (await run('npm', ['config', 'get', 'registry'])).stdout.trim();
  const answer: RequestListener = ({ url = '' }, response) => {
    const name = decodeURIComponent(url.slice(1));
    const tarball = readdirSync(tarballs).find(file => file.replace(/-[\d.]+tgz$/, '') === name);
    if (name.endsWith('.tgz')) {
      response.end(readFileSync(join(tarballs, name)));
    } else if (tarball) {
      response.end(JSON.stringify(documentOf(join(tarballs, tarball), `${address}/${tarball}`)));
    } else {
      response.writeHead(302, { location: new URL(url, others).href }).end();
    }
  };
  const address = await listening(createServer(answer));
  return address;
}

/** Describes a package's only version. */
function documentOf(file: string, tarball: string) {
  const manifest = JSON.parse(
    execFileSync('tar', ['-xzOf', file, 'package/package.json'], { encoding: 'utf8' }),
  );
  const integrity = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
  const { name, version } = manifest;
  const versions = { [version]: { ...manifest, dist: { tarball, integrity } } };
  return { name, 'dist-tags': { latest: version }, versions };
}

const WHEEL = wheels['linux-x64'].file;

/** Takes the real wheel, once: it is kept for the next time. Returns its folder. */
async function wheelFolder(): Promise<string> {
  const folder = join(projectRoot, 'build', 'versions');
  const kept = join(folder, WHEEL);
  if (!existsSync(kept)) {
    mkdirSync(folder, { recursive: true });
    const { body } = await fetch(await addressOf(WHEEL));
    await writeFile(`${kept}.half`, body as ReadableStream<Uint8Array>);
    renameSync(`${kept}.half`, kept);
  }
  return folder;
}

/** A mirror of PyPI that has TensorFlow's wheel, and its faults. */
export class Mirror {
  /** Where the parts began that were asked for. */
  readonly starts: number[] = [];
  /** Breaks connections after so many bytes. */
  breaksAfter = Number.POSITIVE_INFINITY;
  /** Turns the bits of the byte there over. */
  wrongAt = -1;
  servesParts = true;
  index = '';

  static async start(): Promise<Mirror> {
    const mirror = new Mirror();
    const folder = await wheelFolder();
    const [whole, parts] = [false, true].map(acceptRanges => serveStatic(folder, { acceptRanges }));
    const answer: RequestListener = (request, response) => {
      if (request.url === '/simple/tensorflow-cpu/') {
        return response.end(`<a href="../../${WHEEL}#sha256=0" data-x="1">${WHEEL}</a>`);
      }
      mirror.damage(Number(request.headers.range?.match(/\d+/)), response);
      return (mirror.servesParts ? parts : whole)?.(request, response, () =>
        response.writeHead(404).end(),
      );
    };
    mirror.index = `${await listening(createServer(answer))}/simple`;
    return mirror;
  }

  private damage(start: number, response: ServerResponse): void {
    this.starts.push(start);
    const write = response.write.bind(response) as (bytes: Buffer) => boolean;
    let at = start;
    response.write = ((bytes: Buffer) => {
      const wrong = this.wrongAt - at;
      if (wrong >= 0 && wrong < bytes.length)
        bytes.writeUInt8(bytes.readUInt8(wrong) ^ 0xff, wrong);
      at += bytes.length;
      if (at - start > this.breaksAfter) response.destroy();
      return write(bytes);
    }) as typeof response.write;
  }

  /** Serves without faults again. */
  mend(): void {
    Object.assign(this, { ...new Mirror(), index: this.index });
  }
}

/** A proxy that leads to one server whatever it is asked for. Returns its address, and the hosts asked for. */
export async function proxyTo(target: string): Promise<{ address: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer().on('connect', ({ url }, socket) => {
    asked.push(url ?? '');
    const there = connect(Number(new URL(target).port), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      there.pipe(socket).pipe(there);
    });
    for (const each of [there, socket]) each.on('error', () => each.destroy());
  });
  return { address: await listening(server), asked };
}
