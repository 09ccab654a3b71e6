/** The report's page: takes what learners hand in, and shows where the class is. It works from a file, and sends nothing. */
import { html, render } from 'lit-html';
import type { Catalogue } from '../catalogue';
import { type Class, type HandIn, isTooLarge, type Problem, readHandIns } from '../read';
import { csvOf, type Row, rowsOf } from '../tally';
import { tables, type View } from './tables';
import { language, texts } from './texts';

/** What stands in the page when it is opened. */
export interface ReportData {
  readonly catalogue: Catalogue;
  /** What a command has read. */
  readonly given?: Class;
  /** Whether the command has run the notebooks anew. */
  readonly isRun?: boolean;
  /** The address of a classroom's hand-ins, which is asked again every few seconds. */
  readonly live?: string;
}

const json = document.getElementById('report-data')?.textContent ?? '';
const { catalogue, given, isRun, live }: ReportData = JSON.parse(json);
const ours = catalogue[language];

let handIns: HandIn[] = [];
let unread: string[] = [];
const view: View = { sortedBy: 'name', filter: '', lacking: '' };

const [host] = document.getElementsByTagName('main');
document.title = texts.title;

/** Reads what was handed in, and shows it. */
function take(): void {
  const read = readHandIns(handIns, catalogue.names);
  const problems = [...(given?.problems ?? []), ...read.problems];
  show(rowsOf([...(given?.learners ?? []), ...read.learners]), problems);
}

function show(rows: readonly Row[], problems: readonly Problem[]): void {
  const act = (change: Partial<View>) => {
    Object.assign(view, change);
    show(rows, problems);
  };
  const page = html`
    <nav><a href="?lang=${language === 'zh' ? 'en' : 'zh'}">${texts.other}</a></nav>
    <h1>${texts.title}</h1>
    ${given || live ? html`<p class="small">${isRun ? texts.ran : texts.fake}</p>` : hands()}
    ${problemsOf([...problems, ...unread.map(source => ({ source, kind: 'unreadable' as const }))])}
    ${rows.length === 0 ? html`<p>${texts.none}</p>` : tables(rows, ours, view, act)}
    ${
      rows.length === 0
        ? ''
        : html`<p class="bar">
            <button @click=${() => print()}>${texts.print}</button>
            <button @click=${() => save(csvOf(rows, ours, texts))}>${texts.csv}</button>
          </p>`
    }`;
  render(page, host as HTMLElement);
}

const hands = () => html`<div class="hands">
  <p>${texts.intro}</p>
  <p class="small">${texts.fake}</p>
  <label>${texts.paste}<textarea placeholder=${texts.pasteHint} @input=${paste}></textarea></label>
  <p class="bar">
    <label class="file">${texts.choose}<input type="file" multiple @change=${choose} /></label>
    <span class="small">${texts.drop}</span>
    <button @click=${clear}>${texts.clear}</button>
  </p>
</div>`;

function problemsOf(
  problems: readonly (Omit<Problem, 'kind'> & { kind: keyof typeof texts.kinds })[],
) {
  if (problems.length === 0) return '';
  const items = problems.map(
    ({ source, kind, words }) => html`<li><b>${source}</b>: ${words ?? texts.kinds[kind]}</li>`,
  );
  return html`<h2>${texts.problems}</h2><div role="status"><ul>${items}</ul></div>`;
}

const isPasted = ({ source }: HandIn) => source === texts.pasted;

function paste({ target }: { target: HTMLTextAreaElement }): void {
  const text = target.value;
  handIns = handIns.filter(each => !isPasted(each));
  if (text.trim()) handIns.push({ source: texts.pasted, text });
  take();
}

const choose = ({ target }: { target: HTMLInputElement }) => takeFiles(target.files);

async function takeFiles(files: FileList | null | undefined): Promise<void> {
  for (const file of files ?? []) {
    try {
      const text = isTooLarge(file.size) ? undefined : await file.text();
      handIns = [
        ...handIns.filter(({ source }) => source !== file.name),
        { source: file.name, text },
      ];
    } catch {
      unread = [...unread, file.name]; // such as a folder
    }
  }
  take();
}

function clear(): void {
  [handIns, unread] = [[], []];
  const [area] = document.getElementsByTagName('textarea');
  if (area) area.value = '';
  take();
}

function save(text: string): void {
  const href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  Object.assign(document.createElement('a'), { href, download: 'digits-report.csv' }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

if (!given && !live) {
  addEventListener('dragover', event => {
    event.preventDefault();
    document.body.classList.add('over');
  });
  addEventListener('dragleave', () => document.body.classList.remove('over'));
  addEventListener('drop', event => {
    event.preventDefault();
    document.body.classList.remove('over');
    void takeFiles(event.dataTransfer?.files);
  });
}
take();
while (live) {
  handIns = await fetch(live)
    .then(answer => answer.json())
    .catch(() => handIns);
  take();
  await new Promise(go => setTimeout(go, 5000));
}
