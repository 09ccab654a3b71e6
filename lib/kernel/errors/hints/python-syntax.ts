/** Lines of Python. */
import { text } from 'digits/language';
import type { Found } from '../cell-error';
import type { Code } from '../code';
import { inTypeScript } from './python-words';

/** Reads a line, and says how TypeScript writes it; `source` is the line with its strings. */
type Form = readonly [RegExp, (found: (i: number) => string, source: string) => string | undefined];

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

export function python(found: Found): string | undefined {
  if (found.isThrown) return undefined;
  const written = form(found.code, found.error.line);
  if (!written) return undefined;
  return text({
    zh: `这一行是 Python 的写法，TypeScript 里要写成 ${written}`,
    en: `This line is Python; in TypeScript, write ${written}`,
  });
}

/** Whether a line of the cell is Python, so that much else in it cannot be read. */
export const hasPython = ({ code }: Found): boolean =>
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
    const written = match && write(at, source);
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

/** Packages of Python that the lesson has by another name. */
function imported(module: string, names: string): string | undefined {
  if (/^(tensorflow|keras)\b/.test(module)) return "import * as tf from '@tensorflow/tfjs'";
  // Nothing stands for these.
  if (!/^(digits|tslab)$/.test(module)) return undefined;
  const list = names === '*' ? `* as ${module}` : names.startsWith('*') ? names : `{ ${names} }`;
  return `import ${list} from '${module}'`;
}
