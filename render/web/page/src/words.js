// The words of the page in both languages.

const words = {
  title: ["talkgraph", "talkgraph"],
  searchLabel: ["Search, or ask a question", "搜索,或提一个问题"],
  searchHint: ["Search or ask: RWKV, 谁讲了长上下文 …", "搜索或提问:RWKV、谁讲了长上下文……"],
  searchLabelAlone: ["Search", "搜索"],
  searchHintAlone: ["Search all names, in both languages", "搜索所有名称,中英文皆可"],
  askRow: ["Ask: {0}", "提问:{0}"],
  noNames: ["No name matches", "没有匹配的名称"],
  found: ["{0} of {1} names", "{1} 个名称中的 {0} 个"],
  home: ["Overview", "总览"],
  trail: ["Where you have been", "浏览路径"],
  graphView: ["Graph", "图"],
  bothView: ["Graph and map", "图与概念图"],
  mapView: ["Map", "概念图"],
  listView: ["List", "列表"],
  views: ["View", "视图"],
  filters: ["Filters", "筛选"],
  filtersToggle: ["Filters", "筛选"],
  depth: ["Steps from the focus", "距中心的步数"],
  types: ["Types", "类型"],
  relations: ["Relations", "关系"],
  session: ["Session", "专场"],
  allSessions: ["All sessions", "全部专场"],
  days: ["Days", "日期"],
  from: ["from", "从"],
  to: ["to", "到"],
  anyDay: ["any", "不限"],
  lexicon: ["Relations only the lexicon knows", "仅词库中的关系"],
  hidden: ["Hidden in this view", "本视图中已隐藏"],
  restore: ["Show again", "重新显示"],
  shownAll: ["Showing all {0}", "已显示全部 {0} 个"],
  shown: ["Showing {0} of {1}", "显示 {1} 个中的 {0} 个"],
  whyLimit: ["the most important", "只取最重要的,以便看清"],
  whyHidden: ["{0} hidden by you", "{0} 个被你隐藏"],
  more: ["Show more", "显示更多"],
  nothingShown: ["Nothing passes these filters.", "没有符合筛选条件的内容。"],
  emptyGraph: ["The graph is empty. Build it with: talkgraph build PATH", "图是空的。请先运行:talkgraph build 路径"],
  noWebGL: ["This browser draws no WebGL: here is the drawing as SVG, and the list.", "此浏览器不支持 WebGL,以下是 SVG 图和列表。"],
  graphRegion: ["The graph. The list view has the same for keyboard and screen reader.", "图。列表视图提供同样的内容,便于键盘和读屏使用。"],
  mapRegion: ["Concept map", "概念图"],
  mapWait: ["Drawing …", "正在绘制……"],
  detail: ["Details", "详情"],
  close: ["Close", "关闭"],
  focusOn: ["Focus", "居中"],
  expand: ["Expand", "展开"],
  collapse: ["Collapse", "收起"],
  hide: ["Hide", "隐藏"],
  pin: ["Pin", "固定"],
  unpin: ["Unpin", "取消固定"],
  connect: ["Path to …", "到……的路径"],
  connectTitle: ["Path from {0} to", "从 {0} 到"],
  aliases: ["Also", "又名"],
  moreQuotes: ["{0} more", "另有 {0} 处"],
  context: ["Show the lines around {0}", "显示 {0} 前后的行"],
  noContext: ["The notes are not at hand: name them, as in talkgraph serve notes/", "未提供笔记原文:可用 talkgraph serve 笔记目录/ 启动"],
  fromLexicon: ["lexicon", "词库"],
  fromCorrections: ["your correction", "你的更正"],
  edges: ["Showing {0} of {1} relations", "显示 {1} 条关系中的 {0} 条"],
  answers: ["Answers", "回答"],
  notUnderstood: ["The question is not understood. Try for example:", "没有理解这个问题。可以这样问:"],
  nothingFound: ["Nothing found.", "没有找到。"],
  unknownWords: ["The notes do not speak of {0}.", "笔记中没有提到 {0}。"],
  ambiguous: ["{0} may be any of these:", "{0} 可能指:"],
  near: ["Near in the graph:", "图中相近的:"],
  corrected: ["Read as {0}", "理解为 {0}"],
  count: ["{0} in all", "共 {0} 个"],
  onlyHere: ["only {0}", "仅 {0}"],
  pathTitle: ["Path", "路径"],
  noPath: ["No connection was found between these two.", "两者之间没有找到联系。"],
  steps: ["{0} steps", "{0} 步"],
  copy: ["Copy the view", "复制视图"],
  copyOne: ["Copy", "复制"],
  saveOne: ["Save", "保存"],
  link: ["Link", "链接"],
  copied: ["Copied", "已复制"],
  copyFailed: ["The browser does not allow copying; use Save", "浏览器不允许复制,请用“保存”"],
  language: ["中文", "English"],
  theme: ["Light or dark", "浅色或深色"],
  edit: ["Correct", "更正"],
  rename: ["Rename", "改名"],
  retype: ["Change type", "改类型"],
  merge: ["Merge with …", "合并……"],
  part: ["Keep apart from …", "与……分开"],
  drop: ["Remove from the graph", "从图中删除"],
  undo: ["Undo ({0})", "撤销({0})"],
  undone: ["Taken back", "已撤销"],
  done: ["Done; the graph has been rebuilt", "完成,图已重建"],
  newName: ["New name", "新名称"],
  newType: ["New type", "新类型"],
  withWhom: ["Which other?", "另一个是?"],
  dropSure: ["“{0}” will be taken out of the graph, and stays out on every build. You can undo this.", "“{0}”将从图中删除,以后每次构建都不再出现。可以撤销。"],
  start: ["Start here", "从这里开始"],
  events: ["{0} events", "{0} 个会议"],
  askFor: ["Ask", "提问"],
  mostCovered: ["Most covered", "讲得最多"],
  howTo: ["In the graph", "图中操作"],
  howPick: ["Click a box or a line: what the notes say of it, with the quotes.", "点击方框或连线:查看笔记原文依据。"],
  howExpand: ["Double-click a box: its neighbours join.", "双击方框:展开相邻内容。"],
  howPin: ["Drag to move and pin; shift-click to pin or let go.", "拖动可移动并固定;按住 Shift 点击可固定或松开。"],
  howSearch: ["Press / to search, Escape to come back here.", "按 / 搜索,按 Esc 返回这里。"],
  relation: ["Relation", "关系"],
  zoom: ["Zoom", "缩放"],
  closer: ["Closer", "放大"],
  farther: ["Farther", "缩小"],
  whole: ["The whole picture", "显示全图"],
  typeName: ["Type a name", "输入名称"],
  mergeWhat: ["Both become one entity, on every build. {0} stays the name that is shown.", "两者合并为一个实体,以后每次构建都如此;显示的名称是“{0}”。"],
  partWhat: ["The two are never taken for one entity.", "两者永远不会被当作同一个实体。"],
  connectWhat: ["The shortest connection is shown, each step with its quotes.", "显示两者之间最短的联系,每一步都有原文依据。"],
  ok: ["OK", "确定"],
  cancel: ["Cancel", "取消"],
  offline: ["The server does not answer. Is talkgraph serve still running?", "服务器没有响应。talkgraph serve 还在运行吗?"],
  relationsOf: ["Relations", "关系"],
  clearFilters: ["Clear filters", "清除筛选"],
  morning: ["morning", "上午"],
  afternoon: ["afternoon", "下午"],
  evening: ["evening", "晚上"],
};

const types = {
  Event: ["Event", "会议"], Session: ["Session", "专场"], Talk: ["Talk", "报告"], Person: ["Person", "人物"],
  Organization: ["Institution", "机构"], Concept: ["Concept", "概念"], Document: ["Document", "文档"],
};

const plurals = {
  Event: ["Events", "会议"], Session: ["Sessions", "专场"], Talk: ["Talks", "报告"], Person: ["People", "人物"],
  Organization: ["Institutions", "机构"], Concept: ["Concepts", "概念"], Document: ["Documents", "文档"],
};

// How an edge is read from source to target, and the other way round.
const phrases = {
  superEvent: [["is in the programme of", "列入"], ["comprises", "设有"]],
  performer: [["is presented by", "主讲人是"], ["presents", "主讲"]],
  affiliation: [["is with", "来自"], ["is the home of", "的成员有"]],
  about: [["covers", "讲到"], ["is covered in", "见于报告"]],
  broader: [["is a kind of", "是一种"], ["includes", "包括"]],
  related: [["goes with", "与之相关的是"], ["goes with", "与之相关的是"]],
  parentOrganization: [["is part of", "隶属于"], ["has the unit", "下设"]],
  mentions: [["speaks of", "提到"], ["is spoken of in", "被提到于"]],
  subjectOf: [["is recorded in", "记录于"], ["records", "记录了"]],
};

// Headings over the edges of a node: outward, inward.
const headings = {
  superEvent: [["Part of", "所属"], ["Programme", "日程"]],
  performer: [["Speakers", "主讲人"], ["Talks", "报告"]],
  affiliation: [["Institution", "所在机构"], ["People", "成员"]],
  about: [["Covers", "讲到"], ["Talks", "报告"]],
  broader: [["Broader", "上位概念"], ["Narrower", "下位概念"]],
  related: [["Related", "相关"], ["Related", "相关"]],
  parentOrganization: [["Part of", "上级机构"], ["Units", "下属机构"]],
  mentions: [["Mentions", "提到"], ["Mentioned in", "被提到"]],
  subjectOf: [["Notes", "笔记"], ["Records", "记录"]],
};

const props = {
  startDate: ["Date", "日期"], endDate: ["Until", "至"], part: ["Time of day", "时段"], location: ["Place", "地点"],
  about: ["Theme", "主题"], kind: ["Kind", "类别"], zh: ["Chinese", "中文"], en: ["English", "英文"],
  comment: ["Note-taker", "记录者的话"], format: ["Format", "形式"], jobTitle: ["Title", "职务"], url: ["Address", "网址"], language: ["Language", "语言"],
};

let chosen = "en";

export const language = () => chosen;

export function setLanguage(name) {
  chosen = name === "zh" ? "zh" : "en";
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
}

const pick = (pair) => pair[chosen === "zh" ? 1 : 0];

/** The text with this key; {0}, {1} … are replaced by the values. */
export function say(key, ...values) {
  return pick(words[key]).replace(/\{(\d)\}/g, (_, n) => values[n]);
}

export const typeWord = (type) => pick(types[type] ?? [type, type]);
export const typesWord = (type) => pick(plurals[type] ?? [type, type]);
export const propWord = (name) => (props[name] ? pick(props[name]) : name);
export const heading = (relation, inward) => (headings[relation] ? pick(headings[relation][inward ? 1 : 0]) : relation);
/** The relations in the order in which people read them. */
export const relationOrder = Object.keys(phrases);

export const relationWord = (relation) => (phrases[relation] ? pick(phrases[relation][0]) : relation);

/** A phrase of the notes, unless it is nothing but marks. */
export const worded = (text) => (/[\p{L}\p{N}=<>≈≠→]/u.test(text ?? "") ? text : "");

/** The linking phrase of an edge: the notes' own words, or ours. */
export function phrase(edge, inward = false) {
  return worded(edge.props.phrase) || (phrases[edge.relation] ? pick(phrases[edge.relation][inward ? 1 : 0]) : edge.relation);
}

const partWords = new Set(["morning", "afternoon", "evening"]);
export const partWord = (part) => (partWords.has(part) ? say(part) : part);

/** The name of a node in the language of the page, where it has one. */
export function nameOf(node) {
  if (node.type !== "Concept") return node.label;
  const han = /\p{Script=Han}/u.test(node.label);
  if (chosen === "en" && han) return node.props.en || node.label;
  if (chosen === "zh" && !han) return node.props.zh || node.label;
  return node.label;
}
