import jsTokens from 'js-tokens';

/** Replaces comments, regular expressions and the contents of strings by blanks. Offsets stay the same. */
export const maskStrings = (source: string): string =>
  Array.from(jsTokens(source), ({ type, value }) => {
    const isString = /String|Template/.test(type);
    if (!isString && !/Comment|Regular/.test(type)) return value;
    const [, open = '', content = value, close = ''] =
      (isString && /^(['"`}])([\s\S]*?)(['"`]|\$\{)?$/.exec(value)) || [];
    return open + content.replace(/[^\n]/g, ' ') + close;
  }).join('');
