/** Says what a learner may write instead of what failed. A hint that would be wrong is worse than none. */
import { messages } from '../language';
import { type CellError, ErrorContext } from './context';
import { missing } from './names';
import { awaitMissing, awaitMissingInValues, outsideAsync, PROMISE } from './promises';
import { fullwidth, oddQuote } from './punctuation';
import { pythonLine, pythonToken } from './python-lines';
import { keywordArgument, pythonName } from './python-names';
import { addition, argumentCount, arithmetic, shortType, wrongType } from './types';
import { isNear, methodsOf, nearest, valueAt } from './values';

/** A rule for errors of some kind; those it names no kind for are of all kinds. */
interface Rule {
  /** The numbers of TypeScript's diagnostics. */
  readonly codes?: readonly number[];
  /** Whether the error was thrown as the cell ran. */
  readonly isThrown?: boolean;
  readonly message?: RegExp;
  /** @param found the groups of `message`. */
  hint(context: ErrorContext, found: readonly string[]): string | undefined;
}

const hints = () => messages().hints;

/** What the loader gives is neither an array nor a tensor. */
const LOADED = '(?:Images|Labels|NdArray<.*>)';
const LESSON = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader', 'tslab'];

/** The first that has something to say is heard. */
const RULES: readonly Rule[] = [
  { codes: [1002], hint: oddQuote },
  { isThrown: false, hint: fullwidth },
  { isThrown: false, hint: pythonLine },
  { isThrown: false, hint: pythonToken },
  { codes: [2304, 2552, 2554, 2559, 2345, 2740], hint: keywordArgument },
  { isThrown: true, hint: keywordArgument },
  { hint: pythonName },
  { codes: [1308, 1375, 1103], hint: outsideAsync },
  { isThrown: true, hint: awaitMissingInValues },
  { message: PROMISE, hint: awaitMissing },
  {
    message: new RegExp(
      `^Property 'length' does not exist on type '(?:Tensor\\dD|${LOADED}')`,
      's',
    ),
    hint: ({ before }) => {
      const name = /([\w$]+)\??\.$/.exec(before)?.[1];
      return name && hints().count(name);
    },
  },
  {
    message: new RegExp(`^Property '[^']+' does not exist on type '${LOADED}'`, 's'),
    hint: ({ before }) => {
      const name = /([\w$]+)\??\.$/.exec(before)?.[1];
      return name && hints().loadedData(name);
    },
  },
  {
    message: new RegExp(`^Type '${LOADED}' must have a '\\[Symbol\\.iterator\\]`, 's'),
    hint: ({ code, offset = code.bare.length }) => {
      const [name] = /^[\w$]+/.exec(code.bare.slice(offset)) ?? [];
      return name && hints().loadedData(name);
    },
  },
  {
    codes: [2550, 2583],
    message: /'([^']+)'/,
    hint: (_, [name = '']) => hints().tooNew(`Node ${process.versions.node}`, name),
  },
  {
    message:
      /^(?:Property|.* has no exported member named|Object literal may only specify known properties, but) '([^']+)'.* Did you mean (?:to write )?'([^']+)'\?$/s,
    hint: ({ before }, [name = '', offered = '']) => {
      const path = /[\w$]+(?:\.[\w$]+)*\.$/.exec(before)?.[0] ?? '';
      return isNear(name, offered) ? hints().write(path + offered) : undefined;
    },
  },
  {
    isThrown: true,
    message: /^([\w$]+(?:\.[\w$]+)*)\.([\w$]+) is not a function$/,
    hint: ({ error: { known = {} } }, [holder = '', name = '']) => {
      const near = nearest(name, methodsOf(valueAt(holder, known)));
      return near && hints().meant(`${holder}.${near}`);
    },
  },
  {
    message: /^(?:Cannot find module|Module) '([^']+)' (?:or its corresponding|cannot be)/,
    hint: missingModule,
  },
  {
    isThrown: true,
    message: /^[^']*'([^']+)'/,
    hint: (context, found) =>
      context.error.name === 'ImportError' ? missingModule(context, found) : undefined,
  },
  { hint: missing },
  {
    // TypeScript and the browser's kernel say it alike.
    message: /^Cannot assign to '(.*)' because it is a constant\.$/,
    hint: (_, [name = '']) => hints().constant(name),
  },
  {
    codes: [2365],
    message: /^Operator '\+' cannot be applied to types '(.*)' and '(.*)'\.$/s,
    hint: addition,
  },
  { codes: [2362, 2363], hint: arithmetic },
  {
    codes: [2345, 2322],
    message:
      /^(?:Argument of type|Type) '(.*)' is not assignable to (?:parameter of )?type '(.*)'\.$/s,
    hint: wrongType,
  },
  {
    codes: [2559],
    message: /^Type '([^{].*)' has no properties in common with type/s,
    hint: (_, [came = '']) => hints().expectedOptions(shortType(came)),
  },
  {
    codes: [2554, 2555],
    message: /^Expected (?:at least )?([\d-]+) arguments?, but got (?:at least )?(\d+)\.$/,
    hint: argumentCount,
  },
  {
    message: /^Property '(.*?)' is missing in type '\{/s,
    hint: (_, [name = '']) => hints().add([name]),
  },
  {
    message: /^Type '\{.*?' is missing the following properties from type '.*?': (.*)$/s,
    hint: (_, [names = '']) => hints().add(names.replace(/, and \d+ more\.$/, '').split(', ')),
  },
  {
    codes: [2353],
    message: /'([^']+)' does not exist in type '(.*)'\.$/s,
    hint: (_, [name = '', type = '']) => hints().hasNo(shortType(type), name),
  },
];

function missingModule(_: ErrorContext, [name = '']: readonly string[]): string | undefined {
  const meant = /^(tensorflow|keras|tfjs)\b/.test(name) ? LESSON[0] : nearest(name, LESSON);
  return meant && hints().meant(`'${meant}'`);
}

/**
 * Says what to do about an error, in the language of the lesson: one or two sentences, with the code to write.
 *
 * @returns undefined if nothing certain can be said.
 */
export function hintFor(error: CellError): string | undefined {
  const context = new ErrorContext(error);
  for (const { codes, isThrown, message, hint } of RULES) {
    if (codes && !context.is(...codes)) continue;
    if (isThrown !== undefined && isThrown !== context.isThrown) continue;
    const [whole, ...found] = message ? (message.exec(error.message) ?? []) : [''];
    const said = whole === undefined ? undefined : hint(context, found);
    if (said) return said;
  }
  return undefined;
}
