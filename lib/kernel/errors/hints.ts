/** Says what a learner may write instead of what failed. A hint that would be wrong is worse than none. */
import { messages } from '../language';
import { type CellError, ErrorContext, type Rule } from './context';
import { punctuationRules } from './fullwidth-punctuation';
import { missing } from './names';
import { promiseRules } from './promises';
import { pythonLineRules } from './python-lines';
import { pythonNameRules } from './python-names';
import { typeRules } from './types';
import { isNear, methodsOf, nearest, valueAt } from './values';

const hints = () => messages().hints;

/** What the loader gives is neither an array nor a tensor. */
const LOADED = '(?:Images|Labels|NdArray<.*>)';
const LESSON = ['@tensorflow/tfjs', 'digits', 'mnist-data-loader', 'tslab'];

/** The first that has something to say is heard. */
const RULES: readonly Rule[] = [
  ...punctuationRules,
  ...pythonLineRules,
  ...pythonNameRules,
  ...promiseRules,
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
  ...typeRules,
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
