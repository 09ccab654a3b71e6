/** Small sets of MNIST's form, folders and mirrors to load them from, and chance. */
import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { sha256 } from '../../lib/command/machine/files';
import { itemAt } from '../../lib/digits/item-at';
import { type Dataset, fileNames } from '../../lib/mnist-data-loader/datasets';
import { put, temporaryFolder } from '../folder';
import { seed } from '../seed';

/** An IDX file: header and big-endian values as they come. */
export function idx(type: number, shape: number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header[2] = type;
  header[3] = shape.length;
  shape.forEach((length, axis) => {
    header.writeUInt32BE(length, 4 + 4 * axis);
  });
  return Buffer.concat([header, values]);
}

/** Uint8 values that differ between seeds. */
export function bytes(length: number, seed: number, below = 256): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 17 + (i >> 3)) % below);
}

export interface SmallSet {
  dataset: Dataset;
  /** The four raw files by name. */
  raw: Map<string, Buffer>;
}

/**
 * A set of MNIST's form with few images of 6 × 6, with pinned checksums like the real sets.
 */
export function smallSet(seed = 1, [train, test] = [20, 5]): SmallSet {
  const shapes = [[train, 6, 6], [train], [test, 6, 6], [test]];
  const raw = new Map<string, Buffer>();
  const files = fileNames.map((name, i) => {
    const shape = itemAt(shapes, i);
    const size = shape.reduce((product, n) => product * n, 1);
    const content = idx(8, shape, bytes(size, seed + i, shape.length === 1 ? 10 : 256));
    raw.set(name, content);
    return { name, shape, sha256: sha256(content) };
  });
  const names = { name: 'small', title: 'Small', licence: 'ours', folder: '.' };
  return { dataset: { ...names, mirrors: [], files }, raw };
}

/** Returns a file of the set. */
export const rawOf = ({ raw }: SmallSet, name: string): Buffer => raw.get(name) as Buffer;

/** A folder that holds the set's raw files. */
export function folderOf(set: SmallSet): string {
  const folder = join(temporaryFolder(), randomUUID());
  put(folder, set.raw);
  return folder;
}

/** Returns an option that collects warnings, and the warnings. */
export function warned() {
  const warnings: string[] = [];
  return { warnings, warn: (message: string) => void warnings.push(message) };
}

/** A mirror on this machine. */
export interface Mirror {
  url: string;
  /** Paths asked for, in order. */
  requests: string[];
  close(): Promise<void>;
}

const open: Mirror[] = [];

/** Starts a server. Browsers do not trust pages of another `host` than this machine. */
export async function mirror(answer: RequestListener, host = '127.0.0.1'): Promise<Mirror> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>(ready => server.listen(0, host, ready));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>(closed => {
      server.close(() => closed());
      server.closeAllConnections();
    });
  const started = { url: `http://${host}:${port}/`, requests, close };
  open.push(started);
  return started;
}

export async function closeMirrors(): Promise<void> {
  await Promise.all(open.splice(0).map(server => server.close()));
}

/** Serves the files by name as `.gz`. */
export function serving(raw: ReadonlyMap<string, Uint8Array>): RequestListener {
  const packed = new Map([...raw].map(([name, content]) => [`/${name}.gz`, gzipSync(content)]));
  return (request, response) => {
    const content = packed.get(request.url ?? '');
    if (!content) response.writeHead(404).end('not here');
    else response.writeHead(200, { 'content-length': content.length }).end(content);
  };
}

/** A random value per trial. */
export function random<T>(count: number, values: fc.Arbitrary<T>): T[] {
  return fc.sample(values, { seed, numRuns: count });
}

/** Random positions as fractions of a length, from 0 to below 1. */
export function randomParts(count: number): number[] {
  return random(count, fc.noBias(fc.nat(2 ** 20 - 1))).map(integer => integer / 2 ** 20);
}
