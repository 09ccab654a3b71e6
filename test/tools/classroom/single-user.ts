import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot, pythonEnvironment } from '../../../lib/tools/project/paths';

/** Runs Python, where `singleuser` can be imported, as a learner's server does; returns what it prints. */
export function singleUser(...args: string[]): string {
  return execFileSync(pythonEnvironment().program('python'), args, {
    env: {
      ...process.env,
      PYTHONPATH: join(projectRoot, 'lib', 'tools', 'classroom'),
      PYTHONDONTWRITEBYTECODE: '1',
    },
    encoding: 'utf8',
  });
}
