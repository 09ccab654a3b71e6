import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, same, type Text } from '../ground.mjs';
import { findPython, hasPip, interpreterAt, interpreterOf, versionFits } from '../python';
import { run } from '../run';
import { stampSays, writeStamp } from '../stamp';
import type { Site, Step } from './step';

const title: Text = { en: 'Python environment', zh: 'Python 环境' };

const stamp = ({ python }: Site) => join(python.prefix, 'digits-venv.json');

// An environment's scripts name their folder, so a folder that was moved is made anew.
const facts = ({ python }: Site) => ({ prefix: realpathSync(python.prefix) });

/** Makes `.venv` with the first fitting Python, or looks at an environment that was given. */
export const venvStep: Step = {
  title,
  async isDone(site) {
    const found = await interpreterOf(site.python);
    if (!found || !versionFits(found.version)) return false;
    return !site.own || stampSays(stamp(site), facts(site));
  },
  async run(site, report) {
    if (!site.own) return checkGiven(site.python.prefix);
    const { prefix } = site.python;
    const finished = existsSync(stamp(site));
    if (finished || !(await isSound(site))) {
      const { executable, version } = await findPython();
      report(`Python ${version} (${executable})`);
      await run(executable, ['-m', 'venv', '--clear', prefix], { title, log: 'venv' });
    }
    writeStamp(stamp(site), facts(site));
    const { version } = await interpreterAt(prefix);
    return same(`Python ${version}, ${prefix}`);
  },
};

/** Whether an environment without a stamp, such as one made by hand, can be kept. */
async function isSound({ python }: Site): Promise<boolean> {
  const found = await interpreterOf(python);
  return found !== undefined && versionFits(found.version) && hasPip(python);
}

async function checkGiven(prefix: string): Promise<Text> {
  const { version } = await interpreterAt(prefix);
  if (versionFits(version)) return same(`Python ${version}, ${prefix}`);
  throw new Failure({
    en: `The Python in ${prefix} is ${version}; 3.10–3.13 are needed. Make the environment with\n  conda env create --file environment.yml`,
    zh: `${prefix} 中的 Python 是 ${version}，需要 3.10–3.13。请用以下命令创建环境：\n  conda env create --file environment.yml`,
  });
}
