/** Command line: `npx tfjs-graph libraries` downloads TensorFlow's libraries. */
import { spawnSync } from 'node:child_process';
import { program as texts } from '../messages/en';
import { SYSTEM, wheel } from './cache';
import { provide } from './provide';

const { argv, env, execPath, stderr, version } = process;

async function main(): Promise<void> {
  if (argv[2] !== 'libraries') throw new Error(texts.usage);
  if (!wheel) throw new Error(texts.noWheel(SYSTEM));
  console.log(await provide(wheel, draw));
}

/** Shows the progress: on one line of a terminal, otherwise a line for every ten percent. */
function draw(percent: number, megabytes: number): void {
  const line = texts.progress(percent, megabytes);
  if (stderr.isTTY) stderr.write(`\r${line}${percent < 100 ? '' : '\n'}`);
  else if (percent % 10 === 0) console.error(line);
}

/** Restarts this program if a proxy is set, because Node enables proxies only at startup. Returns the exit code. */
function restarted(): number | undefined {
  if (!(env.HTTPS_PROXY || env.https_proxy) || env.NODE_USE_ENV_PROXY) return undefined;
  if (!process.allowedNodeEnvironmentFlags.has('--use-env-proxy')) {
    console.error(texts.noProxy(version));
    return undefined;
  }
  const options = { stdio: 'inherit', env: { ...env, NODE_USE_ENV_PROXY: '1' } } as const;
  return spawnSync(execPath, argv.slice(1), options).status ?? 1;
}

process.exitCode = restarted();
if (process.exitCode === undefined) {
  main().catch(({ message }) => {
    console.error(message);
    process.exitCode = 1;
  });
}
