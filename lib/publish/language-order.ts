/** Checks that the cells of both languages have the same order in a source. */
import { Failure } from 'command/output/failure.mjs';

/** Parses the cell markers of jupytext's percent format: language and shape, such as `markdown subslide ##`. */
const readMarkers = (lines: readonly string[]) =>
  lines.flatMap((marker, index) => {
    if (!/^\/\/ *%%/.test(marker)) return [];
    const [, list = ''] = /\btags=\[([^\]]*)\]/.exec(marker) ?? [];
    const tags = list.match(/[\w-]+/g) ?? [];
    const language = tags.find(tag => tag === 'zh' || tag === 'en');
    const kind = marker.includes('[markdown]') ? 'markdown' : 'code';
    const [, level] = /^\/\/ (#+) /.exec(lines[index + 1] ?? '') ?? [];
    const words = [kind, ...tags.filter(tag => tag !== language).sort(), level];
    return { line: index + 1, language, shape: words.filter(Boolean).join(' ') };
  });

/**
 * Compares the kinds, tags and heading levels of `zh` and `en` cells between shared cells. If they differ, a shared
 * cell could precede its introduction in one language. Throws a Failure that names the first cell without a
 * counterpart.
 */
export function checkLanguageOrder(file: string, text: string): void {
  const lines = text.split('\n');
  const markers = readMarkers(lines);
  const ends = markers.filter(({ language }) => !language).map(({ line }) => line);
  let start = 0;
  for (const end of [...ends, lines.length + 1]) {
    const [zh = [], en = []] = ['zh', 'en'].map(language =>
      markers.filter(cell => cell.language === language && cell.line > start && cell.line < end),
    );
    const index = [...zh, ...en].findIndex((_, i) => zh[i]?.shape !== en[i]?.shape);
    start = end;
    if (index < 0) continue;
    const [inZh, inEn] = [zh[index], en[index]].map(cell =>
      cell ? `"${cell.shape}" (line ${cell.line})` : 'missing',
    );
    throw new Failure(
      `${file}, line ${(zh[index] ?? en[index])?.line}: Expected the cells of "zh" and "en" before the shared cell of line ${end} to correspond in order, kind, tags and level of heading, but number ${index + 1} of them is ${inZh} in "zh" and ${inEn} in "en". Put the same cell there in both languages, or move the shared cell behind the cells of both.`,
    );
  }
}
