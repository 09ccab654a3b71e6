/** The kernel's side in the worker: runs cells one after the other, and answers what the page asks. */
import './host';
import { format } from 'node:util';
import { setLanguage } from 'digits/language';
import { markOpenCalls, requestInterrupt } from 'digits/notebook/interrupt';
import { resetIndent } from '../console';
import { failedToCompile, failedWith } from '../errors/failed';
import { mend, sources } from '../errors/mend';
import { takeNote } from '../notes';
import { inspected, renderValue } from '../output-buffer';
import { Queue } from '../queue';
import { currentExecution, resume } from '../script/origin';
import { type CellScript, early, names, notDefined } from '../script/parameters';
import { createPrompt, Run } from '../script/run';
import { type Context, toScript } from '../script/script';
import type { Answer, Execute } from '../worker-messages';
import { askUser } from './ask-user';
import { check, connect, Refused, waitForChecker } from './checked';
import { host } from './host';
import { importModule, imports, memberOf } from './imports';
import { turn, watch } from './interrupted';
import type { ToBrowserCells } from './protocol';
import { evaluate, stripTypes } from './scripts';

/** The same; a name that no cell has made is one of the platform's, or an error. */
const checked = new Proxy(names, {
  get: (values, name) => {
    if (typeof name === 'string' && Object.hasOwn(values, name)) return values[name];
    return name in globalThis ? Reflect.get(globalThis, name) : notDefined(String(name));
  },
  set: (values, name, value) => {
    if (!Object.hasOwn(values, name)) notDefined(String(name));
    return Reflect.set(values, name, value);
  },
});

/** The names that cells have declared, and whether each is a constant. */
const declared = new Map<string, boolean>();

const context: Context = {
  isKnown: name => Object.hasOwn(names, name),
  isConstant: name => declared.get(name) ?? false,
  isGlobal: name => name in globalThis,
  guardsLoops: true,
};

/** Makes a script of a cell: by itself, or if a browser cannot read it, of what TypeScript makes of it. */
async function scriptOf(code: string): Promise<CellScript> {
  await check(code, false);
  try {
    return await load(stripTypes(code));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const { javaScript, lines } = (await check(code, true)) ?? {};
    if (!javaScript) throw error;
    return load(javaScript, lines);
  }
}

async function load(code: string, lines?: readonly number[]): Promise<CellScript> {
  const cell = toScript(code, context);
  const script = await evaluate(cell.code, queue.count, lines);
  for (const [name, isConstant] of cell.declared) declared.set(name, isConstant);
  return script;
}

async function runScript(run: Run, code: string, number: number): ReturnType<CellScript> {
  const script = await scriptOf(code);
  if (/\b(import|require)\b/.test(code)) await imports;
  run.wait(undefined);
  resume(number);
  return script({
    names,
    checked,
    early,
    module: async (name: string) => importModule(name),
    member: (from: string, name: string, as: string) => {
      const member = memberOf(from, name);
      if (member) names[as] = member.value;
    },
    wait: run.wait,
    run: currentExecution,
    resume: (number: number | undefined, value: unknown) => run.wait(resume(number, value)),
    turn,
    mend,
  });
}

let running: Run | undefined;
const queue = new Queue(execute, said => host.send(said));

async function execute({ code, run, count, silent }: Execute): Promise<Answer> {
  sources.set(count, code);
  resetIndent();
  host.begin();
  running = new Run();
  const endOpenCalls = markOpenCalls();
  try {
    const [value] = (await running.raceInterrupt(runScript(running, code, run))) ?? [];
    if (!silent) await show(value);
    return { status: 'ok' };
  } catch (error) {
    if (error instanceof Refused) return failedToCompile(error.diagnostics, count);
    // A stack overflow can skip a `finally`. A cell that waited goes on to its own.
    if (!running.isInterrupted) endOpenCalls();
    return failedWith(error, count);
  } finally {
    running = undefined;
  }
}

async function show(value: unknown): Promise<void> {
  let words: string | undefined;
  if (value instanceof Promise) {
    // What is settled already comes before what is settled here.
    const pending = Symbol('pending');
    const state = await Promise.race([value, pending]).catch(error => ({ error }));
    if (state !== pending) words = format('Promise { %O }', state);
  }
  const content = renderValue(value, shown => words ?? inspected(shown));
  if (content) host.send({ type: 'result', content });
}

const asText = (error: unknown): string => failedWith(error, 0).traceback.join('\n');

// As on Node: what nobody waits for is told of, and the kernel goes on.
addEventListener('unhandledrejection', event => {
  event.preventDefault();
  console.error(`Uncaught (in promise) ${asText(event.reason)}`);
});
addEventListener('error', event => {
  event.preventDefault();
  console.error(`Uncaught ${asText(event.error ?? event.message)}`);
});

addEventListener('message', ({ data }: MessageEvent<ToBrowserCells>) => {
  if (data.type === 'checker') connect(data.port);
  else if (data.type === 'checker-there') waitForChecker();
  else if (data.type === 'execute') void queue.add(data);
  else if (data.type === 'drop') queue.drop();
  else if (data.type === 'note') takeNote(data.event);
  else {
    // What waits does not run, even if the cell that runs ends well.
    queue.drop();
    host.send({ type: 'interrupting' });
    if (!requestInterrupt()) running?.interrupt();
    watch(data.address);
  }
});

// The page names the worker by its language; a cell may choose another.
if ((globalThis as { name?: string }).name === 'zh') setLanguage('zh');
Object.assign(globalThis, { require: importModule, prompt: createPrompt(askUser) });
host.send({ type: 'ready' });
