package note

// asideCues are the words by which a note-taker gives himself away: he speaks of
// himself, of the occasion or of his notes. Each is bound to where and beside what
// it stands, so that a talk about the same thing is not taken for an aside:
// 听不懂 is one at the head of a clause, but not in "模型听不懂方言".
var asideCues = []cues{
	{opinion, clauseHead, "俺|个人感觉|个人觉得|个人认为|个人观点|个人看法|个人理解|个人意见|我的观点|我的看法|我的感觉|我的理解|我的吐槽|我觉得|我感觉|我猜|我个人|在我看来|以我之见|吐槽", ""},
	{opinion, clauseHead, "感觉这|感觉很|感觉就|感觉有|感觉不|感觉没|感觉还|感觉是|感觉像|感觉挺|感觉蛮|感觉好|感觉讲|感觉可以|感觉比|感觉他|感觉她|感觉大家|感觉整|感觉内容|感觉跟|感觉和", ""},
	{says, anywhere, "俺|浅薄的观点|浅见|小编", ""},
	{says, wholeClause, "个人意见|个人看法|个人观点|个人感觉|个人理解|纯个人意见|纯属个人意见|仅个人意见", ""},
	{says, clauseHead, "说实话|老实说|讲真,|讲真，|害,|害，|唉,|唉，|哎,|哎，", ""},
	{says, anywhere, "没听懂|没太听懂|没看懂|没太看懂|没听清|没看清|没听见|没记下|没记住|没记全|没来得及|来不及记|没搞懂|没太懂|没听明白|没看明白", ""},
	{says, clauseHead, "听不懂|看不懂|听不清|听不见|看不清|记不清|记不住|不太懂|没懂|不认识字|跟不上|走神|睡着|犯困|困了|开小差|早退|迟到了|来晚了|来得晚|去晚了|到晚了|听漏|漏听|漏记", ""},
	{may, clauseHead, "我没|我还是没|我还是不|我比较好奇|我比较喜欢|我比较感兴趣|我自己觉得|我自己感觉|我自己的理解|我当时|我旁边|我理解|我后来|我困|我走了|我就走|我有点|我不太|我不懂|我好像|我记得|我忘", ""},
	{may, anywhere, "笔者认为|笔者觉得|笔者感觉|笔者以为|笔者注|笔者没|笔者按", ""},
	{says, clauseTail, "过得很快|过得超快|过得太快|过得飞快|过得比较快|讲得很快|讲得太快|讲得飞快|讲太快|讲的很快|讲的太快|翻得很快|翻得飞快|翻得太快|由于时间问题|由于时间关系|由于时间原因|因为时间关系|时间不够了|时间不太够|简单带过|一带而过|一页带过|草草带过", ""},
	{says, clauseTail, "比较水|有点水|太水了|一般般|待补充|待补", ""},
	{says, anywhere, "听会的人|来听会|没有位置坐|没位置坐|没地方坐|没座位|没有座位|座位不够|站着听|人山人海|会议室被|会议室里好|会议室里太|会议室里很|会议室太|空调太|空调开|空调坏|空调冷|茶歇很|茶歇太|茶歇的|茶歇不|茶歇好|午饭很|午饭不|盒饭", ""},
	{says, wholeClause, "人很多|人好多|人太多|来的人很多|听的人很多|听众很多|人不多|没人听|没什么人|好冷|好热|太冷了|太热了|好困|好累", ""},
	{says, anywhere, "网上查|网上搜|查了一下|搜了一下|百度一下|谷歌一下|搜到的|回去再看|回头再看|回头再查|有空再看|会后再看|会后要补|求大佬|照片没拍|没拍到|拍糊了", ""},
	{says, clauseHead, "搜索到的", "介绍|博客|新闻|报道|词条|百科|知乎|链接|文章|公众号"},
	{says, anywhere, "没找到|没有找到|找不到", "链接|网站|网址|资料|主页|出处|ppt|原文|论文|代码|打开的"},
	{says, anywhere, "内容偏|偏理论|偏文科|偏工程", "内容|讲|报告|听|介绍|部分"},
	{says, beside, "没有直接|没有给出具体|没给出具体|真的好吗|没细讲|没有细讲|没展开|没有展开|没仔细讲|配了一个图|配了张图|给了一个图|给了张图|给了一个实验的图|贴了一张图|放了一张图|博大精深", ""},
	{says, besideHead, "也确实|确实|果然|可惜|好像是|大概是这样|不知道为什么|应该是", ""},
	{says, clauseHead, "反正我|反正就|反正是|反正没|反正不|反正也|反正听|果然还|果然是|果然没|果然有|可惜没|可惜时间|可惜不|可惜讲|可惜了|好像是这|大概是这样|不知道为什么", ""},
	{says, anywhere, "哈哈哈|哈哈|呵呵|嘻嘻|呜呜|笑死|(∩_∩)|^_^|¯\\_(ツ)_/¯", ""},

	{opinion, lineHead, "my take|my opinion|my thoughts|my note|my guess|my impression|my favourite|my favorite|imo|imho|personally,|note to self|aside:|todo:|todo |fixme|(me:|me:|i think|i thought|i feel|i felt|i wonder|i guess|:thought_balloon:|:speech_balloon:|💭", ""},
	{says, anywhere, ":thought_balloon:|💭", ""},
	{says, sentence, "i missed|i did not|i didn't|i couldn't|i could not|i don't|i do not|i arrived late|i came late|i left early|i skipped|i fell asleep|i sat |i really|i liked|i loved|i enjoyed|i disliked|i hated|i hope|i think|i thought|i feel|i felt|i wonder|i guess|i suspect|i need to|i must|i should|i'll|i've|i'd|didn't catch|did not catch|couldn't follow|could not follow|couldn't hear|could not hear|couldn't read the slide|coffee was|the coffee was|lunch was|wifi was|the wifi was|the wi-fi was", ""},
	{may, sentence, "i was|i am|i'm|i could|i had|i have|i want|i will|i also|i asked", ""},
	{says, lineHead, "this was a sales|mostly a sales|sales pitch", ""},
	{says, anywhere, "sales talk|sales pitch", "this|mostly|was|just|felt|more of|turned"},
	{says, anywhere, "i didn't catch|i did not catch|i couldn't follow|i could not follow|i couldn't hear|i could not hear|lost me here|went over my head|if i remember|not sure if i|no seats left|ran out of time, so", ""},
}

// pageCues are the words with which a page speaks, each bound as above: Creative
// Commons and advertising are also what talks are about.
var pageCues = []cues{
	{licence, lineHead, "版权声明|版权所有|©版权|本文版权|著作权归|© 20|copyright ©|copyright (c)|copyright 20|all rights reserved", ""},
	{licence, anywhere, "转载请注明|转载请联系|icp备|公网安备|all rights reserved|著作权归作者|著作权归原作者|版权归作者|版权归原作者|copyright ©", ""},
	{licence, anywhere, "未经授权|未经允许|未经许可|未经书面", "转载|复制|引用|使用本|严禁|不得"},
	{licence, lineHead, "本文采用|本作品采用|本站采用|本文遵循|本文为博主|除特别声明|this work is|this article is|this post is|this page is|content on this|text is available under|except where|licensed under cc|licensed under the cc|licensed under a creative|licensed under the creative", "协议|cc |cc-|cc by|creative commons|licence|license|原创"},
	{advert, anywhere, "扫码关注|长按识别|关注公众号|关注我们的公众号|关注本公众号|点击阅读原文|一键三连|点赞收藏|点个赞|点个在看|欢迎关注|欢迎转发|加入交流群|进群领|领取资料", ""},
	{advert, anywhere, "扫描二维码|识别二维码|扫二维码|微信公众号", "关注|加群|入群|下载|报名|咨询|回复|搜索"},
	{advert, wholeLine, "广告|推广|赞助商广告|广告位|阅读原文|微信公众号|advertisement|advertisements|sponsored|sponsored content", ""},
	{advert, lineHead, "subscribe to|sign up for", "newsletter|channel|feed|blog|our |my |rss|podcast|mailing list|updates"},
	{advert, lineHead, "follow us on|follow me on|find us on|find me on|buy me a coffee|support me on|support us on", ""},
	{share, lineHead, "分享到|分享至|share on twitter|share on facebook|share on x|share on linkedin|tweet this|share this post|share this article|share this page", ""},
	{share, wholeLine, "share this|share on|share", ""},
	{share, anywhere, "分享到", "微博|微信|朋友圈|qq"},
	{breadcrumb, lineHead, "当前位置|您的位置|您所在的位置|你的位置|您现在的位置|you are here", ""},
	{byline, counter, "发布时间|发表时间|发表于|更新时间|更新于|发布于|最后更新|浏览量|浏览次数|浏览|阅读量|阅读数|阅读次数|阅读|点击量|点击数|点击|点击次数|字体大小|字号|本文字数|字数|阅读时长|预计阅读|预计阅读时间|posted on|published on|last updated|last modified|views", ""},
	{byline, lineHead, "供稿：|供稿:|撰稿：|撰稿:|责任编辑|责编：|责编:|审核：|审核:|审核/|文/图|图/文|（文/|（图/|文字：|文字:|图片：|图片:|摄影：|摄影:|通讯员", ""},
	{byline, lineHead, "posted by|posted on|published on|字号：|字体：|字体:", ""},
	{tailAll, wholeLine, "相关文章|相关推荐|相关新闻|推荐文章|猜你喜欢|你可能感兴趣|您可能感兴趣|你可能也喜欢|大家都在看|热门文章|热门推荐|最新文章|最新资讯|随机文章|更多文章|往期回顾|往期推荐|往期精彩|上一篇|下一篇|上一条|下一条|上一则|下一则|发表评论|评论区|精选留言|网友评论|最新评论|全部评论|文章评论|评论列表|友情链接|related posts|related articles|related stories|you may also like|you might also like|recommended for you|read next|latest posts|recent posts|popular posts|leave a reply|leave a comment|previous post|next post", ""},
	{tailList, wholeLine, "相关阅读|相关链接|相关内容|推荐阅读|延伸阅读|recommended reading|related reading|related links|more from|comments", ""},
}

// menuSure are entries of a site's menu that stand nowhere else.
const menuSure = "首页|主页|登录|注册|登录/注册|关于我们|联系我们|友链|友情链接|返回顶部|返回首页|上一页|下一页|论坛首页|个人中心|留言板|加入收藏|设为首页|打印本页|关闭窗口|" +
	"home|about us|contact us|login|log in|sign in|sign up|skip to content|skip to main content|back to top|privacy policy|terms of service|cookie policy|rss|toggle navigation|toggle menu"

// menuMaybe are entries that are also words of notes; they count in company.
const menuMaybe = "关于|归档|标签|分类|搜索|菜单|导航|博客|新闻|下载|订阅|打印|关闭|" +
	"about|contact|register|search|menu|archive|archives|tags|categories|blog|subscribe|projects|posts|share|print|news|privacy|terms"

// counterWords stand beside the numbers of a page's counters.
const counterWords = "阅读|评论|点赞|收藏|转发|浏览|分享|likes|views|comments|shares"
