"""Clips become feeds and digests here; this stage opens no file and reads no clock."""

from digest.publish.feed_text import FeedForm, entry_id
from digest.publish.feeds import render_feed
from digest.publish.message import compose, message_id, parse_sender
from digest.publish.render import RenderedDigest, render_digest
from digest.publish.templates import mail_templates

__all__ = [
    "FeedForm",
    "RenderedDigest",
    "compose",
    "entry_id",
    "mail_templates",
    "message_id",
    "parse_sender",
    "render_digest",
    "render_feed",
]
