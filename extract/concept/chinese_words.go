package concept

import (
	"strings"
	"sync"
)

// Words of Chinese that bound the names of concepts. A name never contains a cut
// word, unless the lexicon knows the whole.
const chineseCutWords = `
早上 上午 下午 晚上 中午 傍晚 昨天 今天 明天 昨晚 今晚 周末 
的话 以及 或者 并且 而且 但是 因此 所以 因为 由于 如果 虽然 然而 不过 只要 只有 无论 不管 即使 例如 比如 譬如 诸如 包括 包含 其中 其他 其它 其余 之间 之后 之前 以后 以前 目前 当前 现有 已有 现在 未来 今后 最后 首先 其次 然后 同时 此外 另外 总之 即可 就是 都是 也是 还是 不是 只是 才是 正是 而是 便是 算是 可是 是否
我们 他们 她们 你们 它们 人们 大家 自己 自身 本身 别人 这个 那个 这些 那些 这种 那种 这样 那样 这里 那里 什么 怎么 怎样 如何 为何 为什 么样 哪些 哪个 哪里 多少 几个 一个 一种 一些 一类 一篇 一组 一套 一次 一定 一下 一直 一起 一样 一堆 一般 两个 两种 三个 三种 四个 四种 五个 五种 六个 多个 多种 各种 各个 各类 各自 每个 每种 每次 每层 某个 某些 某种 所有 全部 整个 任何 许多 很多 大量 少量 不同 相同 同一 若干
可以 可能 能够 不能 不会 不要 不用 不了 不到 不再 不仅 不行 不如 不同 没有 没法 应该 应当 必须 需要 需在 只能 只需 不需 无需 无法 难以 容易 值得 愿意 想要 打算 希望 倾向 似乎 好像 看来 认为 觉得 发现 表明 说明 指出 证明 显示 强调 关心 介绍 讨论 谈到 讲了 讲述 提到 提及 提出 引用 批评 总结 主张 建议 回答
丢弃 截去 利用 采用 使用 运用 借助 依靠 依赖于 依据 根据 按照 通过 基于 围绕 针对 面向 关于 对于 至于 作为 成为 变为 变成 转为 转换为 转化为 转换 转化 置换 称为 叫做 叫作 名为 属于 位于 在于 来自 来源 源于 取决 等于 大于 小于 高于 低于 优于 快于 强于 好于 多于 少于 不如 超过 超越 达到 达成 得到 获得 取得 拥有 具有 具备 带有 含有 存在 产生 造成 导致 引起 引发 促进 推动 带来 形成 构成 组成 建立 构建 建设了 搭建 打造 开发了 设计了 实现 完成 解决 处理了 支持 支撑 提供 提升 提高 增强了 加强 改善 改进 降低 减少 减小 减轻 缓解 避免 防止 消除了 克服 突破 扩大 扩展到 放大 缩小 简化 加快 保证 保障了 保持 保留 维持 确保 满足 适应 适合 适用 不适用 替代 取代 代替 替换 引入 引进 加入 加上 添加 增加 放进 放在 放到 装入 带回 盖过 用于 用来 用到 来做 去做 进行 开展 从事 参与 负责 帮助 协助 指导了 赋能 助力 催生 激发 促使 迫使 使得 令人 让人 让他 使其 将其 把它 给出 得出 作出 做出 做到 看到 看见 听到 想到 找到 学到 拿到 用到 讲到 说到 遇到 碰到 受到 遭到 走向 转向 面对 面临 挑选 选择 决定 判断 区分 衡量 度量 比较了 对比了 分析了 研究了 探索了 探讨 考察 调查了 检验 验证了 测试了 评估了 观察 关注 重视 忽视 忽略 考虑 理解了 认识到 知道 了解 熟悉 掌握 明白 清楚 厘清 涉及 覆盖 影响 反映 体现 表现为 意味着 取决于 关系到 有关 相关 无关 相比 相对 较于 相较 对比 类似 近似 接近 相当 分为 分成 分布在 集中 集合 结合 融入 整合 联合起 合并 拆分 切开 切成 展开 展示 展现 呈现 突出 领先 引领 率先 显著 明显 极大 大幅 进一步 逐步 逐渐 不断 持续 往往 通常 经常 常常 一般 几乎 完全 非常 特别 尤其 十分 比较 更加 更为 越来 最为 最大 最小 最高 最低 最好 最新 最优选 最难 最快 主要 重要 关键的 良好 优秀 优异 巨大 庞大 丰富和 复杂的 简单 普遍 广泛 充分 完整 统一所 独立 单独 直接 间接 自动地 有效 高效地 快速地 迅速 严重 真正 真实的 本质上 实际上 基本上 理论上 事实上 总体 整体上 尽管 仍然 依然 仍是 仍在 已经 正在 将会 将要 曾经 刚刚 终于 马上 立刻 至今 至少 至多 最多 最少 大概 大约 左右 以上 以下 以内 以外 等等 等人 之一 之类 之处 之外 之中 之下 之上 上述 下述 如下 以下 前者 后者 各有 两者 二者 三者 先进 新型 传统 经典 常见 常用 主流 典型 特定 额外 所需 所选 所谓 主要是 尚未 未曾 还未 而非 并非 绝非 除了 除非 随着 伴随 为了 以便 从而 进而 于是 否则 反之 甚至 尤为 何时 何处 与否 与其 不论 凡是 起来 下来 出来 进来 上来 回来 过来 下去 出去 上去 回去 过去 进去 还要 还有 还会 都要 都会 都有 都在 也要 也会 也有 也在 就要 就会 就有 又有 很强 很弱 很大 很小 很好 很难 很快 很慢 较大 较小 较高 较低 较强 较弱 较好 较差 更大 更小 更高 更低 更多 更少 更快 更强 更好 更难 更准 更优 差异较 不足 太高 太低 太大 太小 太慢 太快 太贵 过大 过小 过高 过低 随之 看不 分不 讲得 说得 做得 跑得 学得 给定 转到 涨了 降到 升到 提到 达至 引到 拿来 想法是 视为 看作 当作 当成 做成 分享 主持 报告了 邀请 参加 出席 担任 来讲 主讲
说是 说了 讲讲 一道 只看 先看 再看 要看 还要 光看 别的 或是 要么 本次 本场 本文 该类 此类 这类 那类 同样 仅仅 仅用 只用 不用 改用 要用 先用 再用 都用 常用 选用 换用 至关 颇为 极为 极其 越发 愈发 乃至 直到 直至 当时 当然 显然 果然 仍旧 照样 照旧 倘若 假如 假设 即便 哪怕 好在 多亏 幸好 可惜 遗憾 毕竟 究竟 到底 难道 何况 况且 再说 再者 综上 由此 据此 因而 故而 以至 以免 省得 免得 不妨 不必 不得 不光 不单 不只 不止 不算 算不
`

// chineseCutCharacters cut where they stand alone.
const chineseCutCharacters = "更到的了和与及在是把被将从或而也都就还很又再等让使用给去来有没不已于之其该此各每某由因但若即则这那它他她我你您们吗呢吧啊嘛呀着过后并且以所为"

// chineseWholeWords contain a cut character and are whole words all the same.
const chineseWholeWords = `
生成 合成 集成 增强 协同 偏差 误差 方差 残差 时差 交易 画像 偏好 爱好 扩增 递增 倍增 逼近 邻近 均等 溢出 输出 导出 技能 势能 动能 节能 赋能 使能 落地 接地 基地 飞地 困难 灾难 配比 占比 同比 环比 衰减 递减 约减 逆向 意向 取向 朝向 航向 习得 交往 过往 认同 趋同 雷同 合同 幂等 偶像 肖像 想像 头像 总和 亲和 掩码 平衡 均衡 权衡 能见 容易 简易 贸易 偏向 指向 面向 强弱 大小 高低 多少 快慢 远近 深浅 前后 上下 
要素 要点 要件 要约 要领 重要 主要 概要 摘要 纪要 必要 需要 当前 当量 相当 适当 当地 当事 当期 讲义 讲解 演讲 缺陷 缺失 缺省 缺口 短缺 稀缺 做市 叫车 拿铁 跑步 跑道 跑分 喂养 砍价 搬运 搬移 买家 卖家 买方 卖方 购买 售卖 外卖 买卖 正当 担当 当归 当量 当日 
对立 对数 对角 对接 对等 对手 对外 对内 对策 对照 对标 对冲 对流 对撞 对焦 对账 面对 应对 校对 核对 反对 结对 一对 多对 双对 空间 时间 区间 期间 中间 间隔 间接 间歇 求解 求和 求值 求导 求逆 求根 会话 会议 会诊 能力 能量 能源 能耗 能效 对话 对抗 对齐 对比 对象 对称 对应 对偶 针对 相对 绝对 成对 配对 比对 比例 比率 比较 比特 向量 方向 双向 单向 定向 反向 正向 横向 纵向 导向 面向 倾向 向导 里程 内存 内核 内容 内部 内网 内置 体内 国内 中文 中心 中断 中介 中继 中枢 集中 命中 其中 上传 上下 上游 上限 上报 线上 下降 下载 下游 下限 下沉 地下 线下 处理 处方 处置 可信 可用 可靠 可控 可视 可解 可逆 可微 认为 行为 人为 作为 图像 影像 成像 镜像 像素 给定 供给 跟踪 跟随 防御 防护 防火 预防 写作 写入 读写 编写 重写 手写 智能 功能 性能 效能 职能 可能 社会 机会 学会 如何 例如 
更新 变更 更改 更换 更正 更替 端到 到端 点到 到点 报到 签到 到期 到达 到位 图到 音到 文到 本到 图生 目的 的确 标的 了解 终了 明了 饱和 共和 和谐 总和 调和 和平 缓和 柔和 中和 参与 赋与 与非 普及 涉及 及时 波及 及格 危及 触及 潜在 存在 在线 内在 外在 实在 在场 在位 所在 现在 在环 在回 自在 把握 把关 把手 被动 被试 将来 从属 服从 主从 从众 从业 遵从 或许 而是 也许 都市 首都 成都 就业 成就 就绪 就地 造就 还原 归还 偿还 往还 还款 再生 再现 再造 再保 再训 平等 高等 等价 等级 等式 等距 等变 等效 等待 等值 中等 初等 对等 同等 不等 等高 等候 使用 使命 大使 驱使 天使 行使 用户 应用 作用 费用 信用 利用 通用 专用 使用 效用 用途 复用 重用 多用 调用 可用 引用 用例 用量 用语 共用 公用 备用 商用 民用 军用 医用 农用 家用 耗用 占用 滥用 误用 启用 禁用 用工 用电 用水 用药 用车 用人 给定 供给 给予 补给 自给 给药 去噪 去重 去中 去雾 去除 去偏 去毒 去敏 去学 去模 去标 去雨 过去 失去 除去 来源 未来 往来 由来 外来 来电 来访 有限 有效 有机 有向 有监 有序 有界 有状 有害 有损 有无 有约 私有 固有 特有 公有 持有 占有 共有 国有 没收 淹没 不变 不可 不完 不等 不确 不平 不稳 不良 不均 不对 不一 不定 已知 已读 基于 关于 之间 其他 极其 应该 此时 各向 各态 每日 自由 理由 路由 由此 因果 基因 原因 因子 因素 归因 成因 起因 因特 外因 内因 但丁 即时 即席 立即 即插 随即 规则 原则 法则 否则 准则 细则 则 支付 着色 沉着 附着 执着 着陆 过程 通过 过滤 过拟 过度 超过 过载 过饱 过敏 过期 过采 过平 过参 过校 过估 过去 过渡 经过 过失 后门 后端 后缀 后验 后续 后处 后训 后悔 后量 后向 前后 后台 后果 后备 后序 后过 后融 后勤 合并 并行 并发 并联 兼并 并购 并集 归并 并网 并置 并查 而且 可以 以太 难以 加以 以下 以上 所有 场所 研究所 所属 所得 诊所 交易所 为何 行为 认为 作为 人为 为主 成为 以为 因为 分为 变为 称为 为人 不为 他人 其他 他律 他者 利他 自我 我国 大我 你我 其中 也是 从而 以及 与否 之一 人们 产权 效果 能源 数据库 所以 以便 所在 意义 以来 定义 生产 不同 不足 不断 无法 为了 没有 不是 使得 用于 用来 中位 让步 转让 被子 将军 若干 假若 即使 由于 使能 于是 过于 处于 对于 等于 属于 大于 小于 位于 在于 用法 作用域 常用 食用 适用 运用 采用 任用 录用 沿用 选用 日用 惯用 好用 实用 无用 有用 起用 试用 租用 用力 用意 用心 经历过 来历 本来 从来 原来 近来 带来 将来 起来 后来 下来 上来 出来 进来 回来 再来 自来 历来 素来 向来 新来 到来 胡来 越来 想来 看来 说来 古往今来 着重 着眼 着手 着力 接着 随着 意味着 穿着 衣着 借着 顺着 沿着 对着 朝着 向着 跟着 本着 为着 有着 缺着 显着
`

// chineseTrimFirst are characters and words that are left out at the head of a name.
const chineseTrimFirst = "对 向 到 当 其 该 此 各 每 某 另 更 最 较 太 极 先 再 只 仅 才 刚 可 能 会 要 想 需 应 须 做 靠 看 听 说 讲 问 答 见 叫 请 把 按 比 跟 同 为 以 因 由 自 自从 时 中 上 下 里 内 外 前 后 左 右 间 新 新的 好 大家 跑 拿 像 若 则 第一 第二 第三 第四 第五 一 二 三 两 几 多少 个 种 类 些 次 倍 篇 层 条 张 段 位 名 家 只要 出 入 进 与 且 至 达 含 带 无 未 非但 不要 走 换 改 变 加 减 乘 除 算 求 找 取 放 存放 首个 关键 核心 主要 具体 相应 一定 仍 都 如 即 还 让 给 省 涨 降 才能 正 处于 出现 存在 产生 经由 经 最终 具有 做了 得 地 着 占 受 免 引 属 指 视"

// chineseKeepFirst begin with such a word and are whole words all the same.
const chineseKeepFirst = "关键点 关键帧 关键词 关键字 关键路 核心网 核心集 核心态 核心期 存在性 产生式 第三方 第三代 第一性 第一人 第二语 具体化 最终用 最终一"

// chineseTrimLast are left out at the end of a name.
const chineseTrimLast = "显式 隐式 主动 中 上 下 时 里 内 后 前 间 等 们 外 之 为 地 得 着 到 来 去 出 成 起 时候 期间 方面 情况 当中 之中 上面 下面 里面 会 能 要 可 更 最 较 很 太 就 才 又 也 都 还 仍 好 多 少 大 小 高 低 强 弱 快 慢 难 易 贵 远 近 差 偏 呢 吗 吧 至 与 和 或 及 对 向 比 像 跟 以 由 从 不 未 没 无 做 如 同 往 增 减 挨"

// chineseGeneric are words that fill notes and name no idea by themselves.
const chineseGeneric = `
探索 实践 尝试 初探 综述 行动 作业 展台 企业展台 赞助 赞助商 海报交流 开幕致辞 闭幕致辞 圆桌环节 颁奖 留念 水果 提醒 预告 往期回顾 阅读原文 转发 点赞 收藏 留言 感言 后记 附言 见闻 花絮 吐槽 闲聊 
方法 结果 背景 优点 缺点 总结 结论 方式 应用 特点 特征 特性 优势 劣势 不足 问题 挑战 机遇 目标 目的 意义 价值 作用 影响 原因 原理 思路 思想 想法 观点 看法 内容 部分 方面 角度 视角 层面 过程 步骤 流程 阶段 时期 时间 地点 人员 单位 主题 标题 题目 摘要 引言 简介 介绍 概述 概要 前言 目录 附录 参考 文献 参考文献 论文 文章 报告 演讲 讲座 分享 会议 大会 论坛 分论坛 讨论 提问 问答 回答 答 问 提问环节 嘉宾 主持 主持人 主讲 主讲人 讲者 作者 老师 教授 同学 学生 观众 听众 大家 备注 注 说明 注意 要点 重点 难点 亮点 关键 核心 关键点 核心技术 关键技术 主要内容 主要发现 主要工作 研究内容 研究背景 研究目标 研究问题 研究方法 研究发现 研究工作 研究意义 研究现状 研究 工作 实验 实验结果 实验设置 实验验证 测试 评估 评测 评价 分析 案例 例子 实例 举例 示例 样例 场景 应用场景 典型应用 基础知识 基础 知识 理论 技术 策略 方案 措施 建议 对策 发展 发展趋势 趋势 现状 历史 未来 展望 未来工作 未来方向 方向 定义 概念 假设 证明 条件 要求 需求 标准 指标 评价指标 参数 变量 数据 信息 系统 模型 算法 框架 架构 结构 平台 工具 软件 硬件 项目 产品 服务 功能 性能 效果 效率 质量 成本 代价 开销 速度 能力 水平 程度 范围 规模 数量 比例 类型 类别 种类 形式 模式 状态 情况 条 对象 任务 下游任务 输入 输出 来源 资源 环境 设备 机制 途径 路径 渠道 手段 措施 相同点 不同点 异同 异同点 区别 差异 差别 联系 关系 对比 比较 改进 优化 提升 创新 创新点 贡献 主要贡献 局限 局限性 风险 一些风险 代码 链接 网站 主页 地址 时候 事情 东西 人 用户 学者 专家 团队 公司 机构 企业 国家 社会 世界 领域 行业 市场 市场分析 市场前景 经验 教训 经验观察 思考 结论与思考 启示 感想 体会 心得 收获 感受 个人 小结 回顾 基础回顾 背景知识 背景介绍 相关工作 相关技术 具体 细节 其他 其它 附 上 下 左 右 前 后 今天 明天 昨天 上午 下午 晚上 中午 第一 第二 第三 一 二 三 四 五 次 第一场 第二场 第三场 自由讨论 圆桌 圆桌论坛 开幕 闭幕 茶歇 午餐 晚宴 合影 报到 签到 海报 日程 议程 笔记 记录 速记 流水账 大意 大致 主旨 主要 核心表达内容 演讲主题 汇报 全文 图 表 图片 视频 图表 公式 数字 文字 字 词 句 段 页 本书 书名 教材 年 月 日 年底 目前 现在 后续 后续研究 首先 其次 最后 一方面 另一方面 方法论 做法 办法 写法 用法 说法 名字 名称 名单 别的 种 类 人类 人员 办公室 学校 学院 大学 实验室 研究院 中心 大楼 会议室 报告厅 最难 共同点 惊艳之处 本质 实质 根本 底子 代表 缺陷 弱点 痛点 瓶颈问题 解决方案 解决办法 两个人 几位 大多数 多数 少数 全部 部分人 一半 一成 几倍 两倍 三倍 数量级 百分之 工作动机 动机 研究动机 技术路线 技术框架 研究框架 实现 实现方式 实现细节 训练 推理 学习 计算 设计 开发 部署 测试结果 主要结论 主要结果 开头 结尾 中间 前面 后面 上面 下面 里面 外面 两边 参与者 参会者 笔者 记者 意见 反馈 请求 响应 步 点 面 线 本质差异 模型优化 好处 坏处 收益 效益 前景 困难 难题 疑问 争议 矛盾 冲突 突破 进展 成果 成就 案 场 节 章 篇 卷 期 卷首 前两天 第三天 上周 本周 下周 去年 今年 明年 提纲 大纲 关键词 正文 完 略 无 暂无 待定 未定 等 权衡 更好的权衡 学术 工业 学术界 工业界 产业界 年轻学者 盛会 机会 机遇与挑战 挑战与机遇 致辞 开幕式 闭幕式 开场白 结束语 实验室 特邀报告 主旨报告 大会报告 邀请报告 口头报告 现场 线上 线下 线上线下 评论 回应 行为 动作 反应 版本 序号 编号 周一 周二 周三 周四 周五 周六 周日 结局 全部代码 原文 译文 中文 英文 方 侧 端 者 性 化 度 率 量 力 员 家 师 学 论 法 术 式 型 态 类型学 个 条件下
研究现状与挑战 国内外 国内外研究现状 主要挑战 主要特点 主要优势 主要问题 未来展望 总结与展望 结语 致谢 感谢 答疑 互动 互动环节 交流 交流环节 点评 与谈 与谈人 评议 评议人 自我介绍 个人简介 主讲人简介 嘉宾简介 时长 语言 日期 地址 会场 主会场 分会场 专场 环节 议题 话题 主线 线索 逻辑 脉络 事实 真相 现象 规律 本次报告 报告内容 报告人 报告题目 报告摘要 演讲者 演讲人 演讲题目 演讲内容
`

// chineseFrame are general words that make up others: 研究 and 背景 make 研究背景.
const chineseFrame = `
明年 今年 去年 下一步 近期 长期 后期 前期 本次 总的 研究 内容 背景 目标 目的 意义 现状 方法 结果 结论 主要 相关 相应 工作 实验 分析 发展 趋势 特点 特征 情况 需求 架构 框架 技术 核心 关键 未来 国内 国外 国内外 基础 知识 应用 场景 总体 整体 挑战 问题 方案 思路 设计 流程 过程 步骤 评价 评估 指标 体系 市场 前景 国家 战略 建设 方向 领域 原因 优势 劣势 典型 项目 团队 成果 案例 测试 介绍 说明 简介 总结 部分 环节 阶段 观察 经验 思考 启示 数字 数量 工具 平台 代码 细节 具体 参考 资料 文献 论文 演讲 报告 讨论 提问 回答 开放 使用 方式 途径 底层 上层 逻辑 一体化 层面 角度 视角 理念 理论 实践 探索 总体 设置 设定 配置
`

// chineseSuffixes end the names of concepts; a piece of text between cut words
// that ends in one, and is longer, is likely to name one.
const chineseSuffixes = `
模型 网络 学习 并行 采样 机制 记忆 智能体 智能 算法 检测 识别 分割 分类 聚类 回归 预测 生成 推荐 检索 搜索 推理 计算 编码 解码 编译 调度 优化 搜寻 匹配 对齐 融合 蒸馏 剪枝 量化 压缩 加速 加密 攻击 防御 认证 协议 架构 结构 框架 系统 平台 引擎 数据库 数据集 语料库 知识库 图谱 语言 语义 语法 表示 嵌入 向量 矩阵 张量 函数 算子 激活 注意力 卷积 变换 映射 分解 估计 拟合 逼近 仿真 模拟 建模 规划 控制 导航 定位 跟踪 追踪 重建 渲染 合成 增强 增广 扩增 清洗 标注 挖掘 分析 抽取 提取 理解 翻译 摘要 问答 对话 交互 感知 认知 决策 协同 协作 博弈 激励 治理 监管 隐私 安全 鲁棒性 健壮性 可解释性 解释性 可靠性 一致性 可用性 可扩展性 扩展性 泛化性 透明度 透明性 公平性 复杂度 稀疏性 稀疏度 局部性 多样性 稳定性 素养 意识 想象 茧房 理论 定理 定律 原理 假说 悖论 主义 效应 范式 体系 智能化 数字化 自动化 虚拟化 概念化 计算化 平台化 组织化 模块化 规范化 标准化 可视化 个性化 芯片 处理器 加速器 存储 缓存 内存 显存 总线 集群 容器 网关 中间件 接口 语音 图像 视频 文本 音频 点云 网格 路径 轨迹 姿态 机器人 无人机 无人车 自动驾驶 驾驶 医疗 诊断 治疗 药物 基因 基因组 蛋白 蛋白质 细胞 序列 比对 突变 变异 传播 舆论 舆情 谣言 辟谣 新闻 媒体 传播学 社会学 心理学 语言学 经济学 社交 劳动 可见性 正义 伦理 法律 版权 著作权 司法 审判 检察 取证 合规 脱敏 溯源 区块链 共识 账本 合约 交易 支付 风控 定价 因果 推断 概率 分布 方差 偏差 误差 损失 梯度 正则 正则化 归一化 初始化 训练 微调 预训练 提示 提示词 思维链 幻觉 越狱 涌现 上下文 长文本 窗口 词表 分词 句法 情感 情绪 意图 角色 人格 画像 偏好 奖励 策略 环境 世界模型 数字人 虚拟人 元宇宙 增强现实 虚拟现实 脑机接口 评测 测试 基准 指标 度量 评估 验证 证明 验算 复现 开源 工程 测序 质谱 影像 超声 手术 康复 护理 筛查 随访 方程 逻辑 集合 图 树 链 栈 队列 堆 锁 事务 日志 快照 索引 查询 视图 分区 分片 副本 备份 恢复 容错 一致 延迟 吞吐 吞吐量 带宽 功耗 能耗 算力 算网 云计算 边缘计算 微服务 服务网格 流水线 运维 监控 告警 观测 可观测性 混沌工程 灰度 发布 回滚 漏洞 后门 木马 勒索 钓鱼 沙箱 防火墙 密码 签名 证书 密钥 哈希 随机数 零知识 同态 多方计算 联邦 差分 噪声 扰动 对抗 水印 指纹 伪造 鉴别 溯因 反演 校准 校正 配准 标定 去噪 去重 补全 修复 超分 插值 采集 传感 传感器 触觉 视觉 听觉 力控 夹爪 灵巧手 抓取 操作 步态 行走 全身控制 自治 自主 群体 演化 进化 遗传 退火 启发式 近似 下界 上界 难度 归约 完备性 可计算性 可判定性 随机化 去随机化 草图 流式 在线 离线 批处理 流处理 湖仓 数仓 特征 特征工程 标签 样本 负样本 样本量 不平衡 长尾 冷启动 点击率 转化率 召回 排序 重排 精排 粗排 曝光 留存 准确率 召回率 精确率 困惑度 相似度 利用率 命中率 误码率 信噪比 分辨率 带宽 频谱 信道 天线 波束 基站 卫星 路由 拓扑 拥塞 拥塞控制 负载 负载均衡 流量 丢包 时延 抖动 资源 调优 自动调优 编译器 解释器 虚拟机 字节码 垃圾回收 类型系统 类型推断 多态 闭包 协程 线程 进程 中断 抢占 页表 文件系统 存储系统 操作系统 内核 驱动 固件 指令集 微架构 流片 光刻 封装 量子 量子比特 纠错 纠缠 门电路 电路
`

// chineseEndings end the names of concepts of four characters and more.
const chineseEndings = "性度率化论学法器机权网体阵图树链流场律态谱核码词库集点型"

// chineseCategories are suffixes that only say what a Latin name is: the name is
// complete without them, "MMLU测试" is MMLU.
const chineseCategories = `
测试 评测 基准 模型 大模型 架构 结构 方法 函数 算法 数据集 语料 库 框架 系统 工具 格式 论文 项目 平台 语言 协议 任务 数据库 引擎 编译器 标准 技术 方案 指标 损失 层 编码器 网络 复杂度 芯片 处理器 迭代 阶段 参数 版本 接口 服务 软件 团队 实验 特征 指令
`

// chineseWeakFirst begin clauses rather than names, unless they begin one of the
// words below.
const chineseWeakFirst = "会能要可想需应须才再只先每各几某最较很太做聊讲看么搞够往挨对用像靠"

const chineseFirstWords = `
可调 可搜 可追 可预 可驱 可触 可识 可归 可判 可通 可提 可串 可伸 可复 可纠 可发 可线 先行 先规 先写 太赫 太极 聊天 最少 最早 最稠 对极 对自 要求 每秒 再励 再入 看图 
会议 会话 会计 会员 会诊 会聚 会场 能力 能量 能耗 能源 能效 能级 能见 能控 能观 能动 要素 要点 要约 要件 要领 可见 可解 可扩 可靠 可用 可控 可信 可视 可读 可逆 可微 可达 可观 可移 可重 可验 可编 可穿 可持 可供 可再 可变 可证 可分 可学 可计 可满 可压 可组 可泛 需求 应用 应急 应答 应力 应激 应变 应收 先验 先进 先导 先知 再生 再训 再识 再保 再分 再现 再造 再平 再授 最优 最大 最小 最短 最近 最坏 最长 最值 最速 几何 各向 各态 想象 想定 每日 较真 只读 做市 讲座 讲义 讲解 看护 看板 看门 对话 对齐 对抗 对比 对偶 对称 对象 对应 对数 对角 对手 对流 对接 对等 对账 对焦 对标 对立 对照 对冲 对撞 对外 对内 用户 用例 用途 用药 用语 用电 用量 用水 用工 像素 像差 靠近 往返 往复
`

// chineseVerbsFirst are left out at the head of a long name: 增强模型知识密集度.
const chineseVerbsFirst = "增强 制作 强化 搭建 探索 研究 加强 培养 控制 训练 优化 设计 开发 维护 扩充 寻找 编写 发布 比较 对比 引入 讨论 处理 召回 缺乏 记录 丰富 定义 发现 评估 管控 捕捉 跳过 切换 调用 收集 采集 导入 导出 修改 删除 更换 绕过 拒绝 接受 反对 担心 追求 鼓励 避开 抑制 消灭 传递 传达 传输 输出 输入 编码 建模"

// chineseActions behind a known name say what is done with it, rather than name
// another idea: 利用深度学习计算.
const chineseActions = "计算 验证 推理 训练 激活 感知 处理 分析 生成 理解"

// chineseClause are verbs of one character that stand in clauses, never inside the
// names of ideas, but for the whole words that have them.
const chineseClause = "做当要拿跑喂塞砍扔叫讲搬缺搞卖买"

// chineseTitles end forms of address: a name before them is a person's.
const chineseTitles = "老师 教授 博士 院士 法官 律师 主任 研究员 工程师 同学 先生 女士 等人 医生 校长 院长 记者 团队 作者 课题组"

// chinesePersonCues follow a person's name in Latin letters.
const chinesePersonCues = "等人 教授 博士 老师 院士 先生 女士 同学 认为 说过 指出 强调 讲了 提问 本人 团队 主持 调侃 开场"

// pairClass says what two characters in a row are.
type pairClass uint8

const (
	cutPair   pairClass = 1 << iota // a cut word
	wholePair                       // a word that contains a cut character and is no cut
	longPair                        // the first two characters of a longer cut word
)

// hanBits is a set of common Chinese characters.
type hanBits [(0x9FFF - 0x4E00 + 64) / 64]uint64

func (b *hanBits) add(r rune) {
	if r >= 0x4E00 && r <= 0x9FFF {
		b[(r-0x4E00)>>6] |= 1 << ((r - 0x4E00) & 63)
	}
}

func (b *hanBits) has(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF && b[(r-0x4E00)>>6]&(1<<((r-0x4E00)&63)) != 0
}

// chineseWords is the table that the lists above make.
type chineseWords struct {
	pairs      map[uint64]pairClass
	first      hanBits // characters that begin a pair
	characters hanBits // cut characters
	long       map[string]bool
	longest    int // characters of the longest cut word
	generic    map[string]bool
	frame      map[string]bool
	suffixes   map[string]bool
	categories map[string]bool
	trimFirst  map[string]bool
	trimLast   map[string]bool
	weakFirst  hanBits
	clause     hanBits // verbs of one character
	keepFirst  map[string]bool
	actions    map[string]bool
	verbsFirst map[string]bool
	firstWords map[uint64]bool
	endings    hanBits // characters that end names: 性 度 率
	titles     []string
	person     map[string]bool
}

func pairKey(a, b rune) uint64 { return uint64(a)<<32 | uint64(b) }

// chineseTables returns the table, which is made once: it does not change.
var chineseTables = sync.OnceValue(newChineseWords)

func newChineseWords() *chineseWords {
	w := &chineseWords{
		pairs: map[uint64]pairClass{}, long: map[string]bool{}, generic: setOf(chineseGeneric), frame: setOf(chineseFrame),
		suffixes: setOf(chineseSuffixes), categories: setOf(chineseCategories),
		trimFirst: setOf(chineseTrimFirst), trimLast: setOf(chineseTrimLast), titles: strings.Fields(chineseTitles),
		person: setOf(chinesePersonCues), verbsFirst: setOf(chineseVerbsFirst), firstWords: map[uint64]bool{},
	}
	for _, text := range strings.Fields(chineseCutWords) {
		runes := []rune(text)
		if len(runes) == 2 {
			w.addPair(runes, cutPair)
			continue
		}
		w.addPair(runes, longPair)
		w.long[text] = true
		w.longest = max(w.longest, len(runes))
	}
	for _, r := range chineseWeakFirst {
		w.weakFirst.add(r)
	}
	w.actions, w.keepFirst = setOf(chineseActions), setOf(chineseKeepFirst)
	for _, r := range chineseClause {
		w.clause.add(r)
	}
	for _, r := range chineseEndings {
		w.endings.add(r)
	}
	for _, text := range strings.Fields(chineseFirstWords) {
		runes := []rune(text)
		w.firstWords[pairKey(runes[0], runes[1])] = true
	}
	for _, r := range chineseCutCharacters {
		w.characters.add(r)
	}
	for _, text := range strings.Fields(chineseWholeWords) {
		if runes := []rune(text); len(runes) == 2 {
			w.addPair(runes, wholePair)
		}
	}
	return w
}

func (w *chineseWords) addPair(runes []rune, class pairClass) {
	w.pairs[pairKey(runes[0], runes[1])] |= class
	w.first.add(runes[0])
}

func (w *chineseWords) pair(a, b rune) pairClass {
	if !w.first.has(a) {
		return 0
	}
	return w.pairs[pairKey(a, b)]
}

// cutSize returns how many characters from token i on are a cut word; 0 when none
// begins there.
func (w *chineseWords) cutSize(text string, tokens []token, i int) int {
	r, next, before := tokens[i].r, rune(0), rune(0)
	if i+1 < len(tokens) && tokens[i+1].kind == han && !tokens[i+1].gap {
		next = tokens[i+1].r
	}
	class := w.pair(r, next)
	if class&longPair != 0 {
		for size := min(w.longest, len(tokens)-i); size > 2; size-- {
			last := tokens[i+size-1]
			if last.kind == han && w.long[text[tokens[i].start:last.end]] {
				return size
			}
		}
	}
	if class&cutPair != 0 {
		return 2
	}
	if !w.characters.has(r) || class&wholePair != 0 {
		return 0
	}
	if i > 0 && tokens[i-1].kind == han && !tokens[i-1].cut {
		before = tokens[i-1].r
	}
	if w.pair(before, r)&wholePair != 0 {
		return 0
	}
	return 1
}

func setOf(words string) map[string]bool {
	fields := strings.Fields(words)
	set := make(map[string]bool, len(fields))
	for _, field := range fields {
		set[field] = true
	}
	return set
}

// isGeneric reports whether a text is made of general words alone: 研究内容架构.
func (w *chineseWords) isGeneric(text string) bool {
	if w.generic[text] {
		return true
	}
	runes := []rune(text)
	if len(runes) > 8 || len(runes) < 4 {
		return false
	}
	for len(runes) > 0 {
		size := min(4, len(runes))
		for size > 1 && !w.frame[string(runes[:size])] {
			size--
		}
		if size < 2 {
			return false
		}
		runes = runes[size:]
	}
	return true
}
