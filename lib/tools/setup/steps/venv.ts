import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, same, type Text } from '../../project/failure.mjs';
import { readJson, readText, writeJson } from '../../project/files';
import {
  ask,
  findPython,
  type Interpreter,
  interpreterAt,
  interpreterOf,
  versionFits,
} from '../../project/python';
import { runLogged } from '../../project/run-logged';
import type { Report, Site, Step } from './step';

const title: Text = { en: 'Python environment', zh: 'Python 环境' };

/** Written when the environment is made: where that was. */
const madeFile = ({ python }: Site) => join(python.prefix, 'digits-venv.json');

interface Made {
  readonly prefix: string;
}

// An environment's scripts name their folder, so a folder that was moved is made anew.
const madeHere = (site: Site, made = readJson<Made>(madeFile(site))) =>
  made?.prefix === realpathSync(site.python.prefix);

/**
 * Tells whether an environment's Python can be used. Where the settings of a `.venv` are lost, its
 * Python takes itself for the system's, and would install the packages there.
 */
export function isSound({ own, python }: Site, found?: Interpreter): boolean {
  if (!found || !versionFits(found.version)) return false;
  return !own || /^home\s*=/m.test(readText(join(python.prefix, 'pyvenv.cfg')) ?? '');
}

/** Makes `.venv` with the first Python that fits, or checks an environment that was given. */
export const venvStep: Step = {
  title,
  async isDone(site) {
    if (!isSound(site, await interpreterOf(site.python))) return false;
    return !site.own || madeHere(site);
  },
  async run(site, report) {
    if (!site.own) return checkGiven(site.python.prefix);
    const { prefix } = site.python;
    const made = readJson<Made>(madeFile(site));
    const moved = made !== undefined && !madeHere(site, made);
    const sound = isSound(site, await interpreterOf(site.python));
    const mended = !moved && !sound && (await mend(site, report));
    if (moved || !(sound || mended)) {
      const { executable, version } = await findPython();
      report(`Python ${version} (${executable})`);
      await runLogged(executable, ['-m', 'venv', '--clear', prefix], { title, log: 'venv' });
    }
    writeJson(madeFile(site), { prefix: realpathSync(prefix) } satisfies Made);
    const { version } = await interpreterAt(prefix);
    return mended ? keptPackages(version, prefix) : same(`Python ${version}, ${prefix}`);
  },
};

const keptPackages = (version: string, prefix: string): Text => ({
  en: `Python ${version}, ${prefix}, mended; its packages are kept`,
  zh: `Python ${version}，${prefix}，已修复，其中的软件包保留`,
});

/** Makes the links and the settings of a broken `.venv` anew, and keeps its packages, some GB. */
async function mend(site: Site, report: Report): Promise<boolean> {
  const { prefix } = site.python;
  const inside = filesOf(join(prefix, 'lib')).find(name => /^python3\.\d+$/.test(name));
  if (!inside) return false;
  const found = [await ask(inside), await ask('python3')].find(python =>
    python?.version.startsWith(`${inside.slice('python'.length)}.`),
  );
  if (!found) return false;
  report(`Python ${found.version} (${found.executable})`);
  const links = filesOf(join(prefix, 'bin')).filter(name => /^python[\d.]*$/.test(name));
  for (const name of links) rmSync(join(prefix, 'bin', name));
  await runLogged(found.executable, ['-m', 'venv', '--without-pip', prefix], {
    title,
    log: 'venv',
  });
  return isSound(site, await interpreterOf(site.python));
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function checkGiven(prefix: string): Promise<Text> {
  const { version } = await interpreterAt(prefix);
  if (versionFits(version)) return same(`Python ${version}, ${prefix}`);
  throw new Failure({
    en: `The Python in ${prefix} is ${version}; 3.10–3.13 are needed. Make the environment with\n  conda env create --file environment.yml`,
    zh: `${prefix} 中的 Python 是 ${version}，需要 3.10–3.13。请用以下命令创建环境：\n  conda env create --file environment.yml`,
  });
}
