import type { Text } from './language';

const denied = { en: 'no permission', zh: '没有权限' };
const tooMany = { en: 'too many files are open', zh: '打开的文件太多' };
const inTheWay = {
  en: 'a file is where a folder should be',
  zh: '应当是文件夹的地方，却是一个文件',
};
const nameless = { en: 'is there a network?', zh: '网络是否连通？' };

/** Words for those of the system's codes that a learner can do something about. */
const meanings: Record<string, Text> = {
  EACCES: denied,
  EPERM: denied,
  EROFS: { en: 'the disk is read-only', zh: '磁盘是只读的' },
  ENOSPC: { en: 'the disk is full', zh: '磁盘已满' },
  EDQUOT: { en: 'your disk quota is used up', zh: '磁盘配额已用完' },
  EIO: { en: 'the disk reports an error', zh: '磁盘读写出错' },
  ELOOP: { en: 'the link points back to itself', zh: '链接指向了自己' },
  // Node says this also of a folder that it cannot make on a read-only disk.
  ENOENT: { en: 'the folder cannot be created', zh: '无法建立文件夹' },
  EEXIST: inTheWay,
  ENOTDIR: inTheWay,
  EMFILE: tooMany,
  ENFILE: tooMany,
  ENOTFOUND: nameless,
  EAI_AGAIN: nameless,
  ECONNREFUSED: { en: 'refused', zh: '连接被拒绝' },
};

/** Says why the system refused something: in words with its code, or as the system puts it. */
export function systemReason(error: unknown): Text {
  const { code, message } = error as NodeJS.ErrnoException;
  // A browser tells no more of a connection that fails.
  const isBrowser = code === undefined && error instanceof TypeError;
  const meaning = isBrowser ? nameless : meanings[code ?? ''];
  if (!meaning) return { en: code ?? message, zh: code ?? message };
  return { en: `${meaning.en} (${code ?? message})`, zh: `${meaning.zh}（${code ?? message}）` };
}

/** Tells whether it failed for want of what other work holds, which says nothing of the file. */
export function isPassing(error: unknown): boolean {
  return ['EMFILE', 'ENFILE', 'ENOMEM'].includes((error as NodeJS.ErrnoException)?.code ?? '');
}
