"""What the pages say in their own words, in both languages; page texts never come from here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from digest.config import Language
from digest.web.editing_words import EDITING_WORDS
from digest.web.language import CHINESE

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # Every page
        "skip": ("跳到正文", "Skip to content"),
        "menu": ("栏目", "Sections"),
        "home": ("首页", "Home"),
        "articles": ("稿件", "Articles"),
        "digests": ("往期", "Digests"),
        "status": ("状态", "Status"),
        "language": ("语言", "Language"),
        "zh-CN": ("中文", "中文"),
        "en": ("English", "English"),
        "colophon": ("由报纸版面文字整理而成，版权归原报所有。", "Made from the text of newspaper pages."),
        "newer": ("较新", "Newer"),
        "older": ("较早", "Older"),
        "page_of": ("第 {number} 页，共 {total} 页", "Page {number} of {total}"),
        "pager": ("翻页", "Pages"),
        "weekdays": (
            "星期一 星期二 星期三 星期四 星期五 星期六 星期日",
            "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
        ),
        "undated": ("日期不详", "Date unknown"),
        "unknown_source": ("出处不详", "Source unknown"),
        # Home and profiles
        "newest": ("最新剪报", "Newest clippings"),
        "profiles": ("关注词", "Profiles"),
        "clips": ("{n} 篇", "{n} clipping|{n} clippings"),
        "all_articles": ("全部稿件", "All articles"),
        "list_of_feeds": ("全部订阅源（OPML）", "All feeds (OPML)"),
        "nothing_clipped": ("还没有剪报", "Nothing clipped yet"),
        "drop_pages": (
            "把报纸版面（PDF、网页、.txt 或 .md）放进收件夹，稍候片刻，与关注词相符的稿件就会出现在这里。",
            (
                "Drop newspaper pages (PDF, HTML, .txt or .md) into the inbox; "
                "articles that match a profile appear here shortly."
            ),
        ),
        "no_clips_here": (
            "还没有稿件与这组关注词相符。",
            "No article has matched these keywords yet.",
        ),
        "inbox_line": (
            "已读 {pages} 版，得稿件 {articles} 篇",
            "Pages read: {pages}; articles found: {articles}",
        ),
        "last_read": ("最近读取", "Last read"),
        "troubled_line": (
            "{n} 个文件未能读取",
            "{n} file could not be read|{n} files could not be read",
        ),
        "keywords": ("关键词", "Keywords"),
        "excluded": ("排除", "without"),
        "threshold": ("满 {score} 分入选", "{score} points or more"),
        "subscribe": ("订阅", "Subscribe"),
        "subscribe_how": (
            "把其中一个地址加入阅读器：",
            "Add one of these addresses to your feed reader:",
        ),
        "clippings": ("剪报", "Clippings"),
        "also_in": ("另见", "Also in"),
        "outlets": ("共 {n} 处", "{n} place|{n} places"),
        "follows": ("持续跟踪", "Earlier on this story"),
        "story": ("持续跟踪", "This story over the days"),
        "clips_of_all": ("{n} 篇", "{n} article|{n} articles"),
        "comma": ("、", ", "),
        "colon": ("：", ": "),
        "score": ("{score} 分", "{score} points"),
        "score_of": ("得分 {score}，满分 100", "Score {score} of 100"),
        "why": ("入选理由", "Why it is here"),
        # Articles
        "no_articles_yet": ("还没有读到稿件。", "No articles have been read yet."),
        "source": ("出处", "Source"),
        "file": ("文件", "File"),
        "first_seen": ("读入", "Read"),
        "updated": ("更正", "Changed"),
        "cite": ("引用", "Cite"),
        "citation": ("〈{headline}〉，{source}", "“{headline}”, {source}"),
        "place": ("地点", "Place"),
        "read_it": ("阅读此稿", "Read this article"),
        "news": ("消息", "News"),
        "commentary": ("评论", "Commentary"),
        "interview": ("访谈", "Interview"),
        "photo": ("图片", "Photo"),
        "notice": ("公告", "Notice"),
        "note": ("按语", "Editors' note"),
        "derived": (
            "版面上没有标题，此标题取自导语。",
            "The page has no headline for it; this one is taken from the lead.",
        ),
        "doubtful": (
            "版面较乱，文字可能有误，请对照原文。",
            "The page was jumbled; compare with its text below.",
        ),
        "caption": ("图片说明", "Caption"),
        "captions": ("图片说明", "Captions"),
        "continues_on": ("下转第 {page} 版", "Continues on page {page}"),
        "continued_from": ("上接第 {page} 版", "Continued from page {page}"),
        "other_outlets": ("其他刊载", "Also printed in"),
        "page_text": ("版面原文", "Text of the page"),
        "on_sheet": ("版面位置 · 第{n}张", "On sheet {n}"),
        "on_sheet_how": (
            "版面缩略图，本稿各行以深色标出",
            "A map of the sheet with the lines of this article in dark",
        ),
        "page_text_how": (
            "这是读入的版面文字。本稿各行以颜色标出其身份，其余从略；展开可见。",
            (
                "The text of the page as it was read. This article's lines are marked with their role; "
                "the rest is folded away and can be opened."
            ),
        ),
        "whole_page": ("看整版", "See the whole page"),
        "folded": ("{n} 行", "{n} line|{n} lines"),
        "legend": ("图例", "Legend"),
        # Pages
        "page": ("版面", "Page"),
        "on_this_page": ("本版稿件", "On this page"),
        "revision": ("第 {n} 次读入的内容", "Content of reading no. {n}"),
        "shortened": ("版面太长，以下从略。", "The page is too long; the rest is not shown."),
        "role_kicker": ("肩题", "Kicker"),
        "role_headline": ("标题", "Headline"),
        "role_deck": ("副题", "Deck"),
        "role_column": ("栏目", "Column"),
        "role_byline": ("署名", "Byline"),
        "role_dateline": ("电头", "Dateline"),
        "role_paragraph": ("正文", "Body"),
        "role_caption": ("图片说明", "Caption"),
        "role_jump": ("转接", "Jump"),
        "leftover": ("余文", "Leftover"),
        "left_folio": ("版头", "Folio"),
        "left_editors": ("编辑署名", "Editors' line"),
        "left_slogan": ("标语", "Slogan"),
        "left_advertisement": ("广告", "Advertisement"),
        "left_index": ("导读", "Index"),
        "left_weather": ("天气", "Weather"),
        "left_masthead": ("报头", "Masthead"),
        "left_markup": ("标记", "Markup"),
        "left_unplaced": ("未能归属", "Not placed"),
        "unmarked": ("未标记", "Not marked"),
        # Search
        "search": ("检索", "Search"),
        "search_label": ("检索稿件", "Search the articles"),
        "search_for": ("检索：{query}", "Search: {query}"),
        "search_box": ("要找的词", "What to look for"),
        "search_hint": ("例如 数字经济 -招聘 headline:大会", "For example 数字经济 -招聘 headline:大会"),
        "search_paper": ("报纸", "Paper"),
        "search_any_paper": ("全部报纸", "All papers"),
        "search_kind": ("体裁", "Kind"),
        "search_any_kind": ("全部体裁", "All kinds"),
        "search_from": ("起", "From"),
        "search_to": ("止", "To"),
        "search_sort": ("排序", "Order"),
        "search_by_score": ("最相符的在前", "Best first"),
        "search_by_date": ("最新的在前", "Newest first"),
        "found_exact": ("{n} 篇", "{n} article|{n} articles"),
        "found_about": ("约 {n} 篇（估计）", "About {n} article (estimated)|About {n} articles (estimated)"),
        "found_over": ("超过 {n} 篇（估计）", "More than {n} articles (estimated)"),
        "found_best_of": (
            "以下是比较了 {n} 篇后最相符的；要逐篇看全，请按时间排序。",
            "These are the best of {n} that were compared; to see all of them, order them by date.",
        ),
        "found_more": ("继续", "Go on"),
        "found_first": ("回到开头", "Back to the beginning"),
        "found_none": ("没有找到", "Nothing was found"),
        "found_none_told": (
            "可以少写一项，或去掉筛选。",
            "Leave a term or a filter out.",
        ),
        "found_none_here": (
            "这一段里没有，可以继续往前找。",
            "Nothing in this stretch; go on to look further.",
        ),
        "fault_at": ("第 {n} 个字处看不懂", "This cannot be understood at character {n}"),
        "how_to_search": ("怎样检索", "How to search"),
        "how_all": ("各项用空格或逗号隔开，都要满足", "all terms, parted by blanks or commas, must hold"),
        "how_phrase": ("引号里是一个词组", "words in quotes are a phrase"),
        "how_any": ("其中一个即可", "one of them is enough"),
        "how_not": ("不要含有这个词的", "without articles that have this word"),
        "how_near": ("两词相距不超过 10 个字", "at most 10 characters or words apart"),
        "how_place": (
            "出现在标题里；还有 kicker: deck: lead: body: byline:",
            "in the headline; also kicker: deck: lead: body: byline:",
        ),
        "how_date": ("日期；一月、一日或一段", "a month, a day, or from one to another"),
        "how_page": ("版次、体裁、报纸", "page, kind, paper"),
        "how_prefix": ("以此开头的字母词", "words in letters that begin so"),
        "how_count": ("至少出现三次", "at least three times"),
        # Status
        "inbox": ("收件夹", "Inbox"),
        "pages": ("版面", "Pages"),
        "state": ("情况", "State"),
        "size": ("大小", "Size"),
        "checked": ("检查时间", "Checked"),
        "never": ("尚未读取", "Not yet"),
        "no_files": ("收件夹里还没有见到文件。", "No file has been seen in the inbox yet."),
        "more_files": (
            "另有 {n} 个文件未列出。",
            "{n} more file is not listed.|{n} more files are not listed.",
        ),
        "retry_how": (
            "文件改动后会自动重读；也可运行 digest retry。",
            "A file is read again when it changes, or by the command: digest retry",
        ),
        "state_read": ("已读", "Read"),
        "state_duplicate": ("内容重复", "Read before"),
        "state_empty": ("空文件", "Empty"),
        "state_binary": ("不是文字", "Not text"),
        "state_too_large": ("过大", "Too large"),
        "state_unreadable": ("无法读取", "Unreadable"),
        "state_undecodable": ("编码不明", "Unknown encoding"),
        "state_vanished": ("已不在", "Gone"),
        "state_changing": ("仍在写入", "Being written"),
        "state_no_articles": ("未见稿件", "No articles"),
        "state_no_text": ("只有图像", "Pictures only"),
        "state_encrypted": ("有密码", "Locked"),
        "state_broken": ("文件损坏", "Damaged"),
        "state_too_complex": ("过于复杂", "Too complex"),
        "state_other": ("有问题", "In trouble"),
        "told_duplicate": (
            "与已读的文件内容相同，不再重复。",
            "Its content was read before under another name.",
        ),
        "told_empty": ("文件里没有文字。", "There is no text in it."),
        "told_binary": (
            "这不是文字文件，请放入版面的文字层。",
            "It is no text file; put the page's text layer there.",
        ),
        "told_too_large": (
            "超过了设定的大小上限（inbox.max_bytes）。",
            "It is larger than the settings allow (inbox.max_bytes).",
        ),
        "told_unreadable": (
            "程序没有读取权限，或它不是普通文件。",
            "The program may not read it, or it is no ordinary file.",
        ),
        "told_undecodable": (
            "请存为 UTF-8、UTF-16、GB18030 或 Big5。",
            "Save it as UTF-8, UTF-16, GB18030 or Big5.",
        ),
        "told_vanished": ("读取前文件已不见，回来后会再读。", "It was gone before it could be read."),
        "told_changing": ("写完后会自动读取。", "It will be read when it rests."),
        "told_no_text": (
            "这个 PDF 只有图像，没有文字；先做文字识别（OCR）。",
            "The PDF holds pictures only; run OCR over it first.",
        ),
        "told_encrypted": (
            "这个 PDF 有密码，请另存为无密码的。",
            "The PDF asks for a password; save it without one.",
        ),
        "told_broken": ("文件已损坏，请重新导出。", "The file is damaged; export it again."),
        "told_too_complex": (
            "解析这个文件太费时间或内存，请拆成单版再放进来。",
            "It takes too much time or memory to read; split it into its pages.",
        ),
        "told_no_articles": (
            "从中找不到稿件；这是报纸版面的文字吗？",
            "No article was found in it; is it the text of a newspaper page?",
        ),
        "deliveries": ("投递", "Deliveries"),
        "no_deliveries": ("还没有投递。", "Nothing has been delivered yet."),
        "delivery_queued": ("待发", "Queued"),
        "delivery_sending": ("正在发送", "Sending"),
        "delivery_sent": ("已发", "Sent"),
        "delivery_deferred": ("稍后重试", "To be tried again"),
        "delivery_failed": ("失败", "Failed"),
        "delivery_suppressed": ("不再投递", "Suppressed"),
        "returned_hard": ("退信：地址无效", "Came back for good"),
        "returned_soft": ("退信：暂时", "Came back for now"),
        "returned_complaint": ("被举报为垃圾邮件", "Reported as spam"),
        # Digests
        "digest_number": ("第 {n} 期", "No. {n}"),
        "no_digests": ("还没有出过一期。", "No digest has been composed yet."),
        "skipped": ("未出", "Skipped"),
        "skip_nothing_clipped": ("这段时间没有新的剪报", "Nothing was clipped in its window"),
        "skip_sent_before": ("入选的稿件此前都已寄过", "What was clipped had been sent before"),
        "skip_too_few": ("剪报太少，留待下一期", "Too few clips; they wait for the next slot"),
        "due": ("出刊时间", "Due"),
        "tally_line": (
            "读报 {pages} 版，相符 {matched} 篇，刊出 {shown} 篇",
            "Pages read: {pages}; matched: {matched}; shown: {shown}",
        ),
        "private_digest": ("含不公开的关注词", "Holds a private profile"),
        "as_sent": ("寄出的样子", "As it was sent"),
        "open_alone": ("单独打开", "Open by itself"),
        "all_digests": ("往期", "All digests"),
        # Subscribing by mail
        "subscribe_by_mail": ("邮件订阅", "Subscribe by mail"),
        "subscribe_intro": (
            "按您选定的日子和时间寄剪报。先寄一封确认信，确认后才开始寄；每封信里都能退订。",
            (
                "Digests come on the days and at the time you choose. First a letter asks whether it is you; "
                "nothing else is sent until you confirm, and every mail has a link to unsubscribe."
            ),
        ),
        "subscribe_none_is_all": ("一个也不选，就是全部。", "Ticking none means all of them."),
        "subscribe_days": ("哪几天寄", "Days"),
        "subscribe_time": ("几点寄", "Time"),
        "subscribe_timezone": ("时区", "Time zone"),
        "subscribe_length": ("每期至多几条", "Clippings at most"),
        "subscribe_alert": ("达到几分即发快讯", "Alert at once from a score of"),
        "subscribe_alert_none": ("不发", "none"),
        "subscribe_quiet": ("不发快讯的时段", "No alerts between"),
        "subscribe_form": ("格式", "Format"),
        "subscribe_form_html": ("图文", "HTML"),
        "subscribe_form_text": ("纯文本", "Plain text"),
        "subscribe_address": ("邮箱地址", "Mail address"),
        "subscribe_start": ("确认后先寄最近七天的剪报", "Send me the last 7 days as a start"),
        "subscribe_consent": (
            "我同意按以上选择接收剪报邮件，可以随时退订。",
            "I agree to receive digests as chosen above and may unsubscribe at any time.",
        ),
        "subscribe_ask": ("订阅", "Subscribe"),
        "subscribe_asked": ("请查收确认信", "Please look into your mailbox"),
        "subscribe_asked_told": (
            "我们往 {address} 寄了一封确认信。打开信里的链接，按一下确认，订阅就开始了。",
            "We have written to {address}. Open the link in that letter and press the button to begin.",
        ),
        "subscribe_confirm": ("确认订阅", "Confirm the subscription"),
        "subscribe_confirm_told": ("把剪报寄到 {address}。", "Digests will be mailed to {address}."),
        "subscribe_confirmed_before": (
            "{address} 的订阅已经确认过了。",
            "The subscription of {address} is already confirmed.",
        ),
        "subscribe_again": ("我要重新接收邮件", "I want to receive mail again"),
        "subscribe_done": ("订阅成功", "You are subscribed"),
        "subscribe_done_told": ("剪报将寄到 {address}。", "Digests will be mailed to {address}."),
        "subscription_own": ("我的订阅", "My subscription"),
        "subscription_of": ("第 {n} 份", "No. {n}"),
        "subscription_save": ("保存", "Save"),
        "subscription_changed": ("已保存。", "Saved."),
        "subscription_pause": ("暂停", "Pause"),
        "subscription_pause_until": ("暂停到", "Pause until"),
        "subscription_paused": ("已暂停。", "Paused."),
        "subscription_paused_until": ("已暂停，{day} 起恢复寄送。", "Paused; mail goes on from {day}."),
        "subscription_resume": ("恢复寄送", "Go on"),
        "subscription_resumed": ("已恢复寄送。", "Mail goes on."),
        "subscription_none": ("没有在寄的订阅。", "There is no subscription in force."),
        "subscription_data": ("我的资料", "My data"),
        "subscription_export": ("下载（JSON）", "Download (JSON)"),
        "subscription_sure": ("删除我的全部资料，不再寄送", "Erase all my data and send no more"),
        "subscription_erase": ("删除", "Erase"),
        "subscription_unsure": ("请先勾选，再按删除。", "Tick the box first, then press Erase."),
        "subscription_erased": ("资料已删除", "Your data is erased"),
        "subscription_erased_told": (
            "只留下一个无法还原的标记，用来保证不再给您寄信。",
            "Only a mark that cannot be read back is kept, so that you are not mailed again.",
        ),
        "subscription_ended": ("已退订", "You are unsubscribed"),
        "subscription_ended_told": ("不会再寄。", "No more digests will come."),
        "subscription_rather": ("改为暂停或调整", "Pause or change it instead"),
        "subscription_refused": ("链接不能用", "This link cannot be used"),
        "unsubscribe": ("退订", "Unsubscribe"),
        "unsubscribe_told": (
            "按下按钮，就不再往 {address} 寄剪报。",
            "Press the button, and no more digests go to {address}.",
        ),
        "unsubscribe_every": ("全部 {n} 份都退订", "All {n} subscriptions"),
        "refused_address": ("邮箱地址写得不对。", "This is no mail address."),
        "refused_profiles": ("选的关注词里有已经停用的。", "One of the profiles is not there any more."),
        "refused_alert": (
            "快讯的分数要在 0 到 100 之间，时段写作 22:00 – 07:00。",
            "An alert needs a score from 0 to 100, and hours such as 22:00 – 07:00.",
        ),
        "refused_length": ("每期条数要在 1 到 200 之间。", "A digest shows 1 to 200 clippings."),
        "refused_schedule": (
            "时间写成 07:30 的样子，时区写成 Asia/Shanghai 的样子。",
            "Write the time as 07:30 and the time zone as Asia/Shanghai.",
        ),
        "refused_pause": ("请选一年以内、今天以后的日子。", "Choose a day to come, within a year."),
        "refused_often": ("申请太频繁，请过些时候再试。", "Too many requests; please try again later."),
        "refused_closed": ("这里不接受网上订阅。", "Subscriptions are not taken here."),
        "refused_expired": (
            "链接已经失效，请重新订阅。",
            "The link has expired; please subscribe again.",
        ),
        "refused_unknown": ("这个链接不属于任何订阅。", "This link belongs to no subscription."),
        "refused_spared": (
            "此前寄往这个地址的信被退回，或被举报为垃圾邮件。",
            "Mail to this address came back before, or was reported as spam.",
        ),
        "refused_barred": ("管理员设定了不往这个地址寄信。", "The operator does not mail this address."),
        **EDITING_WORDS,
        # Failures
        "back_home": ("回到首页", "Back to the home page"),
        "error_403": ("不能这样做", "This is not allowed"),
        "error_403_told": (
            "您没有这个权限，或者页面已经过期：请回到上一页，重新载入再试。",
            "You may not do this, or the page is too old: go back, load it anew and try again.",
        ),
        "error_413": ("太大了", "Too large"),
        "error_413_told": ("传来的内容超过了上限。", "What was sent is larger than is taken here."),
        "error_421": ("不是这里的地址", "Not an address of this server"),
        "error_421_told": (
            "这个主机名没有写在设置里（base_url 或 web.hosts）。",
            "This host name is not in the settings (base_url or web.hosts).",
        ),
        "error_404": ("没有这一页", "There is no such page"),
        "error_404_told": (
            "地址可能写错了，或者稿件已从版面上撤下。",
            "The address may be mistyped, or the article is no longer on its page.",
        ),
        "error_405": ("这里只能阅读", "This can only be read"),
        "error_405_told": ("这个地址不接受这种请求。", "This address does not take requests of that kind."),
        "error_410": ("已经停止", "No longer there"),
        "error_410_told": (
            "这组关注词已经停用，请在阅读器里取消订阅。",
            "This profile has been retired; please remove it from your reader.",
        ),
        "error_422": ("看不懂这个请求", "This request makes no sense"),
        "error_422_told": (
            "地址里问号后面的部分有误。",
            "The part of the address after the question mark is wrong.",
        ),
        "error_500": ("出错了", "Something went wrong"),
        "error_500_told": (
            "这是我们的错误，已记入日志。请稍后再试。",
            "The fault is ours and was logged. Please try again later.",
        ),
        "error_503": ("暂时无法显示", "Not available at the moment"),
        "error_503_told": (
            "数据库暂时读不出来，请稍后再试。",
            "The database cannot be read. Please try again later.",
        ),
    }
)
"""Chinese and English; `a|b` is singular and plural, chosen by the value named n."""


class Speaker:
    """Says the phrases in one language.

    >>> Speaker("en")("clips", n=1), Speaker("en")("clips", n=2), Speaker("zh-CN")("clips", n=2)
    ('1 clipping', '2 clippings', '2 篇')
    """

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self._column = 0 if language == CHINESE else 1

    def __call__(self, key: str, **values: object) -> str:
        """The phrase with its places filled.

        Raises:
            KeyError: There is no such phrase.
        """
        phrase = WORDS[key][self._column]
        one, _, many = phrase.partition("|")
        return (one if values.get("n") == 1 or not many else many).format(**values)

    def knows(self, key: str) -> bool:
        """Whether there is such a phrase; for states that later versions may add."""
        return key in WORDS
