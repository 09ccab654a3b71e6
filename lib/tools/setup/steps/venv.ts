import { existsSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../project/failure.mjs';
import { readJson, readText, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import {
  type Interpreter,
  interpreterAt,
  interpreterOf,
  newestPython,
  oldest,
  versionFits,
} from '../packages/pythons';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';

/** Written when the environment is made: where that was. */
const madeFile = ({ python }: Site) => join(python.prefix, 'digits-venv.json');

// An environment's scripts name their folder, so a folder that was moved is made anew.
const madeAt = (site: Site) => readJson<{ prefix: string }>(madeFile(site))?.prefix;
const placeOf = ({ python }: Site) => realpathSync.native(python.prefix);

/**
 * Tells whether an environment's Python can be used. Where the settings of a `.venv` are lost, its
 * Python takes itself for the system's, and would install the packages there.
 */
export function isSound({ own, python }: Site, found?: Interpreter): boolean {
  if (!found || !versionFits(found.version)) return false;
  return !own || /^home\s*=/m.test(readText(join(python.prefix, 'pyvenv.cfg')) ?? '');
}

/** Makes `.venv` with the newest Python that fits, or checks an environment that was given. */
export const venvStep: Step = {
  title: () => messages().setup.environment,
  async isDone(site) {
    if (!isSound(site, await interpreterOf(site.python))) return false;
    return !site.own || madeAt(site) === placeOf(site);
  },
  async run(site, report) {
    const { prefix } = site.python;
    if (!site.own) return checkGiven(prefix);
    const made = madeAt(site);
    const moved = made !== undefined && made !== placeOf(site);
    let mended = false;
    if (moved || !isSound(site, await interpreterOf(site.python))) {
      const uv = await Uv.ready(report);
      mended = !moved && (await mend(uv, site));
      if (!mended) await makeAnew(uv, site);
    }
    writeJson(madeFile(site), { prefix: placeOf(site) });
    const { version } = await interpreterAt(prefix);
    const { environmentMade, environmentMended } = messages().setup;
    return (mended ? environmentMended : environmentMade)(version, prefix);
  },
  async state(site) {
    const { prefix } = site.python;
    const { environmentBroken, settingsLost } = messages().setup.doctor;
    const inside = await interpreterOf(site.python);
    if (!inside) return environmentBroken(prefix);
    if (!versionFits(inside.version)) return `${inside.version} (${prefix})`;
    return isSound(site, inside) ? prefix : settingsLost(join(prefix, 'pyvenv.cfg'));
  },
  logs: ['uv', 'venv'],
};

const make = (uv: Uv, { executable }: Interpreter, args: readonly string[]) =>
  uv.run(['venv', '--no-project', '--python', executable, ...args], {
    title: messages().setup.environment,
    log: 'venv',
  });

async function makeAnew(uv: Uv, { python: { prefix } }: Site): Promise<void> {
  const python = await newestPython(uv);
  rmSync(prefix, { recursive: true, force: true });
  await make(uv, python, [prefix]);
}

/** Makes the links and the settings of a broken `.venv` anew, and keeps its packages. */
async function mend(uv: Uv, site: Site): Promise<boolean> {
  const { prefix } = site.python;
  const minor = minorInside(prefix);
  if (minor === undefined) return false;
  const python = await newestPython(uv, minor).catch(() => undefined);
  if (!python) return false;
  await make(uv, python, ['--allow-existing', prefix]);
  return isSound(site, await interpreterOf(site.python));
}

/** The minor version of Python 3 that a `.venv` was made with, by the folder of its packages. */
function minorInside(prefix: string): number | undefined {
  const lib = join(prefix, 'lib');
  const [found] = (existsSync(lib) ? readdirSync(lib) : []).flatMap(
    name => /^python3\.(\d+)$/.exec(name)?.[1] ?? [],
  );
  return found === undefined ? undefined : Number(found);
}

async function checkGiven(prefix: string): Promise<string> {
  const { version } = await interpreterAt(prefix);
  const { environmentMade, environmentTooOld } = messages().setup;
  if (versionFits(version)) return environmentMade(version, prefix);
  throw new Failure(environmentTooOld(prefix, version, `3.${oldest}`));
}
