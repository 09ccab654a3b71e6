/** Lines of Python, and signs and words of Python within a line. */
import { messages } from '../language';
import type { Code } from './code';
import type { ErrorContext, Rule } from './context';
import python from './python.json';

/** Python's words within an expression, and TypeScript's. */
const WORDS: Readonly<Record<string, string>> = python.words;

/** Puts a short expression of Python into TypeScript. */
export const inTypeScript = (expression: string): string =>
  /['"`]/.test(expression)
    ? expression
    : expression
        .replace(/\b(?:True|False|None|self)\b/g, word => WORDS[word] ?? word)
        .replace(/\s+(and|or|is)\s+/g, (_, word) => ` ${WORDS[word]} `)
        .replace(/\bnot\s+/g, '!')
        .replace(/=== !/g, '!== ')
        .replace(/(?<![=!<>])==(?!=)/g, '===')
        .replace(/!=(?!=)/g, '!==');

/** A pattern of a line, and how TypeScript writes it, by what the groups of the pattern found. */
type Form = readonly [RegExp, (found: (i: number) => string) => string | undefined];

const block = (head: string): string => `${head} { … }`;

/** No line of TypeScript looks like one of these. Strings are blank, and each line is trimmed. */
const FORMS: readonly Form[] = [
  [
    /^(async\s+)?def\s+(\w+)\s*\((.*?)\)[^()]*:/,
    at => block(`${at(1) ? 'async ' : ''}function ${at(2)}(${at(3)})`),
  ],
  [
    /^class\s+(\w+)\s*(?:\((\w*)\))?\s*:/,
    at => block(`class ${at(1)}${at(2) && at(2) !== 'object' ? ` extends ${at(2)}` : ''}`),
  ],
  [
    /^for\s*\(?\s*(?:(?:const|let|var)\s+)?(\w+)\s+in\s+range\s*\((.*?)\)\s*[:)]/,
    at => block(counting(at(1), at(2))),
  ],
  [/^for\s+(\w+(?:\s*,\s*\w+)*)\s+in\s+([^(].*?)\s*:(\s|$)/, at => block(each(at(1), at(2)))],
  [/^(if|while)\s+((?![\s(]).+?)\s*:(\s|$)/, at => block(`${at(1)} (${inTypeScript(at(2))})`)],
  [/^(if|while)\s*\((.+)\)\s*:$/, at => block(`${at(1)} (${inTypeScript(at(2))})`)],
  [
    /^elif\b\s*(.+?)\s*:(\s|$)/,
    at => block(`else if (${inTypeScript(at(1)).replace(/^\((.*)\)$/, '$1')})`),
  ],
  [/^print\s+([\w'"].*)$/, at => `console.log(${at(1)})`],
  [/^(else|try|finally)\s*:/, at => block(at(1))],
  [/^except\b.*:/, () => block('catch (error)')],
  [
    /^raise\b\s*(\w*)/,
    at => `throw new ${/^\w*Error$/.test(at(1)) ? 'Error' : at(1) || 'Error'}('…')`,
  ],
  [/^from\s+([\w.]+)\s+import\s+(\*|[\w, ]+)$/, at => imported(at(1), at(2))],
  [/^import\s+([\w.]+)(?:\s+as\s+(\w+))?$/, at => imported(at(1), `* as ${at(2) || at(1)}`)],
  [/\blambda\s*([\w\s,]*):/, at => `(${at(1).trim()}) => …`],
  [
    /^(?!if\b|else\b)(?:.*[=(,]\s*|return\s+)?([^=(,;{}]+?)\s+if\s+((?!\().+?)\s+else\s+([^,;){}]+)/,
    at =>
      `${inTypeScript(at(2))} ? ${inTypeScript(at(1)).replace(/^return\s+/, '')} : ${inTypeScript(at(3))}`,
  ],
];

/** Says how TypeScript writes the line, if it is Python. */
function pythonLine({ code, error }: ErrorContext): string | undefined {
  const written = form(code, error.line);
  return written && messages().hints.pythonLine(written);
}

/** Tells whether a line of the cell is Python, so that much else in it cannot be read. */
export const hasPython = ({ code }: ErrorContext): boolean =>
  code.bare.split('\n').some((_, i) => form(code, i + 1) !== undefined);

function form(code: Code, number: number): string | undefined {
  const line = code.line(number).trim();
  const source = (code.source.split('\n')[number - 1] ?? '').trim();
  for (const [pattern, write] of FORMS) {
    const match = pattern.exec(line);
    // Of strings only the blanks are known.
    const at = (i: number) => {
      const part = match?.[i] ?? '';
      const start = line.indexOf(part);
      return /['"]/.test(part) ? source.slice(start, start + part.length) : part;
    };
    const written = match && write(at);
    if (written) return written;
  }
  return undefined;
}

function counting(name: string, range: string): string {
  const [first = '', second, step = '1'] = range.split(',').map(part => part.trim());
  const [from, to] = second === undefined ? ['0', first] : [first, second];
  const isDown = step.startsWith('-');
  const by =
    step === '1' ? '++' : step === '-1' ? '--' : isDown ? ` -= ${step.slice(1)}` : ` += ${step}`;
  return `for (let ${name} = ${from}; ${name} ${isDown ? '>' : '<'} ${to}; ${name}${by})`;
}

function each(names: string, of: string): string {
  const [, counted] = /^enumerate\((.*)\)$/.exec(of) ?? [];
  const name = names.includes(',') ? `[${names}]` : names;
  return `for (const ${name} of ${counted ? `${counted}.entries()` : of})`;
}

/** Writes an import of what the lesson has, if by another name. */
function imported(module: string, names: string): string | undefined {
  if (/^(tensorflow|keras)\b/.test(module)) return "import * as tf from '@tensorflow/tfjs'";
  // Nothing stands for these.
  if (!/^(digits|tslab)$/.test(module)) return undefined;
  const list = names === '*' ? `* as ${module}` : names.startsWith('*') ? names : `{ ${names} }`;
  return `import ${list} from '${module}'`;
}

/** Says what stands for a sign or word of Python within the line. */
function pythonToken(context: ErrorContext): string | undefined {
  const { error, code, line } = context;
  const isSyntax = error.name === 'SyntaxError' || (error.code ?? 0) < 2000 || error.code === 2304;
  if (!isSyntax) return undefined;
  const inPython = messages().hints.python;
  if (/(^|\s)#(\s|$)/.test(line)) return inPython('# …', '// …');
  for (const place of placesOfF(context)) {
    if (!/^f['"]/.test(code.bare.slice(place))) continue;
    const string = code.operand(place + 1).slice(1, -1);
    return inPython("f'…'", `\`${string.replaceAll('{', '${')}\``);
  }
  const [, array, from = '', to = ''] = /([\w$.]+)\[\s*(-?\w*)\s*:\s*(-?\w*)\s*\]/.exec(line) ?? [];
  if (array) return inPython(`[${from}:${to}]`, slice(array, from, to));
  const [, word] = /(?:^|[\w)\]'"]\s+|[(=]\s*)(and|or|not|is)\s+[\w('"[!-]/.exec(line) ?? [];
  const ours = WORDS[word ?? ''];
  return word && ours && !/\)\s*:\s*\w+\s+is\b/.test(line) ? inPython(word, ours) : undefined;
}

/** Lists where the `f` of `f'…'` may be: a name that is missing, or anywhere in a line that cannot be read. */
function placesOfF(context: ErrorContext): number[] {
  const { error, code, line, missingName } = context;
  if (missingName) return missingName.name === 'f' ? context.placesOf('f') : [];
  const start = code.offset(error.line, 0);
  return Array.from(line.matchAll(/(?<![\w$.])f(?=['"])/g), ({ index = 0 }) => start + index);
}

/** Writes a slice: a tensor, like what the loader gives, counts from where it begins; an array counts up to where it ends. */
function slice(array: string, from: string, to: string): string {
  const start = from || '0';
  if (!to) return `${array}.slice(${start})`;
  if (start === '0' && /^\d+$/.test(to)) return `${array}.slice(0, ${to})`;
  const forArrays = `${array}.slice(${start}, ${to})`;
  const { sliceOfArray, slices } = messages().hints;
  if (!/^\d+$/.test(start) || !/^\d+$/.test(to)) return sliceOfArray(forArrays);
  return slices(forArrays, `${array}.slice(${start}, ${Number(to) - Number(start)})`);
}

export const pythonLineRules: readonly Rule[] = [
  { isThrown: false, hint: pythonLine },
  { isThrown: false, hint: pythonToken },
];
