import jsTokens from 'js-tokens';

/** Puts blanks in the place of comments, regular expressions and what strings hold, so that each place stays. */
export const maskStrings = (source: string): string =>
  Array.from(jsTokens(source), ({ type, value }) => {
    const isString = /String|Template/.test(type);
    if (!isString && !/Comment|Regular/.test(type)) return value;
    const [, open = '', held = value, close = ''] =
      (isString && /^(['"`}])([\s\S]*?)(['"`]|\$\{)?$/.exec(value)) || [];
    return open + held.replace(/[^\n]/g, ' ') + close;
  }).join('');
