import type { Messages } from './en';

/** The page's texts in Chinese. */
export const zh: Messages = {
  tryAgain: '再试一次',
  ok: '知道了',
  lesson: '课程',
  cut: files => `课程没有载入完整${files && `，缺少 ${files}`}。网络可能中断了。`,
  noWebAssembly:
    '课程无法运行：这个浏览器不支持 WebAssembly，或者把它关掉了（例如锁定模式）。请换一个浏览器，或者阅读课程页面。',
  noStorage: host =>
    `浏览器不允许本网站（${host}）保存任何数据，课程因此打不开。请在浏览器设置中允许本网站使用 Cookie 和网站数据，再试一次。`,
  notSecure: host =>
    `此地址（${host}）不是 https：课程可以运行，但浏览器不允许离线使用。请用 https 提供本网站，或在本机用 http://127.0.0.1 打开。`,
  fromFile:
    '课程不能直接从文件打开，需要一个网页服务器。请在网站文件夹里运行“python3 -m http.server 8000”（Windows 上是“py -m http.server 8000”），再打开 http://127.0.0.1:8000/；也可以直接打开课程的网站。供阅读的页面可以直接从文件打开。',
  read: '阅读课程',
  offline: {
    keep: megabytes => `把整个课程保存到本机，离线也能用（${megabytes} MB）`,
    soFar: (kept, all) => `${kept} / ${all} MB`,
    kept: '已保存：没有网络，这里的一切也能用，中英文都行。',
    full: '没能保存：浏览器的存储空间已满，或者这是无痕窗口。请腾出一些空间，或改用普通窗口，再试一次。',
    cut: '网络中断了。已下载的部分都已保存；再按一次按钮，继续下载其余部分。',
    open: '保存整个课程，供离线使用…',
  },
  twoTabs: path =>
    `“${path}”在另一个标签页里也打开着。后保存的标签页会覆盖另一个的修改，请关掉其中一个。`,
  newer: (path, mine) =>
    `“${path}”有新版本，现在打开的是你保存的副本。打开新版后，你的副本会以“${mine}”为名保留。`,
  openNewer: '打开新版，保留我的',
  restore: '取回原始笔记本（保留我的副本）',
  mine: count => `（我的${count}）`,
  share: '分享链接',
  shareCaption: '复制一个链接，内含笔记本现在的内容，不含输出',
  copied: length => `链接已复制，共 ${length} 个字符。打开它的人会得到这份笔记本现在的副本。`,
  copyThis: length => `浏览器不允许本页复制。请从这里复制链接（${length} 个字符）：`,
  linkTooLong: (length, most) =>
    `链接会长达 ${length} 个字符，聊天软件和浏览器最多能传 ${most} 个。请下载笔记本，发送文件。`,
  shared: count => `（分享${count}）`,
  warning: path =>
    `> **这是别人分享给你的笔记本。** 里面的代码可能出自任何人，现在都还没有运行：先读懂一个单元格，再运行它。这是你自己的副本“${path}”，你原有的笔记本没有改动。这个单元格可以删掉。`,
  older: '\n>\n> 链接比课程旧：其中没有改过的单元格，用的是现在的版本。',
  brokenLink:
    '链接打不开：末尾缺了一段（有些聊天软件会截断），或者它属于课程的另一个版本。请对方重发完整的链接，或者发送笔记本文件。',
  download: '下载笔记本',
  savesNothing:
    '浏览器不允许本页保存数据（例如无痕窗口），关闭页面后你的修改会丢失。要保留修改，请下载笔记本。',
  full: '没能保存：浏览器的存储空间可能已满。要保留修改，请下载笔记本。',
  lost: cells => `关闭笔记本时${cells}还在运行，之后内核结束了。请重新运行。`,
  moreCells: count => `等 ${count + 1} 个单元格`,
  goToCell: '转到单元格',
  scorm: {
    state: (passed, left, points) =>
      `已通过：${passed.join('、') || '还没有'}。还要做：${left.join('、') || '没有了'}。得 ${points} 分，满分 100。`,
    noPlatform:
      '这个页面不是从学习平台打开的（找不到 SCORM 1.2），所以不会报告成绩。请把整个包原样作为 SCORM 活动上传，再从课程里打开。',
    refused: reason =>
      `学习平台没有开始会话（${reason}），所以不会报告成绩。请关掉这个页面，从课程里重新打开；还是不行，请告诉老师。`,
    notTaken: reason => `学习平台还没有收下（${reason}）。请不要关掉这个页面，它会再试。`,
    unreadable:
      '学习平台保存的以前的记录读不出来：分数不变；以前通过的题，再运行一次，就会重新计入。',
    others: '笔记本里已有的答案，可能是别人的，也可能是以前某次尝试的；从现在起通过的才计入。',
    noRecord: reason =>
      `这个浏览器不能记下你通过了什么（${reason}），所以不会报告成绩。请允许这个网址使用 Cookie 和网站数据，再重新打开。`,
  },
};
