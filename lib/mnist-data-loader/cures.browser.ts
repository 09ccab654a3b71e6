/** What to do about an error in a browser, where the files are a web site's. */
import type { Text } from './language';
import type { Cures } from './searched';

const notOnSite: Text = {
  en: 'The site does not have it: check the address, or ask the maintainer of the site to put the file there, raw or as .gz.',
  zh: '网站上没有这个文件：请检查地址，或联系网站的维护者把文件（原始文件或 .gz）放上去。',
};

const again: Text = {
  en: 'Run it again. If that does not help, the copy on the site is damaged: ask the maintainer of the site to replace it.',
  zh: '请重新运行。如果仍然不行，说明网站上的文件已损坏，请联系网站的维护者换上完好的文件。',
};

export const cures: Cures = {
  notFound: {
    nothing: notOnSite,
    folder: notOnSite,
    page: notOnSite,
    unfit: notOnSite,
    unreadable: {
      en: 'The site refuses access to it: ask the maintainer of the site to allow reading.',
      zh: '网站不允许读取这个文件：请联系网站的维护者开放权限。',
    },
    unusable: notOnSite,
    passing: again,
  },
  damaged: {
    en: `${again.en} To read your own set, give it a different name with the option name.`,
    zh: `${again.zh}如果要读取自己的数据集，请用 name 选项另取一个名字。`,
  },
  notIdx: again,
  truncated: again,
  download: () => ({
    en: 'Check the network and run it again.',
    zh: '请检查网络，然后重新运行。',
  }),
};
