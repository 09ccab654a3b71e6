/** The report page: reads hand-ins and shows the progress of a class. Works as a local file and sends no data. */
import { html, render } from 'lit-html';
import { type HandIn, handInOf, readHandIns } from '../read';
import { csvOf, rowsOf } from '../tally';
import { data, language, lesson, texts } from './context';
import { tables } from './tables';

const { catalogue, initialClass: given, liveUrl: live } = data;
const host = document.getElementsByTagName('main')[0] as HTMLElement;
document.title = texts.title;

/** Pasted text and files by name. Different files with the same name are numbered. */
const handIns = new Map<string, HandIn>();
const addHandIns = (...items: readonly HandIn[]) => {
  for (const handIn of items) {
    let { source } = handIn;
    const isTaken = () => handIns.has(source) && handIns.get(source)?.text !== handIn.text;
    for (let n = 2; isTaken(); n++) source = handIn.source.replace(/(\.\w+)?$/, ` (${n})$1`);
    handIns.set(source, { ...handIn, source });
  }
  show();
};

function show(): void {
  const current = readHandIns([...handIns.values()], catalogue.names);
  const problems = [...(given?.problems ?? []), ...current.problems];
  const rows = rowsOf([...(given?.learners ?? []), ...current.learners]);
  const problemItems = problems.map(
    ({ source, kind }) => html`<li><b>${source}</b>: ${texts.kinds[kind]}</li>`,
  );
  const draw = () =>
    render(
      html`
        <nav>
          ${given || live ? '' : linkTo(`index.html?lang=${language}`, texts.home)}
          <a href="?lang=${language === 'zh' ? 'en' : 'zh'}">${texts.other}</a>
        </nav>
        <h1>${texts.title}</h1>
        ${given || live ? html`<p class="small">${texts.fake}</p>` : handInForm}
        ${problemItems.length > 0 ? html`<h2>${texts.problems}</h2><div role="status"><ul>${problemItems}</ul></div>` : ''}
        ${
          rows.length === 0
            ? html`<p>${texts.none}</p>`
            : html`${tables(rows, draw)}
              <p class="bar">
                <button @click=${() => print()}>${texts.print}</button>
                <button @click=${() => save(csvOf(rows, lesson, texts))}>${texts.csv}</button>
              </p>`
        }`,
      host,
    );
  draw();
}

/** Returns the URL of a page of this website, or an empty string if opened as a file. */
const onSite = (path: string) =>
  /^http/.test(location.protocol) ? new URL(`../${path}`, location.href).href : '';
const notebook = onSite(`${language}/lab/index.html?path=exercises.${language}.ipynb`);
const linkTo = (path: string, words: string) =>
  notebook ? html`<a href=${onSite(path)}>${words}</a>` : '';

const handInForm = html`<div class="hands">
  <p>${texts.intro}</p>
  <details class="how">
    <summary>${texts.how}</summary>
    <ol>${texts.steps.map(step => html`<li>${step}</li>`)}</ol>
    <p>${linkTo(`pages/exercises.${language}.html`, texts.read)}</p>
    <p>${texts.message}</p>
    <textarea class="message" aria-label=${texts.message}>${texts.toClass(notebook)}</textarea>
  </details>
  <p class="small">${texts.fake}</p>
  <label>${texts.paste}<textarea class="pasted" placeholder=${texts.pasteHint} @input=${paste}></textarea></label>
  <p class="bar">
    <label class="file">${texts.choose}<input type="file" multiple @change=${(event: Event) => takeFiles((event.target as HTMLInputElement).files)} /></label>
    <span class="small">${texts.drop}</span>
    <button @click=${clear}>${texts.clear}</button>
  </p>
</div>`;

function paste({ target: { value } }: { target: HTMLTextAreaElement }): void {
  handIns.delete(texts.pasted);
  addHandIns(...(value.trim() ? [{ source: texts.pasted, text: value }] : []));
}

async function takeFiles(files: FileList | null = null): Promise<void> {
  addHandIns(...(await Promise.all(Array.from(files ?? [], file => handInOf(file.name, file)))));
}

function clear(): void {
  const pasted = host.querySelector<HTMLTextAreaElement>('textarea.pasted');
  if (pasted) pasted.value = '';
  handIns.clear();
  show();
}

function save(text: string): void {
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(text)}`;
  Object.assign(document.createElement('a'), { href, download: 'digits-report.csv' }).click();
}

if (!given && !live) {
  for (const type of ['dragover', 'dragleave', 'drop']) {
    addEventListener(type, event => {
      event.preventDefault();
      document.body.classList.toggle('over', type === 'dragover');
    });
  }
  addEventListener('drop', ({ dataTransfer }) => takeFiles(dataTransfer?.files));
}
show();
while (live) {
  const latest: HandIn[] | undefined = await fetch(live)
    .then(answer => answer.json())
    .catch(() => undefined);
  if (latest) {
    handIns.clear();
    addHandIns(...latest);
  }
  await new Promise(resolve => setTimeout(resolve, 5000));
}
