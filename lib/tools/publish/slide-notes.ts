/** Makes the speaker's notes of slides out of a guide for teachers. */
import { isCode, joined } from './notebook';
import type { Slide } from './slide-layout';

export interface NotedSlide extends Slide {
  /** Markdown; empty where the guide says nothing. */
  readonly notes: string;
}

/**
 * Gives each slide what the guide says about its section of the notebook.
 *
 * - A list under a heading of the section's name. An item for one part of the section names that
 *   part's heading in brackets, `- **Ask** (Step by step): …`, and goes to the slides of that part.
 * - Rows of a plan, `| 7 | 4 Preprocessing | divide by 255 |`. One that names no section goes with
 *   the next that does, or else with the one before.
 */
export function speakerNotes(slides: readonly Slide[], guide: string): NotedSlide[] {
  const titles = slides.flatMap(slide => headings(slide, /^##?$/));
  const plan = planOf(guide, titles);
  const parts = new Set(slides.flatMap(slide => headings(slide, /^###+$/)));
  let section = '';
  let part: string | undefined;
  return slides.map(slide => {
    if (slide.begins) [section = '', part] = headings(slide, /^##?$/);
    part = headings(slide, /^###+$/).at(-1) ?? (slide.begins ? undefined : part);
    const items = listUnder(section, guide).map(item => ({ item, of: partOf(item) }));
    const own = items.filter(({ of }) => of !== undefined && of === part);
    const general = items.filter(({ of }) => of === undefined || !parts.has(of));
    const notes = [...(plan.get(section) ?? []), ...[...own, ...general].map(({ item }) => item)];
    return { ...slide, notes: notes.join('\n') };
  });
}

/** The headings on a slide whose marks are of this kind. */
function headings(slide: Slide, marks: RegExp): string[] {
  const texts = slide.cells.filter(cell => !isCode(cell)).map(cell => joined(cell.source));
  return texts.flatMap(text =>
    [...text.matchAll(/^(#+)[ \t]+(.+)$/gm)].flatMap(([, mark = '', title = '']) =>
      marks.test(mark) ? [title.trim()] : [],
    ),
  );
}

/** The items of the list under a heading. */
function listUnder(title: string, guide: string): string[] {
  const [, ...sections] = guide.split(/^#+[ \t]+/m);
  const section = title && sections.find(text => text.split('\n', 1)[0]?.trim() === title);
  return section ? section.split('\n').filter(line => line.startsWith('- ')) : [];
}

const partOf = (item: string): string | undefined =>
  /^- \*\*[^*]+\*\*\s*[(（](.+?)[)）][:：]/.exec(item)?.[1];

/** The rows of the plans, as items of a list, by the section that they are for. */
function planOf(guide: string, titles: readonly string[]): Map<string, string[]> {
  const plan = new Map<string, string[]>();
  for (const [table] of guide.matchAll(/^\|.*\n\|[ -|]+\n(?:\|[ \t]*\d+[ \t]*\|.*\n?)+/gm)) {
    const [[unit = ''] = [], , ...rows] = table
      .trim()
      .split('\n')
      .map(row =>
        row
          .split('|')
          .slice(1, -1)
          .map(cell => cell.trim()),
      );
    const named = rows.map(([, title = '']) => (titles.includes(title) ? title : undefined));
    rows.forEach(([minutes, title, ...what], at) => {
      const to = named.slice(at).find(Boolean) ?? named.filter(Boolean).at(-1);
      if (to === undefined) return;
      const name = named[at] ? '' : ` (${title})`;
      const item = `- **${minutes} ${unit.toLowerCase()}**${name}: ${what.join(', ')}`;
      plan.set(to, [...(plan.get(to) ?? []), item]);
    });
  }
  return plan;
}
