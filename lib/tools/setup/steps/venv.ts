import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../project/failure.mjs';
import { readJson, readText, writeJson } from '../../project/files';
import { messages } from '../../project/messages';
import {
  findPython,
  fits,
  type Interpreter,
  interpreterAt,
  interpreterOf,
  minorOf,
  oldest,
  versionFits,
} from '../packages/pythons';
import { Uv } from '../packages/uv';
import type { Site, Step } from './step';

/** Written when the environment is made: where that was, and with which Python. */
const madeFile = ({ python }: Site) => join(python.prefix, 'digits-venv.json');

// An environment's scripts name their folder, so a folder that was moved is made anew.
const made = (site: Site) => readJson<{ prefix: string; python?: string }>(madeFile(site));
const placeOf = ({ python }: Site) => realpathSync.native(python.prefix);

/**
 * Tells whether an environment's Python can be used. Where the settings of a `.venv` are lost, its
 * Python takes itself for the system's, and would install the packages there.
 */
export function isSound({ own, python }: Site, found?: Interpreter): boolean {
  if (!found || !versionFits(found.version)) return false;
  return !own || /^home\s*=/m.test(readText(join(python.prefix, 'pyvenv.cfg')) ?? '');
}

/** Makes `.venv` with a Python that fits, or checks an environment that was given. */
export const venvStep: Step = {
  title: () => messages().setup.environment,
  needs: [],
  async isDone(site) {
    if (!isSound(site, await interpreterOf(site.python))) return false;
    return !site.own || made(site)?.prefix === placeOf(site);
  },
  async run(site, report) {
    const { prefix } = site.python;
    if (!site.own) return checkGiven(prefix);
    const before = made(site);
    const moved = before !== undefined && before.prefix !== placeOf(site);
    let mended = false;
    if (moved || !isSound(site, await interpreterOf(site.python))) {
      const uv = await Uv.ready(report);
      const minor = moved || !before?.python ? undefined : minorOf(before.python);
      const isSame = (each: Interpreter) => fits(each) && minorOf(each.version) === minor;
      const same = minor && (await findPython(isSame).catch(() => undefined));
      mended = Boolean(same && (await make(uv, site, same)));
      if (!mended) {
        const found = await findPython(fits);
        rmSync(prefix, { recursive: true, force: true });
        await make(uv, site, found);
      }
    }
    const { version } = await interpreterAt(prefix);
    writeJson(madeFile(site), { prefix: placeOf(site), python: version });
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

/** Makes the links and the settings of `.venv`, and keeps its packages, which are for one minor version. */
async function make(uv: Uv, site: Site, { executable }: Interpreter): Promise<boolean> {
  const args = ['--no-project', '--python', executable, '--allow-existing', site.python.prefix];
  await uv.run(['venv', ...args], { title: messages().setup.environment, log: 'venv' });
  return isSound(site, await interpreterOf(site.python));
}

async function checkGiven(prefix: string): Promise<string> {
  const { version } = await interpreterAt(prefix);
  const { environmentMade, environmentTooOld } = messages().setup;
  if (versionFits(version)) return environmentMade(version, prefix);
  throw new Failure(environmentTooOld(prefix, version, `3.${oldest}`));
}
