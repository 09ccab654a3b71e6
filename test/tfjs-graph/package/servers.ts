/** What a project asks: npm's registry with our packages in it, a mirror of PyPI, and a proxy. */
import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync } from 'node:fs';
import { open, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { addressOf } from '../../../lib/tfjs-graph/addon/pypi';
import wheels from '../../../lib/tfjs-graph/addon/wheels.json';
import { projectRoot } from '../../../lib/tools/project/paths';

const run = promisify(execFile);

async function listening(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export const packInto = (folder: string) =>
  run('npm', ['run', 'pack', '-w', 'tfjs-graph', '--', '--pack-destination', folder], {
    cwd: projectRoot,
  });

/**
 * Packs our packages into a folder, and serves them as npm's registry does; who asks for others is sent to
 * the registry that npm is set to.
 */
export async function registry(tarballs: string): Promise<string> {
  await packInto(tarballs);
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

/** A mirror of PyPI that has TensorFlow's wheel. */
export class Mirror {
  private constructor(
    private readonly wheel: string,
    private readonly server = createServer((request, response) => {
      this.answer(request.url ?? '', request.headers.range, response).catch(() =>
        response.destroy(),
      );
    }),
  ) {}

  /** Where the parts began that were asked for. */
  readonly starts: number[] = [];
  /** Breaks connections after so many bytes. */
  breaksAfter = Number.POSITIVE_INFINITY;
  /** Turns the bits of the byte there over. */
  wrongAt: number | undefined;
  partsServed = true;
  private address = '';

  /** Takes the real wheel, which is kept for the next time. */
  static async start(): Promise<Mirror> {
    const { file } = wheels['linux-x64'];
    const kept = join(projectRoot, 'build', 'versions', file);
    if (!existsSync(kept)) {
      mkdirSync(join(projectRoot, 'build', 'versions'), { recursive: true });
      const { body } = await fetch(await addressOf(file));
      await writeFile(`${kept}.half`, body as ReadableStream<Uint8Array>);
      renameSync(`${kept}.half`, kept);
    }
    const mirror = new Mirror(kept);
    mirror.address = await listening(mirror.server);
    return mirror;
  }

  get index(): string {
    return `${this.address}/simple`;
  }

  /** Serves without faults again. */
  mend(): void {
    this.starts.length = 0;
    this.wrongAt = undefined;
    this.breaksAfter = Number.POSITIVE_INFINITY;
    this.partsServed = true;
  }

  private async answer(
    url: string,
    range: string | undefined,
    response: Parameters<RequestListener>[1],
  ): Promise<void> {
    const { file } = wheels['linux-x64'];
    if (url === '/simple/tensorflow-cpu/') {
      response.end(`<a href="../../files/${file}#sha256=0" data-x="1">${file}</a>`);
    } else if (url !== `/files/${file}`) {
      response.writeHead(404).end();
    } else if (!this.partsServed) {
      response.writeHead(200).end('the whole');
    } else {
      const [start = 0, end = 0] = (range?.match(/\d+/g) ?? []).map(Number);
      this.starts.push(start);
      response.writeHead(206, { 'content-length': end + 1 - start });
      await this.send(start, end + 1, response);
    }
  }

  private async send(start: number, end: number, response: Parameters<RequestListener>[1]) {
    const handle = await open(this.wheel);
    const closed = once(response, 'close');
    try {
      for (let at = start; at < end; ) {
        if (at - start >= this.breaksAfter) return void response.destroy();
        const { buffer, bytesRead } = await handle.read({
          ...{ position: at, buffer: Buffer.alloc(1e6), length: Math.min(1e6, end - at) },
        });
        const { wrongAt = -1 } = this;
        if (wrongAt >= at && wrongAt < at + bytesRead) {
          buffer.writeUInt8(buffer.readUInt8(wrongAt - at) ^ 0xff, wrongAt - at);
        }
        if (!response.write(buffer.subarray(0, bytesRead))) {
          await Promise.race([once(response, 'drain'), closed]);
        }
        if (response.destroyed) return;
        at += bytesRead;
      }
      response.end();
    } finally {
      await handle.close();
    }
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
