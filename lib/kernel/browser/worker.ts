/** Entry point of the cell worker: runs cells sequentially, and handles messages from the page. */
import './host';
import { format } from 'node:util';
import { setLanguage } from 'digits/language';
import { requestInterrupt } from 'digits/notebook/interrupt';
import { failedWith } from '../cell/errors/failed';
import { mend } from '../cell/errors/mend';
import { CellRunner } from '../cell/execution/cell-runner';
import { renderValue } from '../cell/execution/output-buffer';
import { takeNote } from '../cell/notes';
import { Queue } from '../cell/queue';
import { inspected } from '../cell/script/inspected';
import { currentExecution, resume } from '../cell/script/origin';
import { type CellScript, early, names, notDefined } from '../cell/script/parameters';
import { createPrompt, type Run } from '../cell/script/run';
import { type Context, toScript } from '../cell/script/script';
import type { DisplayContent, Execute } from '../cell/worker-messages';
import { askUser } from './ask-user';
import { check, connect, requireChecker } from './checked';
import { host } from './host';
import { importModule, imports, memberOf } from './imports';
import { pollInterrupt, watchAddress } from './interrupted';
import type { ToBrowserCells } from './protocol';
import { evaluate, stripTypes } from './scripts';

/** The shared variables, with a fallback to globals, and a ReferenceError for an unknown name. */
const checkedNames = new Proxy(names, {
  get: (values, name) => {
    if (typeof name === 'string' && Object.hasOwn(values, name)) return values[name];
    return name in globalThis ? Reflect.get(globalThis, name) : notDefined(String(name));
  },
  set: (values, name, value) => {
    if (!Object.hasOwn(values, name)) notDefined(String(name));
    return Reflect.set(values, name, value);
  },
});

/** Declared names, with whether each name is constant. */
const declaredNames = new Map<string, boolean>();

const context: Context = {
  isKnown: name => Object.hasOwn(names, name),
  isConstant: name => declaredNames.get(name) ?? false,
  isGlobal: name => name in globalThis,
  guardsLoops: true,
};

/** Compiles a cell without TypeScript, or with TypeScript if the browser cannot parse the cell. */
async function compileCell(code: string): Promise<CellScript> {
  await check(code, false);
  try {
    return await loadScript(stripTypes(code));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { javaScript, lines } = (await check(code, true)) ?? {};
    if (!javaScript) throw error;
    return loadScript(javaScript, lines);
  }
}

async function loadScript(code: string, lines?: readonly number[]): Promise<CellScript> {
  const cell = toScript(code, context);
  const script = await evaluate(cell.code, queue.count, lines);
  for (const [name, isConstant] of cell.declared) declaredNames.set(name, isConstant);
  return script;
}

/** Evaluates a cell. @throws CheckFailure */
async function evaluateCell(run: Run, cell: Execute): ReturnType<CellScript> {
  const { code } = cell;
  const script = await compileCell(code);
  if (/\b(import|require)\b/.test(code)) await imports;
  run.wait(undefined);
  resume(cell.run);
  return script({
    names,
    checked: checkedNames,
    early,
    module: async (name: string) => importModule(name),
    member: (from: string, name: string, as: string) => {
      const member = memberOf(from, name);
      if (member) names[as] = member.value;
    },
    wait: run.wait,
    run: currentExecution,
    resume: (number: number | undefined, value: unknown) => run.wait(resume(number, value)),
    turn: pollInterrupt,
    mend,
  });
}

const cells = new CellRunner(host, evaluateCell, renderSettled);
const queue = new Queue(
  cell => cells.execute(cell),
  message => host.send(message),
);

/** Renders a value; a settled promise with its value, like Node. */
async function renderSettled(value: unknown): Promise<DisplayContent | undefined> {
  let text: string | undefined;
  if (value instanceof Promise) {
    // A settled promise wins the race against `pending`.
    const pending = Symbol('pending');
    const state = await Promise.race([value, pending]).catch(error => ({ error }));
    if (state !== pending) text = format('Promise { %O }', state);
  }
  return renderValue(value, shownValue => text ?? inspected(shownValue));
}

const describeError = (error: unknown): string => failedWith(error, 0).traceback.join('\n');

// Report uncaught errors and continue, like the installed kernel.
addEventListener('unhandledrejection', event => {
  event.preventDefault();
  console.error(`Uncaught (in promise) ${describeError(event.reason)}`);
});
addEventListener('error', event => {
  event.preventDefault();
  console.error(`Uncaught ${describeError(event.error ?? event.message)}`);
});

addEventListener('message', ({ data }: MessageEvent<ToBrowserCells>) => {
  if (data.type === 'checker') connect(data.port);
  else if (data.type === 'checker-there') requireChecker();
  else if (data.type === 'execute') void queue.add(data);
  else if (data.type === 'drop') queue.drop();
  else if (data.type === 'note') takeNote(data.event);
  else {
    // Queued cells do not run, even if the running cell succeeds.
    queue.drop();
    host.send({ type: 'interrupting' });
    if (!requestInterrupt()) cells.interrupt();
    watchAddress(data.address);
  }
});

// The page passes the initial language in the worker's name.
if ((globalThis as { name?: string }).name === 'zh') setLanguage('zh');
Object.assign(globalThis, { require: importModule, prompt: createPrompt(askUser) });
host.send({ type: 'ready' });
