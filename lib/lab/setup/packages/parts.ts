/**
 * Downloads only the needed files of large wheels, into a cache shared by the user's clones. Runs itself as a
 * subprocess, because Node reads proxies and certificates only at startup.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { canWrite } from 'command/machine/disk.mjs';
import { machineName } from 'command/machine/machine';
import { projectRoot } from 'command/machine/paths';
import { changedFiles, type Entry, withManifest } from 'command/npm/manifest.mjs';
import { uvConfigFile } from 'command/npm/user-settings.mjs';
import { type Report, type RunOptions, runLogged } from 'command/processes/run-logged';
import { cacheFolder, folderOf, type Wheel, wheel } from 'tfjs-graph/install/cache';
import headers from 'tfjs-graph/install/headers.json';
import { provide } from 'tfjs-graph/install/provide';
import { pipSettings, uvSettings } from './pip-settings';
import uvWheels from './uv-wheels.json';

const uv = (uvWheels as Record<string, Wheel>)[machineName()];
const WHEELS = { libraries: wheel, headers, uv };

/** Replaces an unwritable shared cache. Deleted when set-up completes. */
export const localCache = join(projectRoot, 'build', 'setup', 'tfjs-graph-cache');

export const sharedCache = (folder = cacheFolder()): string =>
  canWrite(folder) || existsSync(folder) ? folder : localCache;

/** Returns a folder with a wheel's needed files. Returns `undefined` on failure: uv or pip may still succeed. */
export async function fetchParts(
  kind: keyof typeof WHEELS,
  options: RunOptions,
  report: Report,
): Promise<string | undefined> {
  const wheel = WHEELS[kind];
  if (!wheel) return undefined;
  const TFJS_GRAPH_CACHE = sharedCache();
  const folder = folderOf(wheel, TFJS_GRAPH_CACHE);
  if (await hasAllFiles(folder, wheel)) return folder;
  // Delete damaged files: `provide` checks only the sizes of cached files.
  rmSync(folder, { recursive: true, force: true });
  const settings = await downloadVariables();
  if (!settings) return undefined;
  const flags = ['--use-system-ca'].filter(flag => process.allowedNodeEnvironmentFlags.has(flag));
  const args = [...flags, '--require', 'tsx/cjs', __filename, kind];
  const env = { ...settings, TFJS_GRAPH_CACHE };
  return runLogged(process.execPath, args, { ...options, env, onLine: report }).then(
    () => folder,
    () => undefined,
  );
}

/** Returns the variables for downloads without uv, or `undefined` if uv is offline or only uv knows the index or proxy. */
async function downloadVariables() {
  const { args, env: settings } = uvSettings(await pipSettings());
  const env: NodeJS.ProcessEnv = { ...process.env, ...settings };
  const isUnreachable =
    env.HTTPS_PROXY || env.https_proxy
      ? !process.allowedNodeEnvironmentFlags.has('--use-env-proxy')
      : env.ALL_PROXY || env.all_proxy;
  if (args.length > 0 || uvConfigFile() || env.UV_OFFLINE || isUnreachable) return undefined;
  const NODE_EXTRA_CA_CERTS = env.NODE_EXTRA_CA_CERTS || env.SSL_CERT_FILE;
  return { ...settings, NODE_EXTRA_CA_CERTS, NODE_USE_ENV_PROXY: '1' };
}

/** Records when wheel files were verified. Hard links share the cache's modification times. */
const manifestFile = join(projectRoot, 'build', 'setup', 'wheels.json');

/** Returns whether a folder holds all files of a wheel with matching checksums; see {@link changedFiles}. */
export const hasAllFiles = (folder: string, { files }: Wheel, thorough = false): Promise<boolean> =>
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
