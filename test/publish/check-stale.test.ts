import { deepEqual, match } from 'node:assert/strict';
import { findLanguageProblems } from '../../lib/publish/check-stale';
import { codeCell, textCell } from '../notebook';

const inBoth = (zh: string, en: string) => [
  textCell('## 3 Loading'),
  codeCell("setLanguage('zh');", [], { metadata: { tags: ['zh'] } }),
  codeCell("setLanguage('en');", [], { metadata: { tags: ['en'] } }),
  codeCell(zh, [], { metadata: { tags: ['zh'] } }),
  codeCell(en, [], { metadata: { tags: ['en'] } }),
];

describe('code in two languages', () => {
  it('may differ in words and comments, also behind code', () => {
    const zh = "// 它的\nconst a = '三'; // 它's\n\n// 三\nrun(a, 'http://三');";
    deepEqual(findLanguageProblems(inBoth(zh, "const a = 'b';\nrun(a, 'c'); // it's")), []);
  });

  it('is named with its cell, exercise, file and lines where it differs', () => {
    const call = "\n\nawait check('3.2', pixelIndex);";
    const problems = findLanguageProblems(inBoth(`const a = 1;${call}`, `const a = 2;${call}`));
    deepEqual(problems.length, 1);
    match(
      problems[0] ?? '',
      /: "const a = 1;" in zh and "const a = 2;" in en, in cell stage-3-code-2 /,
    );
    match(
      problems[0] ?? '',
      /of exercise 3\.2, from .*\bpixel-index.text\.zh\.ts and text\.en\.ts\./,
    );
    const [problem = ''] = findLanguageProblems(inBoth('more();\nmore();', 'more();'));
    match(problem, /"more\(\);" in zh and "" in en, in cell stage-3-code-2\. Make/);
  });
});
