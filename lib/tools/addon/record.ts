/** What an addon is built from, and the record of that beside it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { addonPath } from 'digits/device/plan';
import { sha256 } from 'tfjs-graph/addon/cache';
import { readJson, writeJson } from '../project/files';
import { type BuildConfig, flagsOf, nodeHeaders, ownSources, tfjs } from './compile';

/** A reason to build an addon anew. */
export type Trouble =
  /** `no-record`: made by others, or whoever made it did not come to the end. */
  | { code: 'missing' | 'no-record' | 'other-source' | 'changed' }
  /** The versions are such as `tensorflow-cpu==2.20.0, tfjs 4.22.0`. */
  | { code: 'other-version'; from: string; to: string };

type Facts = ReturnType<typeof factsOf>;

export const recordFile = (addon: string): string => join(dirname(addon), 'tfjs-graph-addon.json');

const versionIn = (folder: string): string =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;

/** What an addon is built from: the versions, and the digest of all that goes into it, wherever that stands. */
function factsOf(config: BuildConfig) {
  const { machine, version } = config;
  const ofTfjs = versionIn(tfjs);
  const sources = ownSources(/\.(cc|h)$/).map(sha256);
  // The package with CUDA has the same interface.
  const parts = [
    version.replace(/.*==/, ''),
    ofTfjs,
    versionIn(nodeHeaders),
    machine,
    flagsOf(config),
    sources,
  ];
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  return { versions: `${version}, tfjs ${ofTfjs}`, digest };
}

/** Names what an addon is built from: two of one name do the same, whoever has compiled them. */
export const digestOf = (config: BuildConfig): string => factsOf(config).digest;

const readRecord = (addon: string) =>
  readJson<Facts & { readonly sha256: string }>(recordFile(addon));

export const writeRecord = (addon: string, config: BuildConfig): void =>
  writeJson(recordFile(addon), { ...factsOf(config), sha256: sha256(addon) });

/** Tells whether an addon is there as its record has it. */
export const isWhole = (addon: string): boolean =>
  existsSync(addon) && sha256(addon) === readRecord(addon)?.sha256;

/** Tells what is wrong with the addon; `undefined` if it is what the config gives. */
export function addonTrouble(config: BuildConfig): Trouble | undefined {
  const addon = addonPath();
  if (!existsSync(addon)) return { code: 'missing' };
  const made = readRecord(addon);
  if (!made?.digest) return { code: 'no-record' };
  const { versions, digest } = factsOf(config);
  if (made.versions !== versions) {
    return { code: 'other-version', from: made.versions, to: versions };
  }
  if (made.digest !== digest) return { code: 'other-source' };
  return isWhole(addon) ? undefined : { code: 'changed' };
}
