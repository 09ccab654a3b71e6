/** Feeds every regular expression of `lib` the texts that a stranger may write: each takes linear time. */
import { deepEqual, ok } from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import ts from '@tslab/typescript-for-tslab';
import { catalogue } from '../../lib/class/report/catalogue';
import { readHandIns } from '../../lib/class/report/read';
import { projectRoot } from '../../lib/command/machine/paths';
import { diagnose } from '../../lib/command/output/failure.mjs';
import { hintFor } from '../../lib/kernel/cell/errors/hints';
import { toV8Words } from '../../lib/kernel/cell/errors/words';
import { readText } from '../texts';

/** Expressions that read only files of this repository and JupyterLite: notebooks, exported pages, file names. */
const EXEMPT = /^lib\/publish\/site\/steps\/(contents|jupyterlite|pages)\.ts$/;

/** A value that is unknown before a call: names, members and results. */
const argument: unknown = new Proxy(() => {}, {
  get: (_, key) => (key === Symbol.toPrimitive ? () => 'name' : key !== Symbol.match && argument),
  apply: () => argument,
});

/** Lists a program's expressions by position: literals, and calls of `RegExp` with the constants of the file. */
function expressionsIn(file: string): [place: string, pattern: RegExp][] {
  const source = ts.createSourceFile(file, readText(file), ts.ScriptTarget.Latest, true);
  const constants: Record<PropertyKey, string> = {};
  const scope: object = new Proxy(constants, {
    has: (_, key) => !(key in globalThis),
    get: (_, key) =>
      constants[key] ? evaluate(constants[key]) : key === Symbol.unscopables ? undefined : argument,
  });
  function evaluate(code: string): unknown {
    const script = ts.transpile(`(${code})`, { target: ts.ScriptTarget.Latest });
    return new Function('scope', `with (scope) return ${script}`)(scope);
  }
  const expressions: [string, RegExp][] = [];
  function visit(node: ts.Node): void {
    if (ts.isVariableDeclaration(node))
      constants[node.name.getText()] = node.initializer?.getText() ?? '';
    const isCall = ts.isNewExpression(node) || ts.isCallExpression(node);
    if (ts.isRegularExpressionLiteral(node) || (isCall && node.expression.getText() === 'RegExp')) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      expressions.push([`${file}:${line + 1}`, evaluate(node.getText()) as RegExp]);
    }
    ts.forEachChild(node, visit);
  }
  visit(source);
  return expressions;
}

/** Texts that match a part of an expression. */
const SAMPLES = [...'a1 \n"\'!#$%&()*+,-./:;<=>?@[\\]^_`{|}~ABCDEFGHIJKLMNOPQRSTUVWXYZ，'];

/** Tells a quantifier, another border (of a group, or an assertion), `|` and characters apart. */
const TOKEN =
  /((?:[*+?]|\{\d+,?\d*\})\??)|(\(\?(?:<\w+>|<?[:=!])|[()^$]|\\(?:[bB1-9]|k<\w+>))|(\|)|\\[pP]\{\w+\}|\\u[\da-f]{4}|\\.|\[(?:[^\]\\]|\\.)*\]|./gis;

const LENGTH = 100_000;
const repeat = (unit: string): string => unit.repeat(LENGTH / unit.length);

/** Creates texts for an expression: repeated characters and parts, also after its prefixes, and a bad end. */
function textsOf({ source, flags }: RegExp): Set<string> {
  const texts = new Set<string>();
  let parts = [''];
  for (const [token, quantifier, border, bar] of [...source.matchAll(TOKEN), ['|', '', '', '|']]) {
    const part = parts.pop() ?? '';
    if (quantifier) parts.push(part.slice(0, -1), part.slice(-1), '');
    else if (border) parts.push(part, '');
    else if (!bar) {
      const samples = SAMPLES.filter(sample => new RegExp(`^${token}$`, flags).test(sample));
      if (samples[1] && samples.includes('\n')) texts.add(repeat('\n'));
      parts.push(part + (samples[0] ?? ''));
    } else {
      parts = [...parts, part].filter(Boolean);
      for (const [at, each] of parts.entries()) {
        const start = parts.slice(0, at).join('');
        for (const sign of each.replace(/[b-z]/gi, '')) texts.add(repeat(sign));
        texts.add(repeat(each + (parts[at + 1] ?? '')));
        texts.add(start + repeat(each)).add(repeat(start + each));
      }
      parts = [''];
    }
  }
  return new Set([...texts].map(text => `${text}\0;="\n`));
}

/**
 * Processor milliseconds for an expression, and the limit. On a quiet machine, all expressions
 * together take less than a second; on a busy one three times as long. A quadratic expression alone takes more than five.
 */
const [LIMIT, TIMEOUT] = [3000, 5000];

const sandbox = createContext({});

/** Returns the processor time of some work in milliseconds, or the limit. */
function timeOf(work: () => void): number {
  const { user: start } = process.cpuUsage();
  Object.assign(sandbox, { work });
  try {
    runInContext('work()', sandbox, { timeout: TIMEOUT });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return TIMEOUT;
  }
  return (process.cpuUsage().user - start) / 1000;
}

describe('regular expressions', function () {
  this.timeout(120_000);

  it('read 100 kB of a stranger’s text in linear time', () => {
    const files = readdirSync(join(projectRoot, 'lib'), { recursive: true, encoding: 'utf8' })
      .map(file => join('lib', file))
      .filter(file => /\.[cm]?[tj]s$/.test(file) && !/\b(node_modules|dist)\b/.test(file));
    const times = files
      .filter(file => !EXEMPT.test(file))
      .flatMap(expressionsIn)
      // All other expressions check each position once.
      .filter(([, { source }]) => /[*+]|,\}/.test(source))
      .map(([place, pattern]) => {
        const texts = textsOf(pattern);
        let text = '';
        const time = timeOf(() => {
          for (text of texts) text.replace(pattern, '');
        });
        const input = JSON.stringify(text.slice(0, 30));
        return { time, what: `${place}: ${pattern} takes ${time} ms on ${input}…` };
      });
    ok(times.length > 100, `Expected more than 100 expressions, found ${times.length}`);
    const slow = times.filter(({ time }) => time >= LIMIT).map(({ what }) => what);
    deepEqual(slow, []);
  });

  const { names } = catalogue();
  const cell = (source: string, column: number, message = 'x is not defined') =>
    hintFor({ name: 'ReferenceError', message, source, line: 1, column, known: {} });
  const handIn = (text: string) => readHandIns([{ source: 'a', text }], names);
  const typeError = "Type 'string' is not assignable to type 'number'.";
  const readers: Record<string, (text: string) => unknown> = {
    'a cell before an error': text => cell(`${text} x`, text.length + 1),
    'a cell behind an error': text => cell(`x ${text}`, 0),
    'a comment before an error': text => cell(`/*${text}*/ x`, text.length + 5, typeError),
    'the message of an error': text => toV8Words(text, text),
    'a hand-in': text => handIn(`${text}digits-report:1:99:A`),
    'a learner’s log': text => handIn(`{"v":1,"id":"1"}${text}`),
    'the output of a program': text => diagnose(text),
  };
  for (const [what, read] of Object.entries(readers)) {
    it(`are linear with the code around them: ${what}`, () => {
      read(''); // loads messages
      for (const unit of [...'a \n"/1(.', '">\n', '()', '(a', 'a,', 'let [', '\u0301\u0316']) {
        const time = timeOf(() => read(repeat(unit)));
        ok(time < LIMIT, `${JSON.stringify(unit)} repeated takes ${time} ms`);
      }
    });
  }
});
