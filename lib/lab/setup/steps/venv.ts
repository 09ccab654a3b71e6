import { realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, readText, writeJson } from 'command/machine/files';
import { Failure } from 'command/output/failure.mjs';
import { messages } from 'command/output/messages';
import {
  findPython,
  type Interpreter,
  interpreterAt,
  interpreterOf,
  isNewEnough,
  isValid,
  minorOf,
  OLDEST_MINOR,
} from '../packages/pythons';
import { Uv } from '../packages/uv';
import type { SetupContext, Step } from './step';

/** Records the folder and the Python version of a new environment. */
const recordFile = ({ python }: SetupContext) => join(python.prefix, 'digits-venv.json');

// Scripts in an environment contain absolute paths: a moved environment must be recreated.
const readRecord = (context: SetupContext) =>
  readJson<{ prefix: string; python?: string }>(recordFile(context));
const realPrefix = ({ python }: SetupContext) => realpathSync.native(python.prefix);

/** Returns whether Python is usable: without `pyvenv.cfg`, it would install into the system's packages. */
export function isUsable({ isOwn: own, python }: SetupContext, interpreter?: Interpreter): boolean {
  if (!interpreter || !isNewEnough(interpreter.version)) return false;
  return !own || /^home\s*=/m.test(readText(join(python.prefix, 'pyvenv.cfg')) ?? '');
}

/** Creates `.venv` with a supported Python, or checks an environment chosen by the user. */
export const venvStep: Step = {
  title: () => messages().setup.environment,
  needs: [],
  async isDone(context) {
    if (!isUsable(context, await interpreterOf(context.python))) return false;
    return !context.isOwn || readRecord(context)?.prefix === realPrefix(context);
  },
  async run(context, report) {
    const { prefix } = context.python;
    if (!context.isOwn) return checkExternal(prefix);
    const record = readRecord(context);
    const hasMoved = record !== undefined && record.prefix !== realPrefix(context);
    let isRepaired = false;
    if (hasMoved || !isUsable(context, await interpreterOf(context.python))) {
      const uv = await Uv.ready(report);
      const minor = hasMoved || !record?.python ? undefined : minorOf(record.python);
      const hasSameMinor = (interpreter: Interpreter) =>
        isValid(interpreter) && minorOf(interpreter.version) === minor;
      const matchingPython = minor && (await findPython(hasSameMinor).catch(() => undefined));
      isRepaired = Boolean(matchingPython && (await createVenv(uv, context, matchingPython)));
      if (!isRepaired) {
        const interpreter = await findPython(isValid);
        rmSync(prefix, { recursive: true, force: true });
        await createVenv(uv, context, interpreter);
      }
    }
    const { version } = await interpreterAt(prefix);
    writeJson(recordFile(context), { prefix: realPrefix(context), python: version });
    const { environmentMade, environmentMended } = messages().setup;
    return (isRepaired ? environmentMended : environmentMade)(version, prefix);
  },
  async state(context) {
    const { prefix } = context.python;
    const { environmentBroken, settingsLost } = messages().setup.doctor;
    const interpreter = await interpreterOf(context.python);
    if (!interpreter) return environmentBroken(prefix);
    if (!isNewEnough(interpreter.version)) return `${interpreter.version} (${prefix})`;
    return isUsable(context, interpreter) ? prefix : settingsLost(join(prefix, 'pyvenv.cfg'));
  },
  logs: ['uv', 'venv'],
};

/** Creates the links and settings of `.venv`. Keeps installed packages, bound to one minor version of Python. */
async function createVenv(
  uv: Uv,
  context: SetupContext,
  { executable }: Interpreter,
): Promise<boolean> {
  const args = ['--no-project', '--python', executable, '--allow-existing', context.python.prefix];
  await uv.run(['venv', ...args], { title: messages().setup.environment, log: 'venv' });
  return isUsable(context, await interpreterOf(context.python));
}

async function checkExternal(prefix: string): Promise<string> {
  const { version } = await interpreterAt(prefix);
  const { environmentMade, environmentTooOld } = messages().setup;
  if (isNewEnough(version)) return environmentMade(version, prefix);
  throw new Failure(environmentTooOld(prefix, version, `3.${OLDEST_MINOR}`));
}
