#pragma once
// What a policy's weights are about, in words: the moments of scripts/assistant/notice.lua and the
// candidates of scripts/offline/candidates.lua. A name that is not known here, since a study may
// have its own, is said as it is.

#include "base/buf.h"

/// Appends what a candidate with this attribute does: "silent" -> "stays silent", "topic=music" ->
/// "speaks about music".
void policy_say_act(struct buf *out, const char *attribute);

/// Appends when: "since=<30" -> "under 30 minutes after it last spoke". A bound like this begins
/// where the next smaller one ends.
void policy_say_moment(struct buf *out, const char *context);
