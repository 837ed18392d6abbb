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
