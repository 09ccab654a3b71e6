/** The program `tfjs-graph`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { program as said } from '../messages/en';
import { version } from '../package.json';
import { find, placeAddon, SYSTEM, TFJS_NODE, wheel } from './cache';
import { AddonError } from './process';
import { provide } from './provide';

const WRONG_ARGUMENTS = 2;

const parsed = (args: string[]) =>
  parseArgs({
    args,
    allowPositionals: true,
    options: {
      tensorflow: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', default: false },
    },
  });

/** @returns the exit code. */
async function main(args: string[]): Promise<number> {
  let given: ReturnType<typeof parsed>;
  try {
    given = parsed(args);
  } catch (error) {
    return refuse((error as Error).message);
  }
  const { values, positionals } = given;
  if (values.help) return tell(said.help);
  if (values.version) return tell(`${version}\n`);
  const [command, ...others] = positionals;
  if (command === undefined) return refuse(said.noCommand);
  if ((command !== 'addon' && command !== 'libraries') || others.length > 0) {
    return refuse(said.otherCommand(positionals.join(' ')));
  }
  try {
    if (!wheel) throw new AddonError(said.noWheel(SYSTEM));
    const { tensorflow } = values;
    const folder = tensorflow ? installedIn(tensorflow) : await provide(wheel, draw);
    if (command === 'libraries') return tell(`${folder}\n`);
    return giveAddons(process.cwd(), folder);
  } catch (error) {
    const isMendable = error instanceof AddonError || 'syscall' in (error as object);
    process.stderr.write(`${isMendable ? (error as Error).message : (error as Error).stack}\n`);
    return 1;
  }
}

function tell(text: string): number {
  process.stdout.write(text);
  return 0;
}

function refuse(why: string): number {
  process.stderr.write(`${why}\n\n${said.help}`);
  return WRONG_ARGUMENTS;
}

let shown = '';

/** Shows how many megabytes have come: in one line of a terminal, else in a line for each tenth. */
function draw(received: number, total: number): void {
  const { isTTY } = process.stderr;
  const parts = isTTY ? 1000 : 10;
  const megabytes = (Math.floor((received / total) * parts) / parts) * (total / 1e6);
  const line = said.progress(megabytes.toFixed(0), (total / 1e6).toFixed(0));
  if (line === shown) return;
  shown = line;
  process.stderr.write(isTTY ? `\r${line}${received < total ? '' : '\n'}` : `${line}\n`);
}

/** Finds a `site-packages` with TensorFlow, by its own folder or by that of TensorFlow in it. */
function installedIn(given: string): string {
  const library = Object.keys(wheel?.files ?? {}).at(-1) ?? '';
  const found = [resolve(given), dirname(resolve(given))].find(each =>
    existsSync(join(each, library)),
  );
  if (wheel && found) return found;
  throw new AddonError(said.noTensorflow(resolve(given)));
}

/**
 * Links the addon to where each package of TensorFlow.js that a project has looks for it.
 *
 * @param folder has TensorFlow's libraries.
 * @throws AddonError if there is no such package, or no addon.
 */
function giveAddons(project: string, folder: string): number {
  const from = join(project, 'package.json');
  const manifests = TFJS_NODE.flatMap(name => find(`${name}/package.json`, from) ?? []);
  if (manifests.length === 0) throw new AddonError(said.noTfjs(TFJS_NODE.join(' or '), project));
  const addon = find(`tfjs-graph-${SYSTEM}`);
  if (!wheel || !addon) throw new AddonError(said.noAddon(SYSTEM));
  for (const manifest of manifests) {
    // As the package asks itself.
    const link: string = createRequire(manifest)('@mapbox/node-pre-gyp').find(manifest);
    mkdirSync(dirname(link), { recursive: true });
    rmSync(link, { force: true });
    symlinkSync(placeAddon(addon, wheel, folder), link);
    tell(`${said.given(link, folder)}\n`);
  }
  return 0;
}

/** Starts this again where there is a proxy: Node goes by it only if it is told so at its start. */
function restarted(): number | undefined {
  const { env } = process;
  if (!(env.HTTPS_PROXY || env.https_proxy) || env.NODE_USE_ENV_PROXY) return undefined;
  if (!process.allowedNodeEnvironmentFlags.has('--use-env-proxy')) {
    process.stderr.write(said.noProxy(process.version));
    return undefined;
  }
  const { status } = spawnSync(process.execPath, process.argv.slice(1), {
    stdio: 'inherit',
    env: { ...env, NODE_USE_ENV_PROXY: '1' },
  });
  return status ?? 1;
}

process.exitCode = restarted();
if (process.exitCode === undefined) {
  main(process.argv.slice(2)).then(code => {
    process.exitCode = code;
  });
}
