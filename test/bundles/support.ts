/** Bundles and serves the packages for a browser, and runs code on the bundles in a page and in a worker. */
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../lib/command/machine/paths';
import { closePages, sharedBrowser } from '../browser';
import { mirror } from '../mnist-data-loader/support';
import { readText } from '../texts';

export interface Bundle {
  readonly code: string;
  readonly metafile: Metafile;
}

/** Bundles a module for a page without a plugin; the exports become `lib`. */
export async function bundled(contents: string, options: BuildOptions = {}): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: projectRoot },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'lib',
    target: 'es2022',
    tsconfigRaw: {},
    write: false,
    metafile: true,
    logLevel: 'silent',
    ...options,
  });
  return { code: outputFiles?.[0]?.text ?? '', metafile: metafile as Metafile };
}

/** An address of this machine that browsers do not trust; undefined without a network. */
export const untrustedAddress = (): string | undefined =>
  Object.values(networkInterfaces())
    .flat()
    .find(network => network?.family === 'IPv4' && !network.internal)?.address;

/** A server's response to a path. */
export type Answer = Uint8Array | string | ((response: ServerResponse) => void);

export interface Site {
  /** Ends with a slash. */
  readonly url: string;
  /** Responses by path, without the leading slash. Other paths respond with 404. */
  readonly files: Map<string, Answer>;
  /** The paths that were asked for. */
  readonly requests: string[];
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  wasm: 'application/wasm',
};

/**
 * Serves files of the memory on this machine.
 *
 * @param host the host name; browsers trust only pages of `127.0.0.1`.
 */
export async function serve(files = new Map<string, Answer>(), host?: string): Promise<Site> {
  const requests: string[] = [];
  const { url, close } = await mirror(({ url = '' }, response) => {
    const path = url.slice(1);
    requests.push(path);
    const content = files.get(path);
    if (content === undefined) {
      response.writeHead(404).end('not here');
    } else if (typeof content === 'function') {
      content(response);
    } else {
      const type = TYPES[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      const body = Buffer.from(content);
      response.writeHead(200, { 'content-type': type, 'content-length': body.length }).end(body);
    }
  }, host);
  return { url, files, requests, close };
}

/** Where code runs. */
type Place = 'page' | 'worker';

/** Runs the body of an async function, and returns the result as JSON. */
type Run = <T>(body: string) => Promise<T>;

/** Opens a page of a site that has the bundle, or a worker in such a page. */
export async function open(site: Site, code: string, place: Place): Promise<[Run, Page]> {
  site.files.set('index.html', '<!doctype html><meta charset="utf-8"><title>bundle</title>');
  site.files.set('lib.js', code);
  site.files.set('worker.js', readText('test/bundles/worker.js'));
  const page = await (await sharedBrowser()).newPage();
  await page.goto(`${site.url}index.html`);
  if (place === 'page') {
    await page.addScriptTag({ url: 'lib.js' });
    return [body => page.evaluate(`(async () => { ${body} })()`), page];
  }
  await page.evaluate(readText('test/bundles/page.js'));
  return [body => page.evaluate(`ask(${JSON.stringify(body)})`), page];
}

/** Opens a bundle and the engine's files for the tests of a suite, and closes the page after the suite. */
export function hosted(place: Place, entry: string, options: BuildOptions = {}) {
  let site: Site;
  let page: Page;
  let inPlace: Run;
  before(async () => {
    site = await serve();
    const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm'));
    for (const file of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
      site.files.set(`wasm/${file}`, readFileSync(join(folder, file)));
    }
    [inPlace, page] = await open(site, (await bundled(entry, options)).code, place);
  });
  after(async () => {
    await closePages();
    await site.close();
  });
  const run: Run = body => inPlace(body);
  return {
    get site() {
      return site;
    },
    get page() {
      return page;
    },
    run,
  };
}
