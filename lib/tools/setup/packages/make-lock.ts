/**
 * Makes `python.lock` anew from `environment.yml`: all packages that come along, for every system and
 * Python, each with its checksums.
 *
 *     npx tsx lib/tools/setup/packages/make-lock.ts
 *
 * Where uv itself is to be a new one, the path must have it: the lock file cannot fetch it yet.
 * The peers of the benchmark are left out: their builds differ by machine.
 */
import { join } from 'node:path';
import { writeWhole } from '../../project/files';
import { projectRoot } from '../../project/paths';
import { oldest } from './pythons';
import { allRequirements, pythonLock } from './requirements';
import { Uv } from './uv';

/** Whose wheels there are on Linux alone, for one kind of processor. */
const ON_LINUX = "sys_platform == 'linux' and platform_machine == 'x86_64'";

async function main(): Promise<void> {
  const lines = allRequirements()
    .filter(({ extras }) => extras.length === 0 || extras.some(extra => extra !== 'bench'))
    .flatMap(({ name, version, spec }) => {
      if (name === 'tensorflow-cpu') return [`${spec}; ${ON_LINUX}`];
      if (name === 'tensorflow') return [spec, `tensorflow[and-cuda]==${version}; ${ON_LINUX}`];
      return [spec];
    });
  const list = join(projectRoot, 'build', 'setup', 'wanted.txt');
  writeWhole(list, `${lines.join('\n')}\n`);
  const uv = await Uv.ready(console.log);
  const output = ['--generate-hashes', '--no-annotate', '--no-header', '--output-file', pythonLock];
  const pythons = ['--universal', '--python-version', `3.${oldest}`];
  await uv.run(['pip', 'compile', list, ...pythons, ...output], { title: 'uv', log: 'lock' });
}

main();
