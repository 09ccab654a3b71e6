import { en } from './text.en';

export const zh: typeof en = {
  title: '四个模型里选一个',
  task: [
    '四个模型都已训练好。写一个函数：按**验证**准确率选出最好的一个，再报告它在**测试集**上的准确率；测试集只用这一次。`validation` 和 `test` 各是一对：图片和标签。返回的 `best` 是选中的模型在 `models` 里的位置（从 0 数起），`testAccuracy` 是它的测试准确率。',
    '`model.evaluate(x, y, { verbose: 0 })` 返回损失和准确率，各是只有一个数的张量，用 `a.dataSync()[0]` 读出。`check` 会用自己的模型和数据来调用：验证最好的那个，测试并不是最好的。',
  ],
  starter: en.starter,
  hints: [
    '先求出四个模型的验证准确率，列成一个数组；再找最大的在第几个；最后才用测试集，只测这一个模型。',
    '数组：models.map(model => model.evaluate(validation[0], validation[1], { verbose: 0 })[1].dataSync()[0])；位置：list.indexOf(Math.max(...list))。然后用 test[0] 和 test[1] 评估 models[best]。',
  ],
  wrong: {
    noIndex: index => `best 应当是模型在数组里的位置，0～3，现在是 ${index}。`,
    byTest:
      '这是测试准确率最高的模型。那样就是测试集在挑选，它给自己挑中的模型打的分会偏高。要按验证来选。',
    lowest:
      '这个模型的验证准确率最低，也就是损失最大。evaluate 给出 [损失, 准确率]：要看第二个数，选其中最大的。',
    otherModel: '另有一个模型的验证准确率更高。四个都要比，给出最大的那个的位置。',
    validationReported: accuracy =>
      `选对了。可是 ${accuracy} 是验证准确率，模型就是按它选的，所以略微偏高。要报告测试集上的。`,
    bestTestReported: accuracy =>
      `选对了。可是 ${accuracy} 是四个模型里最高的测试准确率，那是另一个模型的。要报告选中的这一个，哪怕低一些。`,
    lossReported: loss => `选对了。可是 ${loss} 是测试损失，evaluate 的第一个数；准确率是第二个。`,
    percentage: accuracy => `选对了。准确率应当在 0 和 1 之间，${accuracy} 是百分数。`,
    otherAccuracy: (accuracy, right) =>
      `选对了，可是它在全部测试图片上的准确率是 ${right}，不是 ${accuracy}。`,
    testedAll: count =>
      `两个结果都对，可是有 ${count} 个模型用过测试集。看见了成绩，就难免照着它挑；只测选中的那一个，只测一次。`,
  },
  reward:
    '按验证来选，只测一次。选中的模型在测试集上不是最好的，这没关系：测试集没有参与挑选，它的成绩才可信。',
  reasoning: '四个测出来的数，最大的那个总有几分运气，所以会偏高。没有参与挑选的集，不沾这份运气。',
  solution: en.solution,
};
