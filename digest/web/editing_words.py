"""What the editors' pages say in their own words, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

EDITING_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "edit": ("编辑部", "Editors"),
        "edit_places": ("编辑部栏目", "Editors' pages"),
        "edit_inbox": ("收件夹", "Inbox"),
        "edit_profiles": ("关注词", "Profiles"),
        "edit_schedule": ("刊期", "Schedule"),
        "edit_coverage": ("缺版", "Coverage"),
        "edit_subscribers": ("订户", "Subscribers"),
        "edit_deliveries": ("投递", "Deliveries"),
        "edit_people": ("成员", "People"),
        "edit_open_to_anyone": (
            "设置允许任何人编辑（web.editing = open）。",
            "The settings let anyone edit (web.editing = open).",
        ),
        "edit_saved": ("已保存。", "Saved."),
        # Signing in
        "sign_in": ("登录", "Sign in"),
        "sign_in_name": ("用户名", "Name"),
        "sign_in_password": ("密码", "Password"),
        "sign_in_first": (
            (
                "还没有账户？第一位所有者用 digest serve 启动时打印的链接注册，"
                "也可运行 digest owner link 取得新链接；其他人由所有者邀请。"
            ),
            (
                "No account yet? The first owner uses the link that digest serve prints at its start; "
                "digest owner link prints a new one. Others are invited."
            ),
        ),
        "sign_in_wrong": ("用户名或密码不对。", "The name or the password is wrong."),
        "sign_in_often": (
            "尝试太多，请过一刻钟再试。",
            "Too many tries; please wait a quarter of an hour.",
        ),
        "signed_in_as": ("{name}，已登录", "Signed in as {name}"),
        "sign_out": ("退出", "Sign out"),
        "sign_out_everywhere": ("在所有设备上退出", "Sign out everywhere"),
        "join": ("注册编辑账户", "Make your account"),
        "join_again": ("设定新密码", "Set a new password"),
        "join_password": ("密码（至少 {n} 个字符）", "Password (at least {n} characters)"),
        "join_repeat": ("再输一次", "The same again"),
        "join_do": ("注册并登录", "Make it and sign in"),
        "join_do_again": ("保存并登录", "Save it and sign in"),
        "join_name": ("用户名要有 1 到 64 个字符。", "A name has 1 to 64 characters."),
        "join_taken": ("这个用户名已有人用。", "There is an account of this name."),
        "join_password_refused": (
            "密码要有 {n} 到 200 个字符。",
            "A password has {n} to 200 characters.",
        ),
        "join_differ": ("两次输入的密码不同。", "The two passwords differ."),
        "join_refused": ("链接不能用", "This link cannot be used"),
        "join_refused_told": (
            "它已经用过，或者过期了。请向所有者要一个新链接；所有者可运行 digest owner link。",
            (
                "It was used or is too old. Ask an owner for a new one; "
                "on the server, digest owner link prints one."
            ),
        ),
        # Inbox
        "inbox_retry": ("重读", "Read again"),
        "inbox_retry_all": ("全部重读", "Read all of these again"),
        "inbox_retry_how": (
            "下一轮读取时重读有问题的文件。",
            "Files in trouble are read again with the next pass.",
        ),
        "inbox_waits": ("等待重读", "Waits to be read again"),
        "upload": ("上传", "Upload"),
        "upload_label": (
            "上传版面：把文件拖到框里，或者点选",
            "Upload pages: drop files onto the box, or choose them",
        ),
        "upload_how": (
            "{endings}，每个不超过 {most}。同名文件会替换先前上传的。",
            "{endings}, {most} each at most. A file of the same name takes the place of one uploaded before.",
        ),
        "upload_taken": (
            "已收下，下一轮读取时处理：",
            "Taken; they are read with the next pass:",
        ),
        "upload_nothing": ("没有选文件。", "No file was chosen."),
        "upload_name": ("文件名不能用", "this name cannot be used"),
        "upload_suffix": ("只收 {endings}", "only {endings} are taken"),
        "upload_too_large": ("超过 {most}", "larger than {most}"),
        "upload_empty": ("空文件", "empty"),
        # Profiles
        "profile_new": ("新建关注词", "New profile"),
        "profiles_of_the_web": ("在这里编辑的", "Written here"),
        "profiles_none_of_the_web": (
            "还没有。可以新建，也可以复制下面的一组再改。",
            "None yet. Make one, or copy one of those below.",
        ),
        "profiles_configured": ("config.toml 里的", "Of config.toml"),
        "profile_read_only": (
            "这组关注词写在 config.toml 里，这里只能看；要在网页上改，请先复制。",
            "It stands in config.toml and can only be read here; to change it on the web, copy it.",
        ),
        "profile_copy": ("复制后编辑", "Copy to edit"),
        "profile_terms": ("{n} 项", "{n} keyword|{n} keywords"),
        "profile_private": ("不公开", "private"),
        "profile_name": ("代号", "Name"),
        "profile_name_how": (
            "小写字母、数字和连字符，用在订阅地址里，以后不能改。",
            "Small letters, digits and hyphens; it stands in the addresses of feeds and stays as it is.",
        ),
        "profile_title": ("标题", "Title"),
        "profile_keywords_how": (
            "一行一项：数字经济^3 表示三倍分量，-招聘 表示排除，芯片{bar}半导体 表示任一，# 之后是注释。",
            (
                "One a line: 数字经济^3 counts three times, -招聘 leaves articles out, "
                "芯片{bar}半导体 is either; # begins a comment."
            ),
        ),
        "profile_threshold": ("入选分数（0–100）", "Points needed (0–100)"),
        "profile_public": (
            "公开：网页、订阅和邮件都能看到",
            "Public: shown on the web, in feeds and to subscribe to",
        ),
        "profile_public_short": ("公开", "Public"),
        "yes": ("是", "Yes"),
        "no": ("否", "No"),
        "profile_days": ("试看范围", "Try it on"),
        "profile_last_days": ("最近 {n} 天", "the last {n} days"),
        "profile_preview": ("试看", "Preview"),
        "profile_save": ("保存", "Save"),
        "profile_saved": ("已保存，下一轮起生效。", "Saved; in force from the next pass on."),
        "profile_retired": (
            "这组关注词已停用；恢复任一版本即可重新启用。",
            "This profile is out of use; restoring any version takes it up again.",
        ),
        "profile_history": ("历次版本", "Versions"),
        "profile_version": ("第 {n} 版", "version {n}"),
        "profile_version_retired": ("停用", "out of use"),
        "profile_restore": ("恢复这一版", "Restore"),
        "profile_retire": ("停用", "Take out of use"),
        "profile_sure": ("确认停用，订阅者会看到“已停止”", "Yes; its feeds will say that it is gone"),
        "profile_refused_name": (
            "代号只能用小写字母、数字和连字符，且不能是 all 或 new。",
            "A name has small letters, digits and hyphens, and is neither all nor new.",
        ),
        "profile_refused_title": ("标题要有 1 到 100 个字符。", "A title has 1 to 100 characters."),
        "profile_refused_threshold": ("分数在 0 到 100 之间。", "Points needed are 0 to 100."),
        "profile_refused_many": ("最多 500 项。", "At most 500 keywords."),
        "profile_refused_keywords": (
            "有的项不能用，请看说明；没有保存。",
            "Some keywords cannot be used, see there; nothing was saved.",
        ),
        "profile_refused_taken": ("这个代号已有人用。", "There is a profile of this name."),
        "profile_refused_unknown": ("没有这一版。", "There is no such version."),
        "profile_refused_unsure": ("请先勾选，再按停用。", "Tick the box first, then press the button."),
        "trial": ("会选中什么", "What it would select"),
        "trial_how": (
            "输入时自动更新；也可以按“试看”。用的就是正式的匹配。",
            "Follows as you type, or press Preview. It is the matching of production.",
        ),
        "trial_selected": (
            "篇会入选（最近 {days} 天共 {articles} 篇）",
            "of {articles} articles of the last {days} days would be selected",
        ),
        "trial_chart": ("每天入选篇数，最多 {most} 篇", "Selected a day, at most {most}"),
        "trial_most": ("一天最多 {n} 篇", "at most {n} a day"),
        "trial_same": ("与现在选中的一样。", "Nothing would change."),
        "trial_gained": ("新增", "Gained"),
        "trial_lost": ("失去", "Lost"),
        "trial_moved": ("分数变化", "Other score"),
        "trial_best": ("得分最高", "Best"),
        "trial_above": ("刚刚入选", "Just selected"),
        "trial_below": ("差一点入选", "Just not selected"),
        "trial_more": ("另有 {n} 篇", "{n} more"),
        "remark_error": ("有误", "Error"),
        "remark_warning": ("请留意", "Doubtful"),
        # Corrections
        "edit_doubtful": ("存疑", "Doubtful"),
        "doubtful_how": (
            "最近六十天里拆得没有把握的稿件，最没有把握的在前。看过并保存后就不再列出。",
            "Articles of the last 60 days that were hard to read, the least sure first, until saved.",
        ),
        "doubtful_sure": ("把握 {n}%", "{n} % sure"),
        "doubtful_none": ("没有存疑的稿件。", "Nothing is doubtful."),
        "correct": ("更正稿件", "Correct an article"),
        "correct_look": ("对照版面原文", "Compare with the text of the page"),
        "correct_as_read": ("原来读作", "Read as"),
        "correct_how": (
            "更正会一直保留，重读这一版也不会丢；不改就保存，表示没有问题。",
            "It is kept when the page is read again. Saved without a change, the article was found right.",
        ),
        "correct_save": ("保存", "Save"),
        "correct_back": ("撤销更正", "Take the correction back"),
        "correct_headline": ("标题要有 1 到 300 个字符。", "A headline has 1 to 300 characters."),
        "correct_kind": ("没有这种体裁。", "There is no such kind."),
        "correct_unknown": ("这篇稿件已经不在了。", "There is no such article any more."),
        "corrected_by_hand": ("经编辑更正。", "Corrected by hand."),
        # Mail
        "schedule_readers": ("读者", "Readers"),
        "schedule_n_readers": ("{n} 位", "{n} reader|{n} readers"),
        "schedule_none": (
            "没有要出的剪报：还没有订户。",
            "Nothing is due: there are no subscribers yet.",
        ),
        "schedule_next": ("下一期，按现在的稿件", "The next one, as it would be now"),
        "schedule_next_how": (
            "到出刊时还会有新的稿件；这里什么也不寄。",
            "More may come until it is due; nothing is sent from here.",
        ),
        "schedule_next_empty": ("现在还没有可以寄的稿件。", "There is nothing to send so far."),
        "subscriber_active": ("在寄", "Active"),
        "subscriber_pending": ("待确认", "Not confirmed"),
        "subscriber_ended": ("已结束", "Ended"),
        "subscriber_all": ("全部", "all"),
        "subscribers_none": ("还没有订户。", "There are no subscribers yet."),
        "ended_by_reader": ("读者退订", "by the reader"),
        "ended_by_configuration": ("从设置中删去", "taken out of the settings"),
        "ended_by_bounce": ("信被退回", "mail came back"),
        "ended_by_complaint": ("被举报为垃圾邮件", "reported as spam"),
        "ended_by_operator": ("管理员", "by the operator"),
        "addresses_signed_in": (
            "只有登录的编辑能看到地址。",
            "Addresses are shown to editors who signed in.",
        ),
        "delivery_letter": ("信件", "Letter"),
        "delivery_again": ("再试", "Tried again"),
        "delivery_queued_at": ("排入", "Queued"),
        # Coverage
        "coverage_how": (
            "最近 {n} 天每种报纸缺的版，按前四周同一星期几的版数估计。",
            "Pages of the last {n} days that are missing, judged by the same weekday in four weeks before.",
        ),
        "coverage_day": ("日期", "Day"),
        "coverage_missing": ("缺版", "Missing"),
        "coverage_read": ("已读", "Read"),
        "coverage_n_read": ("已读 {n} 版", "{n} page read|{n} pages read"),
        "coverage_pages": ("缺第 {pages} 版", "Missing: {pages}"),
        "coverage_all": ("一版也没有", "No page at all"),
        "coverage_complete": ("齐全", "Complete"),
        "coverage_not_expected": ("当天通常不出报", "Not expected that day"),
        "coverage_none": (
            "最近几周没有读到写明报名、日期和版次的版面。",
            "No page with paper, date and number was read in the last weeks.",
        ),
        # People
        "people_role": ("角色", "Role"),
        "role_owner": ("所有者", "Owner"),
        "role_editor": ("编辑", "Editor"),
        "people_invite": ("邀请", "Invite"),
        "people_invite_told": (
            "生成一次性链接，三天内有效。所有者可以邀请、更改和移除成员。",
            "Makes a link that works once, within three days. Owners invite, change and remove people.",
        ),
        "people_link": (
            "把这个链接交给对方；它只显示这一次。",
            "Give this link to whom it is for; it is shown this once.",
        ),
        "people_change": ("更改角色", "Change the role"),
        "people_new_password": ("新密码链接", "Link for a new password"),
        "people_remove": ("移除", "Remove"),
        "people_sure": ("确认移除", "Yes, remove"),
        "people_since": ("加入", "Since"),
        "people_unsure": ("请先勾选，再按移除。", "Tick the box first, then press Remove."),
        "people_unknown": ("没有这个账户。", "There is no such account."),
        "people_last_owner": (
            "至少要有一位所有者；请先让别人成为所有者。",
            "There must be an owner; make somebody else one first.",
        ),
    }
)
"""Chinese and English, see `digest.web.words`."""
