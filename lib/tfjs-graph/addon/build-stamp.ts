/** Stamps an addon with what it was built from, and tells whether a new build would differ. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  addonFile,
  type BuildConfig,
  compilerFlags,
  headersVersion,
  linkerFlags,
  ownSources,
  versionIn,
} from './build-config';

interface Facts {
  readonly version: string | undefined;
  readonly tfjs: string;
  readonly headers: string;
  readonly flags: readonly string[];
  /** The SHA-256 of each source of ours. */
  readonly source: string;
}

interface Compiled extends Facts {
  readonly sha256: string;
}

/** A reason to build an addon anew. The versions are such as `tensorflow-cpu==2.20.0, tfjs 4.22.0`. */
export type Trouble =
  | { readonly code: 'missing' }
  /** It was made by others, or whoever made it did not come to the end. */
  | { readonly code: 'no-record' }
  | { readonly code: 'other-version'; readonly from: string; readonly to: string }
  | { readonly code: 'other-source' }
  | { readonly code: 'other-folders' }
  /** It is not the file that was made. */
  | { readonly code: 'changed' };

const sha256 = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

export const recordFile = (addon: string): string => join(dirname(addon), 'tfjs-graph-addon.json');

const factsOf = (config: BuildConfig): Facts => ({
  version: config.version,
  tfjs: versionIn(config.tfjs),
  headers: headersVersion(),
  flags: [...compilerFlags(config), ...linkerFlags(config)],
  source: ownSources().map(sha256).join(),
});

/** Returns the record of a new addon as text. */
export function recordOf(config: BuildConfig, addon: string): string {
  const compiled: Compiled = { ...factsOf(config), sha256: sha256(addon) };
  return `${JSON.stringify(compiled, undefined, 2)}\n`;
}

/** Tells what is wrong with the addon; `undefined` if it is what the config gives. */
export function addonTrouble(config: BuildConfig): Trouble | undefined {
  const addon = addonFile(config.tfjs);
  if (!existsSync(addon)) return { code: 'missing' };
  const made = read(recordFile(addon));
  if (!made) return { code: 'no-record' };
  const { sha256: whole, ...before } = made;
  const now = factsOf(config);
  if (JSON.stringify(before) !== JSON.stringify(now)) {
    const [from = '', to = ''] = [before, now].map(
      ({ version, tfjs }) => `${version}, tfjs ${tfjs}`,
    );
    if (from !== to) return { code: 'other-version', from, to };
    return { code: before.source === now.source ? 'other-folders' : 'other-source' };
  }
  return sha256(addon) === whole ? undefined : { code: 'changed' };
}

function read(file: string): Compiled | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
