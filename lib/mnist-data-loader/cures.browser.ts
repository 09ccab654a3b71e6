/** What to do about an error in a browser, where the files are a web site's. */
import type { Text } from './language';
import type { Cures } from './searched';

const notOnSite: Text = {
  en: 'The site has not got it: check the address, or have whoever keeps the site put the file there, raw or as .gz. The option mirrors names other sites to look on.',
  zh: '网站上没有这个文件：请检查地址，或请网站的维护者把文件（原始文件或 .gz）放到那里。也可以用 mirrors 选项指定别的网站。',
};

const again: Text = {
  en: 'Run it again. If that changes nothing, the copy on the site is damaged: have whoever keeps the site put a fresh one there.',
  zh: '请重新运行。如果仍然这样，说明网站上的文件已损坏：请网站的维护者换上完好的文件。',
};

export const cures: Cures = {
  notFound: {
    nothing: notOnSite,
    folder: notOnSite,
    page: notOnSite,
    unfit: notOnSite,
    unreadable: {
      en: 'The site does not give it out: have whoever keeps the site allow reading.',
      zh: '网站不提供这个文件：请网站的维护者开放读取权限。',
    },
    unusable: notOnSite,
    passing: again,
  },
  damaged: {
    en: `${again.en} To read a set of your own, give it a name of its own with the option name.`,
    zh: `${again.zh}如果要读取自己的数据集，请用 name 选项另取一个名字。`,
  },
  notIdx: again,
  truncated: again,
  download: () => ({
    en: 'Check the network and run it again.',
    zh: '请检查网络，然后重新运行。',
  }),
};
