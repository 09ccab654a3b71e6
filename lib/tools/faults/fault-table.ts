import { groupedIn } from 'digits/format';
import type { Language, Text } from 'digits/language';
import { type Count, PARTS } from './counts';

const HEAD: Text = {
  en: '| What was done | Tried | Survived |\n| --- | --- | --- |',
  zh: '| 故障 | 次数 | 挺过 |\n| --- | --- | --- |',
};
const PART_NAMES: Record<Count['part'], Text> = {
  data: { en: 'Data', zh: '数据' },
  setup: { en: 'Set-up', zh: '安装' },
  kernel: { en: 'Kernel', zh: '内核' },
  gpu: { en: 'GPU, simulated', zh: 'GPU（模拟）' },
  classroom: { en: 'Classroom', zh: '课堂' },
};

/** Writes the table in Markdown: a line a fault, by part. */
export function tableOf(counts: readonly Count[], language: Language): string {
  const rows = PARTS.flatMap(part =>
    counts
      .filter(count => count.part === part)
      .map(count => {
        const name = `${PART_NAMES[part][language]}${language === 'zh' ? '：' : ': '}`;
        return `| ${name}${count[language]} | ${groupedIn(language, count.tried)} | ${groupedIn(language, count.survived)} |`;
      }),
  );
  return [HEAD[language], ...rows].join('\n');
}
