import type { Messages } from './en';

/** 教师页面的文字，中文。 */
export const zh: Messages = {
  title: '全班',
  lesson: '打开我自己的课程',
  logOut: '退出登录',
  now: (there, all, memory, disk) =>
    `共 ${all} 名学生，在线 ${there} 名。本机剩余内存 ${memory}，剩余磁盘 ${disk}。`,
  nobody: '还没有人登录。学生登录后会自动出现在这里。',
  lost: '教室没有响应。如果已经关闭，请重新打开，本页会自动继续。',
  loggedOut: '您已退出登录，或者不是教师。请刷新本页，重新登录。',
  lowMemory: left => `本机内存只剩 ${left}。请停掉已经离开的学生，或占用最多的学生。`,
  lowDisk: left => `本机磁盘只剩 ${left}，很快就无法保存文件了。`,
  closed: (names, folder) =>
    `${folder} 中的 ${names} 学生无权读取，所以没有分发。只能放文件，不能放文件夹；请用 chmod o+r 开放读取权限。`,
  columns: {
    name: '学生',
    state: '状态',
    progress: '习题',
    last: '最近一次作答',
    memory: '内存',
    processes: '进程',
    disk: '磁盘',
    actions: '操作',
  },
  states: {
    on: '空闲',
    off: '不在线',
    failed: '服务器没有启动，原因见教室文件夹 hub 中的 log',
    spawn: '正在启动',
    stop: '正在停止',
    check: '正在启动',
    silent: '服务器没有响应',
  },
  busy: time => `已计算 ${time}`,
  ended: (what, ago) => `${ago}前因${what}超限被终止`,
  passed: (passed, tried) => (tried ? `做了 ${tried} 题，通过 ${passed} 题` : '还没有做'),
  stuck: (exercise, tries) => `卡在 ${exercise}：连续答错 ${tries} 次`,
  quiet: time => `${time}没有新作答`,
  ago: time => `${time}前`,
  seconds: n => `${n} 秒`,
  minutes: n => `${n} 分钟`,
  hours: n => `${n} 小时`,
  days: n => `${n} 天`,
  limits: { memory: '内存', processes: '进程数', disk: '磁盘' },
  stop: '停止',
  stopWhat: name =>
    `要停止 ${name} 的服务器吗？正在运行的会结束，已保存的都在，${name} 可以马上重新启动。`,
  reset: '重置…',
  resetWhat: name =>
    `要给 ${name} 换上全新的笔记本吗？${name} 现有的一切（包括做题记录）会移到以 backup 加日期命名的文件夹，什么也不会删除。正在运行的会结束。`,
  failed: name => `对 ${name} 的操作没有成功。请稍等片刻再试。`,
  hint: (folder, names) =>
    `放进 ${folder} 的文件，几秒钟内（不在线的学生则在下次启动时）会到每个学生手里；改过的文件会以新名字放在学生原来的旁边。${names ? `现有：${names}。` : '现在是空的。'}`,
};
