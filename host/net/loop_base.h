#pragma once
// The libevent base under a loop. For files of host/net alone: no other room includes this header
// (nor libevent's).

struct event_base;
struct loop;

/// Owned by the loop. Its callbacks run while a pass waits for descriptors.
struct event_base *loop_base(struct loop *l);
