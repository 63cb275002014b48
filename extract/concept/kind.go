package concept

import (
	"strings"

	"talkgraph/extract/lexicon"
)

// kindSuffix says what a name is by its ending.
type kindSuffix struct{ ending, kind string }

// kindSuffixes are tried in order: the first that fits decides.
var kindSuffixes = []kindSuffix{
	{"数据集", lexicon.KindDataset}, {"语料库", lexicon.KindDataset}, {"语料", lexicon.KindDataset}, {"corpus", lexicon.KindDataset}, {"dataset", lexicon.KindDataset},
	{"基准", lexicon.KindBenchmark}, {"评测", lexicon.KindBenchmark}, {"bench", lexicon.KindBenchmark}, {"benchmark", lexicon.KindBenchmark},
	{"模型", lexicon.KindModel}, {"网络", lexicon.KindModel}, {"model", lexicon.KindModel}, {"network", lexicon.KindModel}, {"transformer", lexicon.KindModel},
	{"率", lexicon.KindMetric}, {"度", lexicon.KindMetric}, {"系数", lexicon.KindMetric}, {"metric", lexicon.KindMetric}, {"rate", lexicon.KindMetric}, {"score", lexicon.KindMetric},
	{"系统", lexicon.KindSystem}, {"平台", lexicon.KindSystem}, {"框架", lexicon.KindSystem}, {"引擎", lexicon.KindSystem}, {"数据库", lexicon.KindSystem}, {"智能体", lexicon.KindSystem}, {"机器人", lexicon.KindSystem}, {"芯片", lexicon.KindSystem},
	{"system", lexicon.KindSystem}, {"platform", lexicon.KindSystem}, {"framework", lexicon.KindSystem}, {"engine", lexicon.KindSystem}, {"database", lexicon.KindSystem}, {"compiler", lexicon.KindSystem}, {"server", lexicon.KindSystem},
	{"理论", lexicon.KindTheory}, {"定理", lexicon.KindTheory}, {"定律", lexicon.KindTheory}, {"假说", lexicon.KindTheory}, {"假设", lexicon.KindTheory}, {"悖论", lexicon.KindTheory}, {"主义", lexicon.KindTheory}, {"效应", lexicon.KindTheory}, {"原理", lexicon.KindTheory}, {"复杂性", lexicon.KindTheory}, {"约束", lexicon.KindTheory}, {"性", lexicon.KindTheory},
	{"theory", lexicon.KindTheory}, {"theorem", lexicon.KindTheory}, {"law", lexicon.KindTheory}, {"paradox", lexicon.KindTheory}, {"hypothesis", lexicon.KindTheory}, {"principle", lexicon.KindTheory}, {"lemma", lexicon.KindTheory},
	{"检测", lexicon.KindTask}, {"识别", lexicon.KindTask}, {"分割", lexicon.KindTask}, {"预测", lexicon.KindTask}, {"推荐", lexicon.KindTask}, {"检索", lexicon.KindTask}, {"问答", lexicon.KindTask}, {"翻译", lexicon.KindTask}, {"规划", lexicon.KindTask}, {"控制", lexicon.KindTask}, {"任务", lexicon.KindTask}, {"重建", lexicon.KindTask},
	{"detection", lexicon.KindTask}, {"recognition", lexicon.KindTask}, {"segmentation", lexicon.KindTask}, {"prediction", lexicon.KindTask}, {"recommendation", lexicon.KindTask}, {"retrieval", lexicon.KindTask}, {"translation", lexicon.KindTask}, {"planning", lexicon.KindTask}, {"estimation", lexicon.KindTask}, {"reconstruction", lexicon.KindTask},
	{"算法", lexicon.KindMethod}, {"方法", lexicon.KindMethod}, {"学习", lexicon.KindMethod}, {"采样", lexicon.KindMethod}, {"编码", lexicon.KindMethod}, {"解码", lexicon.KindMethod}, {"并行", lexicon.KindMethod}, {"优化", lexicon.KindMethod}, {"机制", lexicon.KindMethod}, {"训练", lexicon.KindMethod}, {"压缩", lexicon.KindMethod}, {"量化", lexicon.KindMethod}, {"蒸馏", lexicon.KindMethod}, {"剪枝", lexicon.KindMethod}, {"注意力", lexicon.KindMethod}, {"计算", lexicon.KindMethod}, {"推理", lexicon.KindMethod},
	{"algorithm", lexicon.KindMethod}, {"method", lexicon.KindMethod}, {"learning", lexicon.KindMethod}, {"sampling", lexicon.KindMethod}, {"coding", lexicon.KindMethod}, {"parallelism", lexicon.KindMethod}, {"optimization", lexicon.KindMethod}, {"training", lexicon.KindMethod}, {"attention", lexicon.KindMethod}, {"analysis", lexicon.KindMethod},
	{"学", lexicon.KindField}, {"工程", lexicon.KindField}, {"研究", lexicon.KindField}, {"engineering", lexicon.KindField}, {"science", lexicon.KindField},
}

// kindOf tells the kind of a concept by how its name ends; "" when it does not tell.
func kindOf(name string) string {
	lower := strings.TrimSuffix(strings.ToLower(name), "s")
	for _, s := range kindSuffixes {
		if len(lower) > len(s.ending) && strings.HasSuffix(lower, s.ending) {
			return s.kind
		}
	}
	return ""
}
