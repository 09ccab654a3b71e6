/**
 * Regenerates `python.lock` from `environment.yml`: all packages with dependencies and checksums, for every
 * system and Python.
 *
 *     npx tsx lib/lab/setup/packages/make-lock.ts
 *
 * To update uv itself, put the new version on the path: the old lock file cannot fetch it. Excludes the
 * benchmark's peers, whose builds differ by machine.
 */
import { join } from 'node:path';
import { writeWhole } from 'command/machine/files';
import { projectRoot } from 'command/machine/paths';
import { OLDEST_MINOR } from './pythons';
import { allRequirements, pythonLock } from './requirements';
import { Uv } from './uv';

/** Marker for wheels that exist only for Linux on x64. */
const LINUX_X64 = "sys_platform == 'linux' and platform_machine == 'x86_64'";

async function main(): Promise<void> {
  const lines = allRequirements()
    .filter(({ extras }) => extras.length === 0 || extras.some(extra => extra !== 'bench'))
    .flatMap(({ name, version, spec }) => {
      if (name === 'tensorflow-cpu') return [`${spec}; ${LINUX_X64}`];
      if (name === 'tensorflow') return [spec, `tensorflow[and-cuda]==${version}; ${LINUX_X64}`];
      return [spec];
    });
  const list = join(projectRoot, 'build', 'setup', 'wanted.txt');
  writeWhole(list, `${lines.join('\n')}\n`);
  const uv = await Uv.ready(console.log);
  const output = ['--generate-hashes', '--no-annotate', '--no-header', '--output-file', pythonLock];
  const pythons = ['--universal', '--python-version', `3.${OLDEST_MINOR}`];
  await uv.run(['pip', 'compile', list, ...pythons, ...output], { title: 'uv', log: 'lock' });
}

main();
