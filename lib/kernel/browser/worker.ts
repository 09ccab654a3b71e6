/** The kernel's side in the worker: runs cells one after the other, and answers what the page asks. */
import './host';
import { setLanguage } from 'digits/language';
import { requestInterrupt } from 'digits/notebook/interrupt';
import { endGroups, installConsole } from '../console';
import { failedWith } from '../errors/failed';
import { mend } from '../errors/mend';
import { format } from '../inspect';
import { inspected, shownValue } from '../output-buffer';
import { type CellScript, early, newNames, notDefined } from '../script/parameters';
import { Run } from '../script/run';
import { type Context, toScript } from '../script/script';
import { CellSyntaxError } from '../script/syntax';
import type { Answer, Question, ToCells, Watch } from '../worker-messages';
import { complete, explain } from './at-cursor';
import './errors';
import { host } from './host';
import { importModule, loadedModules, memberOf, requireModule } from './imports';
import { turn, watch } from './interrupted';
import { evaluate, keepSource, sourceOf, stripTypes } from './scripts';

installConsole();

const names = newNames();

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

async function runScript(run: Run, code: string, count: number): ReturnType<CellScript> {
  const cell = toScript(stripTypes(code), context);
  const script = run.wait(await evaluate<CellScript>(cell.code, count));
  for (const [name, isConstant] of cell.declared) declared.set(name, isConstant);
  return script({
    names,
    checked,
    early,
    module: importModule,
    member: async (from: string, name: string, as: string) => {
      const member = await memberOf(from, name);
      if (member) names[as] = member.value;
    },
    wait: run.wait,
    turn,
    mend,
  });
}

let running: Run | undefined;

async function execute(code: string, count: number): Promise<Answer> {
  keepSource(count, code);
  endGroups();
  host.begin();
  running = new Run();
  try {
    const [value] = (await running.until(runScript(running, code, count))) ?? [];
    await show(value);
    return { status: 'ok' };
  } catch (error) {
    return described(error, count);
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
  const content = shownValue(value, shown => words ?? inspected(shown));
  if (content) host.send({ type: 'result', content });
}

function isComplete(code: string): Answer {
  try {
    toScript(stripTypes(code), context);
    return { status: 'complete' };
  } catch (error) {
    const isUnfinished = error instanceof CellSyntaxError && error.isUnfinished;
    return isUnfinished ? { status: 'incomplete', indent: '' } : { status: 'invalid' };
  }
}

async function answerTo(question: Question): Promise<Answer> {
  const { type, code } = question;
  if (type === 'execute') return execute(code, question.count);
  if (type === 'is-complete') return isComplete(code);
  const answerAt = type === 'complete' ? complete : explain;
  return answerAt(code, question.cursor, { names, modules: loadedModules() });
}

const described = (error: unknown, count: number) => failedWith(error, { count, sourceOf, names });
const asText = (error: unknown): string => described(error, 0).traceback.join('\n');

// As on Node: what nobody waits for is told of, and the kernel goes on.
addEventListener('unhandledrejection', event => {
  event.preventDefault();
  console.error(`Uncaught (in promise) ${asText(event.reason)}`);
});
addEventListener('error', event => {
  event.preventDefault();
  console.error(`Uncaught ${asText(event.error ?? event.message)}`);
});

addEventListener('message', async ({ data }: MessageEvent<ToCells | Watch>) => {
  if (data.type === 'watch') return watch(data.address);
  if (data.type === 'interrupt') {
    host.send({ type: 'interrupting' });
    if (!requestInterrupt()) running?.breakOff();
    return;
  }
  host.send({ type: 'answer', id: data.id, content: await answerTo(data) });
});

// The page names the worker by its language; a cell may choose another.
if ((globalThis as { name?: string }).name === 'zh') setLanguage('zh');
Object.assign(globalThis, { require: requireModule });
host.send({ type: 'ready' });
