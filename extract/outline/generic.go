package outline

import "strings"

// genericHeads are heads that structure notes and name no talk, in lower case.
var genericHeads = words(`
背景 动机 方法 实验 结果 结论 总结 小结 概述 引言 前言 写在前面 写在最后 后记 说明 目录 参考 参考资料 参考文献 参考链接 链接 相关链接 附录 其他 其它 杂项 杂谈 补充 备注 问答 提问 提问环节 问答环节 讨论 互动 日程 议程 会议日程 会议议程 会议信息 基本信息 会议简介 简介 笔记 感想 心得 收获 体会 总体感受 随想 思考 结论与思考 优点 缺点 应用 应用场景 挑战 未来 展望 未来工作 研究背景 研究方法 研究内容 主要内容 关键点 要点 案例 案例分析 示例 图片 照片 视频 资料 幻灯片 评论 致谢 演讲嘉宾 嘉宾 嘉宾介绍 主持人 报告人 会议室 时间 地点 主题 组委会 主办单位 上午 下午 晚上 我记的要点
background motivation method methods results result conclusion conclusions summary overview introduction intro outline agenda schedule programme program notes note references reference links link resources further_reading appendix misc miscellaneous other others q&a qa questions discussion discussions takeaways key_takeaways key_points main_points highlights thoughts my_thoughts impressions overall todo acknowledgements acknowledgments about contents table_of_contents toc future_work related_work experiments evaluation limitations abstract bio speaker speakers hosts host organisers organizers venue logistics hallway hallway_track slides video videos photos posters poster_session morning afternoon evening end the_end faq contact sponsors tl;dr tldr preface foreword closing_thoughts final_thoughts papers paper_session posters_and_demos demos wrap-up wrap_up general general_notes general_impressions conference_details event_details conference_info event_info details info speaker_notes talk_notes session_notes tools books things_to_google to_google to_read reading_list travel food lunch dinner people_i_met people_met contacts met new_contacts logistics people names_to_remember action_items actions follow-ups follow_ups next_steps things_to_try ideas shopping_list books_to_read after after_the_event meta
`)

func words(list string) map[string]bool {
	all := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		all[strings.ReplaceAll(word, "_", " ")] = true
	}
	return all
}

// isGenericHead recognises a head that names no talk.
func isGenericHead(text string) bool {
	plain := strings.ToLower(strings.Trim(text, " *_:：.。!！-—■●()（）"))
	plain = strings.TrimPrefix(plain, "the ")
	return genericHeads[plain] || strings.HasPrefix(plain, "其他") || strings.HasPrefix(plain, "其它") || strings.HasPrefix(plain, "以下是") || strings.HasSuffix(plain, "笔记") || strings.HasPrefix(plain, "takeaways ") || strings.HasPrefix(plain, "notes to self") || strings.HasPrefix(plain, "action items")
}
