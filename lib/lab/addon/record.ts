/** The build record stored next to an addon. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { sha256 as hash, readJson, writeJson } from 'command/machine/files';
import { sha256 } from 'tfjs-graph/install/cache';
import { type BuildConfig, flagsOf, nodeHeaders, opSources, tfjs } from './compile';

/** Returns the path of TensorFlow.js's addon, resolved like TensorFlow.js does. */
export function addonFile(): string {
  const manifest = join(tfjs, 'package.json');
  return createRequire(manifest)('@mapbox/node-pre-gyp').find(manifest);
}

const recordFile = (addon: string): string => join(dirname(addon), 'tfjs-graph-addon.json');

const versionIn = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** Returns a digest of the addon's sources and build options. Addons with equal digests are interchangeable. */
export function digestOf(config: BuildConfig): string {
  const { machine, version } = config;
  const versions = [version, versionIn(tfjs), versionIn(nodeHeaders)];
  const sources = opSources(/\.(cc|h)$/).map(sha256);
  const parts = [...versions, machine, flagsOf(config), sources];
  return hash(JSON.stringify(parts));
}

export const writeRecord = (addon: string, config: BuildConfig): void =>
  writeJson(recordFile(addon), { digest: digestOf(config), sha256: sha256(addon) });

/** Returns an addon's recorded digest, or `undefined` without a record or if the addon has changed since. */
export function readDigest(addon: string): string | undefined {
  const record = readJson<{ digest: string; sha256: string }>(recordFile(addon));
  return record?.sha256 === sha256(addon) ? record?.digest : undefined;
}

/** Returns the reason for a rebuild, or `undefined` if the addon matches `config`. */
export function rebuildReason(config: BuildConfig): 'missing' | 'changed' | 'other' | undefined {
  if (!existsSync(addonFile())) return 'missing';
  const digest = readDigest(addonFile());
  if (!digest) return 'changed';
  return digest === digestOf(config) ? undefined : 'other';
}
