package ask

import (
	"slices"
	"strings"
	"sync"
)

// class is a set of the parts that a word can play in the shape of a question.
type class uint64

// The parts. A word may play several: "talk" is a verb and a noun.
const (
	noise       class = 1 << iota // carries nothing: articles, particles, politeness
	who                           // asks for people
	which                         // asks for what the next noun says: 哪些, which, how many, list
	thing                         // asks for a thing: what, 什么
	place                         // asks for an institution: where, 哪里
	moment                        // asks for a time: when
	many                          // asks for a count
	say                           // talk about, mention, 讲
	belong                        // from, works at, 来自
	define                        // explain, 是什么意思
	connect                       // what connects, 有什么关系
	common                        // in common, 共同
	both                          // both, 同时
	differ                        // difference, 不同
	negation                      // not, 没
	joins                         // and, 和, commas
	either                        // or, 或
	panel                         // the panel discussion
	personNoun                    // speaker, 讲者
	orgNoun                       // institution, 单位
	talkNoun                      // talk, 报告
	sessionNoun                   // session, 分论坛
	eventNoun                     // conference, 大会
	kindNoun                      // concept, method, 方法
	whyHow                        // asks for what a graph cannot answer
	main                          // "mainly about": leaves out what is only touched
	except                        // besides, 除了: the next name is left out
	exceptAfter                   // 以外: the name before is left out
	position                      // professor, CEO, 院士: what a person is
	jobNoun                       // job title, 职务: asks what a person is
	ordinal                       // first, 最后一个: of the talks in their order
	superlative                   // most, 最多
	beyond                        // asks for what no graph of talks tells: advantages, 最长

	// nouns are the parts that can be asked for.
	nouns = personNoun | orgNoun | talkNoun | sessionNoun | eventNoun | kindNoun
)

// kindMethod is the kind of the concepts that a question for methods wants.
const kindMethod = "method"

// kindVariant stands for any kind, of what lies below a concept: 有哪些变体.
const kindVariant = "variant"

// looseWord is the kind of words that carry the shape of a question only where they
// stand for themselves: not within "time complexity" and not in 谁讲了时间.
const looseWord = "loose"

// vocabularyRow lists words that play the same parts.
type vocabularyRow struct {
	class class
	kind  string // of kindNoun: of concept; of orgNoun: of institution; of position and ordinal: which
	words string // separated by semicolons
}

// vocabularyTable lists the words that carry the shape of questions, separated by
// semicolons. Words of spaced scripts are matched whole, in lower case, without
// punctuation; Chinese ones anywhere. The longest match wins.
func vocabularyTable() []vocabularyRow {
	return []vocabularyRow{
		{class: noise, words: `a; an; the; this; that; these; those; is; are; was; were; be; been; being; am; do; does; did; has; have; had;
			between; can; could; would; will; shall; should; may; might; please; pls; tell; me; us; i; you; we; my; your; it; its; they; them; their; there; here;
			to; in; on; of; for; at; with; by; as; into; within; under; during; about; regarding; concerning; around; through; per; like;
			any; some; all; every; each; ever; also; just; exactly; really; actually; so; then; more; much; very; other; else; same; such; everyone; everybody; others;
			know; want; need; find; help; out; up; let; lets; hi; hello; hey; thanks; thank; ok; s; et al; etc; notes; note;
			making; make; makes; made; using; used; use; uses; new; name; names; called; named; one; ones; something; stuff; thing; things; kind; sort; type; 分别; 各自; 依次; main; key; important; central; basic;
			question; problem; problems; issue; issues; subject of; related; his; her; he; she; him; way; ways; recently; appear; appears; appeared; contain; contains; contained; occur; occurs; include; includes; included;
			mr; mrs; ms; happened; happen; happens; held; start; starts; started; begin; begins; began; take; takes; scheduled; 开始; 开讲了; 举办; 召开; took part; take part; taken place; take place; took place;
			的; 了; 过; 吗; 呢; 吧; 啊; 呀; 嘛; 哦; 么; 嘞; 哈; 咯; 哇; 啦; 哟; 噢; 嗯; 是; 有; 在; 请; 请问; 问; 一下; 一些; 帮; 帮我; 帮忙; 告诉; 告诉我; 我想知道; 想知道; 我; 我们; 你; 您; 你们; 麻烦; 谢谢; 谢谢您; 你好; 您好; 能; 能不能; 可以; 会; 都; 也; 还; 还有; 就; 那; 那么; 这; 这个; 那个; 这些; 那些; 从; 里; 里面; 中; 当中; 之中; 上; 下; 下面; 之下; 其中; 关于; 有关; 对于; 对; 于; 为; 被; 把; 给; 用; 用到; 用了; 使用; 用于; 使用了; 相关; 方面; 相关的; 有关的; 到底; 究竟; 具体; 一共; 总共; 所有; 全部; 各; 每个; 曾; 曾经; 到; 过的; 的话; 名字; 叫; 叫做; 名为; 问题; 们; 吗呢; 着; 得; 其; 他; 她; 它; 他们; 她们; 它们; 本; 次; 本次; 这次; 该; 某; 出现; 出现在; 包括; 包含; 属于; 做; 当; 个; 先生; 女士; 同志; 大家; 是不是; 是否; 是不是有; 别的; 其他; 其它; 另外; 讲没讲; 有没有讲; 有没有提; 当时; 之间; 开; 开的; 了没; 没有吗; 参加; 举行; 进行; 安排; 主要的`},
		{class: who, words: `who; whom; whose; whos; wo; hwo; anyone; anybody; someone; somebody; which one of them; who else; who all;
			谁; 谁谁; 哪位; 哪些人; 哪个人; 什么人; 哪几位; 哪几个人; 有谁; 都有谁; 有没有人; 有人; 有哪些人; 哪一位; 何人; 有没有谁; 哪些位; 什么样的人`},
		{class: which | thing, words: `what; whats; 什么; 啥; 哪些内容; 什么内容; 些什么; 什么样的; 哪些东西; 什么东西; 有什么; 有啥; 怎样的; 哪方面; 哪些方面; 什么方面`},
		{class: which, words: `which; list; show; give; enumerate; whichever; 哪些; 哪个; 哪几个; 哪几种; 哪种; 哪一个; 哪一; 哪几; 有哪些; 列出; 列举; 列一下; 哪; 列; 哪场; 哪一种; 哪几场; 哪几项; 哪项; 几种; 都有哪些; 有没有; 有无`},
		{class: which | many, words: `how many; number of; count; how much; 多少; 几个; 多少个; 几种; 几项; 几篇; 多少种; 多少篇; 多少次; 几次; 数量; 一共多少; 有多少; 有几个; 有多少个; 多少项`},
		{class: who | many, words: `多少人; 几个人; 几位; 几人; 多少位; 多少名; 几名; 有多少人; 有几位; 有几个人`},
		{class: which | many | talkNoun, words: `几场; 多少场; 几场报告; 多少场报告; 有几场; 有多少场`},
		{class: say | thing, words: `怎么看; 怎么看待; 如何看待; 如何看; 怎样看待; 怎么说; 怎么讲; 怎么评价; 有什么看法; 有什么观点; 持什么观点; think about; think of; thinks about; thinks of; thought about; opinion on; opinion of; view on; views on; take on`},
		{class: place, words: `where; wheres; 哪里; 哪儿; 何处; 哪里的; 哪儿的; 什么地方; 哪家; 哪所; 哪个地方; 哪里人; 地点; 地址; 会址; location; venue`},
		{class: place | orgNoun, kind: "university", words: `哪所学校; 哪所大学; 哪个大学; 哪些大学; 哪些高校; 哪个高校; 哪所高校; 哪些院校; which university; which universities`},
		{class: place | orgNoun, kind: "company", words: `哪家公司; 哪个公司; 哪些公司; 哪些企业; 哪家企业; which company; which companies`},
		{class: belong | orgNoun, kind: "university", words: `university; universities; college; colleges; 高校; 院校; 大学; 所大学; 所高校; academia; 学术界`},
		{class: belong | orgNoun, kind: "company", words: `company; companies; firm; firms; 公司; 企业; 厂商; 家公司; industry; 工业界; 业界`},
		{class: place | orgNoun, words: `哪个单位; 哪家单位; 什么单位; 哪些单位; 哪个机构; 哪些机构; 哪家机构; 什么机构; 哪个学校; 哪些学校; 哪个院系; 哪个学院`},
		{class: moment, words: `when; what time; which day; what day; what date; which date; on which day; on what day; at what time; 什么时候; 何时; 哪天; 几点; 哪一天; 什么时间; 哪个时间; 几号; 几月几号; 几点钟; 啥时候; 何日; 哪一日; 什么日期; 上午还是下午; 哪个时段`},
		{class: say, words: `talk about; talks about; talked about; talking about; speak about; speaks about; spoke about; speaking about; spoke on; speak on; speaks on; talked on; talk on; spoke of; speak of;
			discuss; discusses; discussed; discussing; mention; mentions; mentioned; mentioning; present; presents; presented; presenting; cover; covers; covered; covering; address; addresses; addressed;
			introduce; introduces; introduced; describes; described; explore; explored; lecture on; lectured on; dealt with; deal with; deals with; treat; treats; treated; touch on; touched on; touches on; touch upon; touched upon;
			work with; works with; worked with; working with; work on; works on; worked on; working on; research; researches; researched; researching; study; studies; studied; studying; say; says; said; saying; say about; said about; speak; speaks; spoke; speaking; spoken; talked; talking; deliver; delivers; delivered; gave; given; gives; giving; bring up; brought up; propose; proposed; proposes; refer to; referred to; refers to; heard of; focus on; focused on; focuses on; involve; involved; involves; compare with; compares; evaluated; evaluate; evaluates; tackle; tackled; tackles; speaks to; mentioned in; discussed in; report on; reported on; reports on; reported; concern; concerns; concerned; wrote about; write about; lectured; explained; explains; dive into;
			讲; 讲了; 将了; 将过; 讲过; 讲的; 讲到; 讲到了; 讲述; 讲述了; 讲解; 讲解了; 谈; 谈了; 谈到; 谈到了; 谈论; 谈论了; 谈过; 谈及; 提到; 提到了; 提到过; 提及; 提及了; 提过; 提; 说; 说了; 说到; 说过; 说起; 聊; 聊了; 聊到; 聊过; 聊的; 介绍; 介绍了; 介绍过; 讨论; 讨论了; 讨论过; 涉及; 涉及了; 涉及到; 分享; 分享了; 分享过; 研究; 研究了; 研究过; 论述; 阐述; 探讨; 探讨了; 做过; 做了; 作了; 发表; 发表了; 报告了; 报告过; 演讲了; 汇报; 汇报了; 展示; 展示了; 提出; 提出了; 关注; 关注了; 覆盖; 覆盖了; 谈的; 说的; 讲授; 主讲; 主讲了; 主讲的; 给出; 给出了; 做的; 作的; 所讲; 所讲的; 有讲; 有提到; 有讲到; 有谈到; 开讲; 解读; 触及; 强调; 强调了; 比较了; 评测了; 从事`},
		{class: say | talkNoun, words: `talk; talks; speech; speeches; presentation; presentations; lecture; lectures; paper; papers; report; reports; gave a talk; give a talk; gave a talk on; gave a talk about; give a talk on; give a talk about; gives a talk on; giving a talk on; gave talks on; gave talks about; gave a presentation on; gave a lecture on; 报告; 演讲; 讲座; 讲演; 发言; 议题; 讲题; 题目; 报告题目; 演讲题目; 场报告; 做报告; 作报告; 做了报告; 作了报告; 做报告的; 做演讲; 个报告; 篇报告; 主题报告; title; titles; 标题; 特邀报告; 学术报告; 的报告; 分享会; 宣讲`},
		{class: talkNoun, kind: string(FormatKeynote), words: `keynote; keynotes; keynote talk; keynote talks; keynote speech; keynote speeches; invited talk; invited talks; 特邀报告; 主旨报告; 主旨演讲; 主题演讲; 特邀演讲; 大会报告`},
		{class: personNoun, kind: string(FormatKeynote), words: `keynote speaker; keynote speakers; invited speaker; invited speakers; 特邀报告人; 特邀嘉宾; 特邀讲者; 主旨报告人`},
		{class: talkNoun, kind: string(FormatOpening), words: `opening remarks; opening address; opening addresses; opening speech; opening speeches; welcome address; welcome speech; 致辞; 开幕致辞; 致开幕辞; 开场致辞`},
		{class: belong, words: `work; works; worked; working; 来; 来了; 来过; 派了; 派谁; 出席; from; works at; work at; worked at; working at; works for; work for; worked for; works in; belong to; belongs to; affiliated; affiliation; affiliations; affiliated with; based at; employed by; comes from; come from; came from; represent; represents; represented; 来自; 来自于; 就职于; 任职于; 就职; 任职; 供职; 供职于; 工作; 工作单位; 隶属; 隶属于; 出自; 所在; 所属; 毕业于; 在哪工作; 从哪来; 代表`},
		{class: belong | orgNoun, words: `institution; institutions; institute; institutes; organization; organizations; organisation; organisations; employer; employers; lab; labs; school; schools; team; teams; group; groups; 单位; 机构; 学校; 研究机构; 团队; 工作单位; 所在单位; 所属单位; 所在机构; 科研单位; 研究单位; 组织; 家单位`},
		{class: personNoun, words: `speaker; speakers; person; persons; people; presenter; presenters; lecturer; lecturers; researcher; researchers; scholar; scholars; professors; expert; experts; guy; guys; author; authors; man; woman; member; members; attendee; attendees; folks; colleague; colleagues; staff; scientist; scientists; engineer; engineers;
			人; 人员; 讲者; 演讲者; 报告人; 老师; 专家; 学者; 主讲人; 演讲人; 讲师; 同学; 发言人; 发言者; 研究者; 研究人员; 主讲; 报告者; 讲员; 演讲嘉宾; 报告嘉宾; 讲课人; 人士; 科学家; 位老师; 位专家; 位学者; 位教授; 位讲者; 位报告人; 位同学; 个人`},
		{class: personNoun | which, words: `名单; 人员名单; 讲者名单; 嘉宾名单; 演讲者名单`},
		{class: personNoun | panel, words: `panelist; panelists; panellist; panellists; panel guest; panel guests; guest; guests; panel member; panel members; panel speakers; panel participants; 嘉宾; 座谈嘉宾; 圆桌嘉宾; 论坛嘉宾; 与会嘉宾; 位嘉宾; 与谈人; 与谈嘉宾; 对谈人; 对谈嘉宾`},
		{class: panel, words: `panel; panels; panel discussion; panel discussions; round table; roundtable; round-table; sat on; sit on; sits on; fireside chat; 圆桌; 圆桌论坛; 圆桌讨论; 圆桌会议; 座谈; 座谈会; 沙龙; 对谈; 面板; 专题讨论; 小组讨论; 环节讨论; 对话环节`},
		{class: sessionNoun, words: `session; sessions; track; tracks; forum; forums; fora; block; room; rooms; hall; halls; sub-forum; subforum; 场; 分论坛; 论坛; 专场; 分会场; 会场; 环节; 这一场; 这场; 那场; 那一场; 一场; 场次; 第几场; 会议室; 专题; 分会; 板块; 哪场; 子论坛; 个分论坛; 个论坛; 个专场; 这个分论坛; 这个论坛; 这个专场; 单元`},
		{class: eventNoun, words: `event; events; conference; conferences; workshop; workshops; meeting; meetings; meetup; meetups; symposium; seminar; seminars; summit; 大会; 会议; 研讨会; 年会; 峰会; 活动; 讨论班; 读书会; 会; 会上; 会议上; 大会上`},
		{class: kindNoun, words: `topic; topics; concept; concepts; idea; ideas; theme; themes; subject; subjects; keyword; keywords; content; contents; term; terms; area; areas; point; points; 话题; 主题; 概念; 内容; 要点; 关键词; 术语; 知识点; 方向; 观点; 领域; 课题; 东西`},
		{class: kindNoun, kind: kindVariant, words: `variant; variants; kinds; types; sorts; subtypes; 变体; 变种; 种类; 类型; 类别; 分类; 版本; versions; 几类; 几大类; 哪几类`},
		{class: kindNoun, kind: kindMethod, words: `method; methods; technique; techniques; approach; approaches; algorithm; algorithms; architecture; architectures; framework; frameworks; strategy; strategies; solution; solutions; technology; technologies; mechanism; mechanisms; 方法; 技术; 算法; 架构; 框架; 方案; 策略; 技巧; 手段; 机制; 做法; 方式; 途径; 种方法; 个方法; 项技术`},
		{class: kindNoun, kind: "model", words: `model; models; 模型; 个模型`},
		{class: kindNoun, kind: "benchmark", words: `benchmark; benchmarks; evaluation; evaluations; test; tests; test set; evaluation benchmark; evaluation benchmarks; 基准; 基准测试; 评测; 评测基准; 测评; 测试; 评测集; 评估基准; 评估; 测试集; 测试基准`},
		{class: kindNoun, kind: "dataset", words: `dataset; datasets; data set; data sets; corpus; corpora; 数据集; 语料; 语料库`},
		{class: kindNoun, kind: "metric", words: `metric; metrics; measure; measures; 指标; 评价指标; 评估指标`},
		{class: kindNoun, kind: "task", words: `task; tasks; 任务`},
		{class: kindNoun, kind: "system", words: `tool; tools; system; systems; library; libraries; software; 工具; 系统; 软件; 软件库`},
		{class: define | say, words: `说说; 讲讲; 聊聊; 谈谈; 说一下; 讲一下`},
		{class: define, words: `介绍一下; tell me about; tell me more about; describe; 属于什么; 属于哪种; 属于哪类; 属于哪一种; 是哪种; 是哪一种; define; definition; definitions; explain; meaning; mean; means; meant; stand for; stands for; describe what; introduction to; what does mean; 定义; 含义; 意思; 什么意思; 是什么意思; 是什么; 是啥; 什么是; 何为; 何谓; 解释; 解释一下; 指什么; 是指什么; 指的是什么; 是指; 指的是; 意味着什么; 什么叫; 啥是; 是什么东西; 是个什么; 是一种什么; 科普; 全称`},
		{class: connect, words: `connect; connects; connected; connecting; connection; connections; link; links; linked; linking; relate; relates; relation; relations; relationship; relationships; related to; relate to; path; paths; path between; ties; have to do with; 关系; 什么关系; 联系; 什么联系; 关联; 有什么关系; 有什么联系; 有什么关联; 有何关系; 有何联系; 路径; 连接; 相连; 怎么联系; 怎么联系起来; 有关系; 有联系; 如何联系; 是如何联系的; 怎么联系的`},
		{class: common, words: `common; in common; share; shares; shared; sharing; overlap; overlaps; overlapping; similarity; similarities; similar; in both; alike; appear in both; appears in both; 共同; 共同点; 共同之处; 相同; 相同点; 相同之处; 共有; 交集; 重合; 重叠; 相似; 相似之处; 共通; 共通点; 共同的; 一样; 一致; 共同讲; 共同提到; 都讲了; 都讲; 都讲到; 都讲到了; 都提到; 都提到了; 都谈到; 都谈到了; 都涉及; 都出现; 都出现在; 都讨论了; 都介绍了; 都用了; 都用到; 都讲过; 都提过`},
		{class: both, words: `both; simultaneously; together; as well; at the same time; 同时; 两个; 两位; 两场; 两者; 二者; 两人; 两种; 双方; 俩; 既; 又; 两人都; 共; 一起; 一块; 一块儿; 共同主讲; 合讲; jointly; 联合`},
		{class: differ, words: `difference; differences; differ; differs; different; distinguish; unlike; versus; vs; compare; compared; comparing; comparison; 区别; 不同; 不同点; 不同之处; 差别; 差异; 有何不同; 比较; 对比; 相比`},
		{class: negation, words: `not; no; never; without; lack; lacks; lacking; lacked; but not; didn; doesn; don; isn; wasn; weren; hasn; didnt; doesnt; dont; didn t; doesn t; don t; isn t; wasn t; weren t; hasn t; leave out; leaves out; left out; miss; misses; missing; but; while; 没; 没有; 没讲; 没提; 没提到; 没有讲; 没有提到; 没讲到; 没讲的; 没有讲到; 未; 未讲; 未提及; 不; 不是; 却; 而; 但; 但是; 缺少; 缺; 没谈; 没谈到; 没有谈到; 没涉及; 没有涉及; 不讲; 不提`},
		{class: joins, words: `and; plus; as well as; along with; 和; 与; 跟; 以及; 及; 同; 还有; 并; 并且; 且`},
		{class: either, words: `or; either; 或; 或者; 或是; 还是; 亦或; 抑或`},
		{class: whyHow, words: `why; how; how come; how to; how did; how does; how do; better; best; worse; worst; should i; opinion; 为什么; 为何; 怎么; 怎么样; 如何; 怎样; 为啥; 咋; 怎么做; 如何做; 好不好; 更好; 最好; 应该; 值得`},
		{class: except, words: `besides; except; except for; excluding; other than; apart from; aside from; in addition to; not counting; 除了; 除; 除去; 除开; 不算; 排除`},
		{class: exceptAfter, words: `以外; 之外; 以外的; 之外的; excluded`},
		{class: moment, kind: looseWord, words: `时间; 日期; 日程; time; date; dates; schedule`},
		{class: jobNoun, kind: looseWord, words: `job title; job titles; position; positions; role; job; profession; 职称; 职务; 职位; 头衔; 身份; 职业; 级别; 担任什么; 任什么职`},
		{class: superlative, words: `most; most often; most frequently; the most; 最多; 最常; 最频繁; 最热门; 最热`},
		{class: beyond, words: `least; fewest; longest; shortest; latest; newest; biggest; largest; smallest; fastest; advantage; advantages; disadvantage; disadvantages; benefit; benefits; drawback; drawbacks; weather; 最少; 最长; 最短; 最新; 最大; 最小; 最快; 最慢; 最难; chair; chairs; chaired; moderate; moderated; moderator; moderators; hosted; organizer; organizers; 主持; 主持人; 主持了; 组织者; 主办方; 承办方; 优点; 缺点; 优缺点; 优势; 劣势; 好处; 坏处; 利弊; 天气`},
		{class: main, words: `mainly; mostly; primarily; focused; chiefly; specifically; mainly about; 主要; 重点; 专门; 着重; 侧重; 只; 只有; only; solely`},
	}
}

// word is an entry of the vocabulary.
type word struct {
	class class
	kind  string
}

// words is the vocabulary by joined key, and the most tokens of an entry.
type words struct {
	entries map[string]word
	longest int
}

var vocabulary = sync.OnceValue(func() words {
	v := words{entries: map[string]word{}}
	for _, row := range slices.Concat(vocabularyTable(), positionRows(), ordinalRows()) {
		for entry := range strings.SplitSeq(row.words, ";") {
			tokens := tokenize(entry).tokens
			if len(tokens) == 0 {
				continue
			}
			key := joinedKey(tokens)
			w := v.entries[key]
			w.class |= row.class
			if w.class != noise {
				w.class &^= noise
			}
			if w.kind == "" {
				w.kind = row.kind
			}
			v.entries[key] = w
			v.longest = max(v.longest, len(tokens))
		}
	}
	return v
})

// joinedKey joins the keys of tokens, with spaces between spaced words alone.
func joinedKey(tokens []token) string {
	var b strings.Builder
	for i, t := range tokens {
		if i > 0 && !t.han && !tokens[i-1].han {
			b.WriteByte(' ')
		}
		b.WriteString(t.key)
	}
	return b.String()
}

// isChinese reports whether a question is in Chinese: one with Chinese names alone is not.
func isChinese(question string) bool {
	if !hasUnspaced(question) {
		return false
	}
	english := 0
	for _, t := range tokenize(question).tokens {
		if w, known := vocabulary().entries[t.key]; known && !t.han && w.class != 0 {
			english++
		}
	}
	return english < 2
}
