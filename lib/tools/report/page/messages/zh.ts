import type { en } from './en';

/** 报告页面的文字，中文。 */
export const zh: typeof en = {
  title: '全班学到哪里了',
  intro:
    '把学生发来的内容粘贴到这里，或者把他们的笔记本拖进来。全部在本页计算：什么也不发送，关掉页面就什么也不留。',
  home: '课程首页',
  how: '怎样上一节课、怎样批改',
  steps: [
    '选三四道练习，或者就用消息里的几道，自己先做一遍。五十分钟可以这样分：打开笔记本、运行准备部分 5 分钟，每道练习 8 分钟，最后 10 分钟讲最常见的错误，本页会列出来。',
    '把下面的消息发给全班。练习就在每个学生的浏览器里运行，不需要账号。',
    '把整段聊天记录粘贴到这里，或者把笔记本拖进来。谁通过了什么、全班卡在哪里，都用文字写出来；损坏的行会连同发送的人一起指出来。',
    '下载 CSV 表格登记成绩，或者打印本页。',
  ],
  read: '阅读全部练习',
  message: '发给全班的消息，可以随意修改',
  toClass: address =>
    `请用电脑打开这个网址（Chrome、Edge、Firefox 或 Safari）：
${address || '（练习的网址）'}
“准备”下面的单元格，用 Shift+Enter 逐个运行，直到练习为止。做 3.1、3.2、6.1 和 7.1：写好答案，运行单元格，看它怎么说，再试。
做完后，在笔记本最后一个单元格里写上名字再运行：await report('你的名字')
把 digits-report 开头的那一整行发给我。（或者保存，选“文件 > 下载”，把文件改成你的名字，发给我。）`,
  fake: '这些内容和输出都可以伪造。如果这一点要紧，请用 nbgrader 布置练习，它的自动批改会重新运行每个答案：npm run export -- nbgrader。',
  paste: '学生的报告行',
  pasted: '粘贴的文字',
  pasteHint: 'digits-report:1:……，多少行都行，夹在消息里也可以',
  choose: '选择笔记本或文本文件……',
  drop: '或者拖到本页任何地方',
  clear: '清空',
  print: '打印',
  csv: '下载全班的 CSV 表格',
  none: '还没有学生。',
  count: (learners, passed, all) =>
    `${learners} 名学生；${all} 道练习中，有 ${passed} 道至少一半人通过`,
  nobody: '没有人试过的练习不列出。',
  problems: '没有计入，或值得怀疑',
  exercisesByLearner: '学生与练习',
  key: '✓ 通过（后面是之前答错的次数），✗ 试过（后面是答错的次数），· 没有试。',
  name: '学生',
  passed: '通过',
  filter: '姓名包含',
  lacking: '没有通过',
  anything: '不限',
  sortBy: what => `按“${what}”排序`,
  state: (passed, tries) => (passed ? `答错 ${tries} 次后通过` : `答错 ${tries} 次，没有通过`),
  untried: '没有试',
  exercises: '各道练习',
  exercise: '练习',
  tries: '次数（中位数）',
  wrongTries: id => `${id} 答错次数`,
  mistakes: '最常见的错误',
  mistake: (words, learners) => `${words}（${learners} 人）`,
  unnamed: '别的错误，或者代码中途出错',
  newMistake: '只有更新版本的课程才知道的错误',
  guesses: '猜想与结果',
  option: '选项',
  picked: '猜的人数',
  right: '结果如此的人数',
  quiz: '小测验，错得最多的在前',
  question: '问题',
  missed: '答错',
  answer: '正确答案',
  of: (some, all) => `${all} 人中 ${some} 人`,
  other: 'English',
  kinds: {
    cut: '有一行不完整，缺了结尾。请让学生重新发送。',
    damaged: '有一行在途中被改动，校验和不对。请让学生重新发送。',
    doubled: '同一行出现了两次，只算一次。',
    empty: '里面什么也没有。',
    newer: '有一行来自更新版本的课程。请用那个版本的报告打开。',
    noLine: '里面没有学生的报告行。它以 digits-report: 开头，由 await report() 给出。',
    noNotebook: '这不是笔记本：内容不是笔记本的 JSON，或者不完整。',
    noOutputs: '这个笔记本的输出被清除了，或者练习还没有运行。请让学生连同输出一起交。',
    older: '同一名学生较早的一行；以最新的为准。',
    otherLesson: '这是别的课程的笔记本：里面没有调用 check。',
    sameName: '有两名学生用这个名字，括号里的数字把他们分开。',
    redefined:
      '这个笔记本自己定义了 check，它显示的可能不是课程的判断。请看它的单元格，或者用 nbgrader 批改。',
    tooLarge:
      '交来的文件最多 10 MB，整个课程连同输出是 2.5 MB。请让学生改交 await report() 打印的那一行。',
    unreadable: '无法读取。',
  },
};
