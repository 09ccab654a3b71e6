/** Comments, strings, regular expressions, and what opens or closes a template or its braces. */
const PART =
  /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(['"])(?:\\.|(?!\1)[^\\\n])*\1?|(?<=(?:^|[=(,:;!&|?{}[\n])\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/|[`{}]/y;
/** What a template holds, up to its end or to `${`. */
const TEMPLATE = /(?:\\[\s\S]|(?!\$\{)[^`\\])*(`|\$\{|$)/y;

/** Puts blanks in the place of comments and of what strings hold, so that each place stays. */
export function bare(source: string): string {
  let text = '';
  /** For each open brace, whether it is one of a template. */
  const open: boolean[] = [];
  const take = (pattern: RegExp) => {
    pattern.lastIndex = text.length;
    return pattern.exec(source);
  };
  const template = () => {
    const [found = '', end = ''] = take(TEMPLATE) ?? [];
    text += blank(found.slice(0, found.length - end.length)) + end;
    if (end === '${') open.push(true);
  };
  while (text.length < source.length) {
    const [found = source[text.length] ?? '', quote] = take(PART) ?? [];
    if (quote) text += quoted(found, quote);
    else text += found.length > 1 ? blank(found) : found;
    if (found === '{') open.push(false);
    if (found === '`' || (found === '}' && open.pop())) template();
  }
  return text;
}

function quoted(found: string, quote: string): string {
  const end = found.length > 1 && found.endsWith(quote) ? quote : '';
  return quote + blank(found.slice(1, found.length - end.length)) + end;
}

const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
