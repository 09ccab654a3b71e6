/** What stands in the page when it is opened. */
import type { Catalogue } from '../catalogue';
import type { Class } from '../read';
import { texts as all } from './language';

export interface ReportData {
  readonly catalogue: Catalogue;
  /** What a command has read. */
  readonly given?: Class;
  /** The address of a classroom's hand-ins, which is asked again every few seconds. */
  readonly live?: string;
}

export const data: ReportData = JSON.parse(
  document.getElementById('report-data')?.textContent ?? '',
);
export const language = document.documentElement.lang.startsWith('zh') ? 'zh' : 'en';

/** The page's texts in its language, and the lesson's. */
export const texts = all[language];
export const lesson = data.catalogue[language];
