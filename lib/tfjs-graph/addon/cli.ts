/** The program of the package: `npx tfjs-graph libraries` fetches TensorFlow's libraries. */
import { spawnSync } from 'node:child_process';
import { program as said } from '../messages/en';
import { SYSTEM, wheel } from './cache';
import { provide } from './provide';

const { argv, env, execPath, stderr, version } = process;

async function main(): Promise<void> {
  if (argv[2] !== 'libraries') throw new Error(said.usage);
  if (!wheel) throw new Error(said.noWheel(SYSTEM));
  console.log(await provide(wheel, draw));
}

/** Shows how much has come: in one line of a terminal, else in a line for each tenth. */
function draw(percent: number, megabytes: number): void {
  const line = said.progress(percent, megabytes);
  if (stderr.isTTY) stderr.write(`\r${line}${percent < 100 ? '' : '\n'}`);
  else if (percent % 10 === 0) console.error(line);
}

/** Starts this again where there is a proxy: Node goes by it only if it is told so at its start. */
function restarted(): number | undefined {
  if (!(env.HTTPS_PROXY || env.https_proxy) || env.NODE_USE_ENV_PROXY) return undefined;
  if (!process.allowedNodeEnvironmentFlags.has('--use-env-proxy')) {
    console.error(said.noProxy(version));
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
