import type { Notebook } from './notebook';
export async function addStills(notebook: Notebook, _previous?: Notebook): Promise<Notebook> {
  return notebook;
}
