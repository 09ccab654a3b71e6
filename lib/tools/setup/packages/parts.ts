/**
 * Fetches what is needed of some wheels, by parts, into a cache that the clones of a user share. It is a program
 * as well: Node hears of proxies and certificates at its start alone.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, folderOf, type Wheel, wheel } from 'tfjs-graph/addon/cache';
import headers from 'tfjs-graph/addon/headers.json';
import { provide } from 'tfjs-graph/addon/provide';
import { canWrite } from '../../project/disk.mjs';
import { machineName } from '../../project/machine';
import { projectRoot } from '../../project/paths';
import { type Report, type RunOptions, runLogged } from '../../project/run-logged';
import { changedFiles, type Entry, withManifest } from './manifest.mjs';
import { downloadVariables, pipSettings } from './pip-settings';
import uvWheels from './uv-wheels.json';

const uv = (uvWheels as Record<string, Wheel>)[machineName()];
const WHEELS = { libraries: wheel, headers, uv };

/** Takes the place of the shared cache if that cannot be made, until set-up has come to its end. */
export const ownCache = join(projectRoot, 'build', 'setup', 'tfjs-graph-cache');

/** Names the shared cache. */
export const sharedCache = (folder = cacheFolder()): string =>
  canWrite(folder) || existsSync(folder) ? folder : ownCache;

/**
 * Returns the folder that holds what is needed of a wheel; `undefined` if it cannot be had, for whatever reason:
 * uv, or pip, may know how, or say what is the matter.
 */
export async function byParts(
  kind: keyof typeof WHEELS,
  options: RunOptions,
  report: Report,
): Promise<string | undefined> {
  const wheel = WHEELS[kind];
  if (!wheel) return undefined;
  const TFJS_GRAPH_CACHE = sharedCache();
  const folder = folderOf(wheel, TFJS_GRAPH_CACHE);
  if (await hasParts(folder, wheel)) return folder;
  // It would count as cached by the sizes of its files alone.
  rmSync(folder, { recursive: true, force: true });
  const settings = downloadVariables(await pipSettings());
  if (!settings) return undefined;
  const trust = ['--use-system-ca'].filter(flag => process.allowedNodeEnvironmentFlags.has(flag));
  const args = [...trust, '--require', 'tsx/cjs', __filename, kind];
  const env = { ...settings, TFJS_GRAPH_CACHE };
  return runLogged(process.execPath, args, { ...options, env, onLine: report }).then(
    () => folder,
    () => undefined,
  );
}

/** Holds when files of wheels were verified, by their paths: a link in the cache has the same modification time. */
const manifestFile = join(projectRoot, 'build', 'setup', 'wheels.json');

/** Returns whether a folder holds the files of a wheel, by their checksums; see {@link changedFiles}. */
export const hasParts = (folder: string, { files }: Wheel, thorough = false): Promise<boolean> =>
  withManifest(manifestFile, async manifest => {
    const entries: Record<string, Entry> = {};
    for (const [path, { unpacked: size, sha256 }] of Object.entries(files)) {
      entries[path] = { ...manifest[path], size, sha256 };
    }
    Object.assign(manifest, entries);
    return (await changedFiles(folder, entries, thorough)).length === 0;
  });

if (require.main === module) {
  provide(WHEELS[process.argv[2] as 'headers'], (percent, megabytes) =>
    console.log(`${Math.round((percent * megabytes) / 100)}/${megabytes} MB`),
  ).catch(({ message }) => {
    console.error(message);
    process.exitCode = 1;
  });
}
