import { en } from './text.en';

export const zh: typeof en = {
  title: '不动权重，动图片',
  task: [
    '训练时，权重沿着损失的梯度反方向移动。这一次，训练好的 `model` 权重不动，变的是像素的值：把图片 `x`（形状 `[1, 28, 28]`）改动一点点，使模型把它认作数字 `to`；返回改动后的图片。check 会自己算出一个很小的改动来比：各像素改动的平方和再开方，不超过它的四倍，改得最多的像素不超过它的两倍；像素仍要在 0～1 之间。',
    '`tf.grad(f)` 得到一个函数，它求 `f` 对输入的梯度；`f` 要返回一个数。这里的 `f`，就是把 `to` 当作正确答案时的损失：',
    '```ts\nconst loss = (x: tf.Tensor) =>\n  (model.predict(x) as tf.Tensor).slice([0, to], [1, 1]).log().neg().sum();\nconst gradient = tf.grad(loss)(x);\n```',
  ],
  starter: en.starter,
  hints: [
    '像训练那样，沿梯度的反方向一小步一小步地走：let moved = x，每次减去在 moved 处的梯度乘以步长，再用 clipByValue(0, 1) 把像素留在范围内。模型一认作 to，就停下。',
    '循环最多 200 步：在 moved 处（不是在 x 处）求梯度 g，用 g.div(g.norm()) 变成固定的长度，乘以 0.05 再减去，然后 clipByValue。什么时候 break，看 model.predict(moved).argMax(1).dataSync()[0]。',
  ],
  wrong: {
    untrained: accuracy => `这个模型只认对 ${accuracy}。先训练它：运行“准备”部分。`,
    weights:
      '你动了权重。模型应当保持原样；它的权重已经还原。这里用的是损失对图片的梯度：tf.grad(loss)(x)。',
    shape: shape => `函数应当返回一张图 [1, 28, 28]，返回的却是 [${shape}]。`,
    notFinite:
      '有的像素是 NaN。to 的概率如果舍入成 0，对数就是无穷大；步子小一些，或者每步一样长，g.div(g.norm())，就不会这样。',
    outside: (least, largest) =>
      `像素从 ${least} 到 ${largest}，没有这样的图片。用 clipByValue(0, 1) 把像素留在 0～1 之间。`,
    nothing: '图片还是原来的：一个像素也没有变。',
    wrongSign: (to, was, is) =>
      `这是在上坡：${to} 的概率从 ${was} 降到 ${is}。对标签 to 的损失，要减去它的梯度，不是加上。`,
    noise:
      '这个改动与梯度关系不大。像素随机地变，或者一律变亮变暗，作用会互相抵消；梯度才说明每个像素该往哪边动、动多少。',
    otherDigit: (to, answer) =>
      `应当认作 ${to}，却认作了 ${answer}。要减小的是标签为 to 时的损失；加噪声，或者只增大原来答案的损失，会变成什么就说不定了。`,
    notYet: (to, was, is) =>
      `方向对了，但走得还不够远：${to} 的概率从 ${was} 升到 ${is}。多走几步，每一步都重新求梯度。`,
    tooLarge: (from, to, times) =>
      `${from} 现在认作 ${to} 了，可是改动是所需的 ${times} 倍。步子小一些，答案一变就停。`,
    farPixel: (from, to, largest, own) =>
      `${from} 现在认作 ${to} 了，可是有一个像素动了 ${largest}，其实 ${own} 就够。步子小一些，让许多像素各动一点。`,
  },
  reward: largest =>
    `三张图都认作了你要的数字；每个像素最多动了 ${largest}，改动都不超过最小改动的四倍。把改动前后的图画出来：你自己会认作新的数字吗？网络学到的是怎样区分训练集里的数字，而不是数字是什么。`,
  reasoning:
    '这就是梯度下降，只是用图片代替了权重。每步一样长，就不用去试步长；一认作 to，循环就停下。',
  solution: en.solution,
};
