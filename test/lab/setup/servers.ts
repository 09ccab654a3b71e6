/** Servers that misbehave like package indexes, proxies and gateways. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, createServer as createPlainServer, type Server } from 'node:net';
import { join } from 'node:path';
import { packageOf } from '../../../lib/lab/setup/packages/requirements';
import { readText } from '../../texts';

/** A server's behaviour for all requests. Default: responds with a web page. */
export interface Behaviour {
  readonly status?: number;
  readonly then?: 'reset' | 'silence';
  /** Lists packages as an index does; each package is a web page. */
  readonly files?: 'page';
  /** Speaks TLS, with a certificate of these properties. */
  readonly certificate?: keyof typeof CERTIFICATES;
}

const PAGE = '<!DOCTYPE html><html><h1>Log in</h1></html>';

const [past, future] = ['20200101000000Z', '20990101000000Z'];
const CERTIFICATES = {
  expired: ['IP:127.0.0.1', past, '20200201000000Z'],
  'self-signed': ['IP:127.0.0.1', past, future],
} as const;

/** Creates a self-signed certificate. */
function makeCertificate(folder: string, kind: keyof typeof CERTIFICATES) {
  const [name, from, to] = CERTIFICATES[kind];
  const [key, cert] = [join(folder, `${kind}.key`), join(folder, `${kind}.pem`)];
  const dates = `-not_before ${from} -not_after ${to}`;
  const extensions = `-addext subjectAltName=${name} -addext basicConstraints=critical,CA:FALSE`;
  const command = `req -x509 -newkey rsa:2048 -nodes -subj /CN=school ${dates} ${extensions}`;
  const args = [...command.split(' '), '-keyout', key, '-out', cert];
  execFileSync('openssl', args, { stdio: 'pipe' });
  return { cert: readFileSync(cert), key: readFileSync(key) };
}

/** Returns the list of a package's versions for npm or for Python's installers. */
function listing(url: string, { accept = '', host = '' }: IncomingHttpHeaders): string {
  if (!accept.includes('vnd.npm')) {
    const name = url.split('/')[2];
    const version = name === 'uv' ? packageOf('uv').version : '1.0';
    const wheel = `${name}-${version}-py3-none-any.whl`;
    return `<a href="/files/${wheel}">${wheel}</a>`;
  }
  const wanted = decodeURIComponent(url.slice(1));
  const lock = JSON.parse(readText('package-lock.json'));
  const versions: Record<string, object> = {};
  for (const [path, entry] of Object.entries<Record<string, string>>(lock.packages)) {
    const { name = path.split('node_modules/').at(-1), version = '', integrity } = entry;
    const dist = { tarball: `http://${host}/files/it.tgz`, integrity };
    if (name === wanted) versions[version] = { name, version, dist };
  }
  return JSON.stringify({ name: wanted, versions });
}

const servers = new Set<Server>();

export function closeServers(): void {
  for (const server of servers) server.close();
  servers.clear();
}

/** Serves a behaviour, to requests to connect as well. Returns its host and port. */
export async function serve(behaviour: Behaviour, folder: string): Promise<string> {
  const { status = 200, then, files, certificate } = behaviour;
  const answer: RequestListener = ({ url = '', headers }, response) => {
    if (then === 'silence') return;
    response.setHeader('content-type', 'text/html');
    if (files && !url.startsWith('/files/')) return response.end(listing(url, headers));
    response.writeHead(status).end(PAGE);
  };
  const server =
    then === 'reset'
      ? createPlainServer(socket => socket.resetAndDestroy())
      : certificate
        ? createSecureServer(makeCertificate(folder, certificate), answer)
        : createServer(answer);
  server.on('connect', (_, socket) => {
    socket.on('error', () => {});
    if (then === 'silence') return;
    socket.end(
      `HTTP/1.1 ${status} Refused\r\nProxy-Authenticate: Basic realm="school"\r\n` +
        `Content-Length: ${PAGE.length}\r\n\r\n${PAGE}`,
    );
  });
  await new Promise<void>(settle => server.listen(0, '127.0.0.1', settle));
  servers.add(server);
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
