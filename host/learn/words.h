#pragma once
// What a policy's weights are about, in words: the moments of scripts/assistant/notice.lua and the
// candidates of scripts/offline/candidates.lua. A name that is not known here, since a study may
// have its own, is said as it is.

#include "base/buf.h"

/// Appends what a candidate with this attribute does: "silent" -> "stays silent", "topic=music" ->
/// "speaks about music".
void policy_say_act(struct buf *out, const char *attribute);

/// Appends when: "since=<30" -> "20 to 30 minutes after it last spoke", as 20 is the next smaller
/// bound; "under 25 minutes ..." where the bound is none of scripts/assistant/notice.lua.
void policy_say_moment(struct buf *out, const char *context);
