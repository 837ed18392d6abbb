"""Clips become feeds and digests here; this stage opens no file and reads no clock."""

from digest.publish.feed_text import FeedForm, entry_id
from digest.publish.feeds import render_feed

__all__ = ["FeedForm", "entry_id", "render_feed"]
