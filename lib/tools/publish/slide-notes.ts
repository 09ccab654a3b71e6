/** Makes the speaker's notes of slides out of a guide for teachers. */
import { type Cell, isCode, joined } from './notebook';

/**
 * Returns for each slide what the guide says about its section of the notebook, as Markdown; an empty
 * text if it says nothing.
 *
 * - A list under a heading of the section's name. An item for one part of the section names that
 *   part's heading in brackets, `- **Ask** (Step by step): …`, and goes to the slides of that part.
 * - Rows of a plan, `| 7 | 4 Preprocessing | divide by 255 |`. One that names no section goes with
 *   the next that does, or else with the one before.
 */
export function speakerNotes(
  slides: readonly (readonly Cell[])[],
  guide: string,
): readonly string[] {
  const sections = slides.map(cells => headings(cells, /^##?$/)[0]);
  const plan = planOf(guide, sections);
  const parts = new Set(slides.flatMap(cells => headings(cells, /^###+$/)));
  let section = '';
  let part: string | undefined;
  return slides.map((cells, at) => {
    if (sections[at] !== undefined) [section, part] = [sections[at], undefined];
    part = headings(cells, /^###+$/).at(-1) ?? part;
    const items = listUnder(section, guide);
    const own = items.filter(item => part !== undefined && partOf(item) === part);
    const general = items.filter(item => !parts.has(partOf(item) ?? ''));
    return [...(plan.get(section) ?? []), ...own, ...general].join('\n');
  });
}

/** Lists the headings of cells whose marks match, such as `###`. */
function headings(cells: readonly Cell[], marks: RegExp): string[] {
  const text = cells.map(cell => (isCode(cell) ? '' : joined(cell.source))).join('\n\n');
  return Array.from(text.matchAll(/^(#+)[ \t]+(.+)$/gm))
    .filter(([, mark = '']) => marks.test(mark))
    .map(([, , title = '']) => title.trim());
}

function listUnder(title: string, guide: string): string[] {
  const [, ...sections] = guide.split(/^#+[ \t]+/m);
  const section = title && sections.find(text => text.split('\n', 1)[0]?.trim() === title);
  return section ? section.split('\n').filter(line => line.startsWith('- ')) : [];
}

const partOf = (item: string): string | undefined =>
  /^- \*\*[^*]+\*\*\s*[(（](.+?)[)）][:：]/.exec(item)?.[1];

/** Returns the rows of the guide's plans as items of a list, by the section that they are for. */
function planOf(
  guide: string,
  sections: readonly (string | undefined)[],
): ReadonlyMap<string, readonly string[]> {
  const plan = new Map<string, string[]>();
  for (const [table] of guide.matchAll(/^\|.*\n\|[ -|]+\n(?:\|[ \t]*\d+[ \t]*\|.*\n?)+/gm)) {
    const [head = [], , ...rows] = table.trim().split('\n').map(cellsOf);
    const named = rows.map(([, title]) => (sections.includes(title) ? title : undefined));
    for (const [at, [minutes, title, ...what]] of rows.entries()) {
      const to = named.slice(at).find(Boolean) ?? named.filter(Boolean).at(-1);
      if (to === undefined) break;
      const name = named[at] ? '' : ` (${title})`;
      const item = `- **${minutes} ${head[0]?.toLowerCase()}**${name}: ${what.join(', ')}`;
      plan.set(to, [...(plan.get(to) ?? []), item]);
    }
  }
  return plan;
}

const cellsOf = (row: string): string[] =>
  row
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());
