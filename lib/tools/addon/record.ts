/** What an addon is built from, and the record of that beside it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 } from 'tfjs-graph/addon/cache';
import { readJson, writeJson } from '../project/files';
import { type BuildConfig, flagsOf, nodeHeaders, ownSources, tfjs } from './compile';

/** Returns where TensorFlow.js looks for its addon, as it asks itself. */
export function addonFile(): string {
  const manifest = join(tfjs, 'package.json');
  return createRequire(manifest)('@mapbox/node-pre-gyp').find(manifest);
}

const recordFile = (addon: string): string => join(dirname(addon), 'tfjs-graph-addon.json');

const versionIn = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/**
 * Returns the digest of all that an addon is built from, wherever that stands: two of one digest do the same, whoever
 * has compiled them.
 */
export function digestOf(config: BuildConfig): string {
  const { machine, version } = config;
  const versions = [version, versionIn(tfjs), versionIn(nodeHeaders)];
  const sources = ownSources(/\.(cc|h)$/).map(sha256);
  const parts = [...versions, machine, flagsOf(config), sources];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

export const writeRecord = (addon: string, config: BuildConfig): void =>
  writeJson(recordFile(addon), { digest: digestOf(config), sha256: sha256(addon) });

/** Returns the digest of what an addon was built from; `undefined` if none is there as it was made. */
export function recordedDigest(addon: string): string | undefined {
  const record = readJson<{ digest: string; sha256: string }>(recordFile(addon));
  return record?.sha256 === sha256(addon) ? record?.digest : undefined;
}

/** Tells why the addon is to be built anew; `undefined` if it is what the config gives. */
export function addonTrouble(config: BuildConfig): 'missing' | 'changed' | 'other' | undefined {
  if (!existsSync(addonFile())) return 'missing';
  const digest = recordedDigest(addonFile());
  if (!digest) return 'changed';
  return digest === digestOf(config) ? undefined : 'other';
}
