import type { Text } from './language';

/** A place that was searched and what was there instead of a readable file. */
export interface Searched {
  /** The file's path or address. */
  path: string;
  /**
   * `page`: a web page, which many a server sends for what it has not. `unfit`: a pipe, a device or the
   * like. `unusable`: a warning has said why. `passing`: it could not be read just now.
   */
  found: 'nothing' | 'folder' | 'page' | 'unfit' | 'unreadable' | 'unusable' | 'passing';
  /** The system's reason, where it gave one. */
  why?: Text;
}

/** Words for what was there. */
export const foundThere: Record<Searched['found'], Text> = {
  nothing: { en: 'nothing there', zh: '不存在' },
  folder: { en: 'a folder, not a file', zh: '是文件夹，不是文件' },
  page: { en: 'a web page, not the file', zh: '是网页，不是文件' },
  unfit: { en: 'not a data file', zh: '不是数据文件' },
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  unusable: { en: 'unusable; see the warning above', zh: '不能使用，见前面的警告' },
  passing: { en: 'cannot be read now', zh: '暂时无法读取' },
};

/** What to do about each error for which Node and browsers have other advice. */
export interface Cures {
  readonly notFound: Readonly<Record<Searched['found'], Text>>;
  readonly damaged: Text;
  readonly notIdx: Text;
  readonly truncated: Text;
  /** @param folder where the file belongs. */
  download(folder: string): Text;
}
