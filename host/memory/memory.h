#pragma once
// The memory stream: everything that a person or an assistant remembers, in the order in which it
// came. Append-only: memories are numbered 1, 2, 3, ... (their ids), and nothing but the time of
// last access and the "forgotten" mark ever changes. Retrieval is in memory/retrieve.h.
//
// Memories with the same embedding text share one vector. Texts handed out are borrowed and stay
// valid, unchanged, as long as the stream. Times are simulated seconds since 1970. Not
// thread-safe; a household owns its streams, and streams share nothing.
//
// Saving and restoring: write what memory_get, memory_keyword and memory_text tell of every id in
// turn, then memory_append the same in the same order with the saved last_accessed_s and forgotten.
// The order of recency is that of (last_accessed_s, id), so the restored stream retrieves exactly
// what the saved one would have.

#include "base/buf.h"
#include "base/err.h"

#include <stdint.h>

enum memory_type { MEMORY_EVENT, MEMORY_THOUGHT, MEMORY_CHAT };

/// Sets of types for look-ups; combine with |.
enum {
    MEMORY_EVENTS = 1 << MEMORY_EVENT,
    MEMORY_THOUGHTS = 1 << MEMORY_THOUGHT,
    MEMORY_CHATS = 1 << MEMORY_CHAT,
    MEMORY_ALL = MEMORY_EVENTS | MEMORY_THOUGHTS | MEMORY_CHATS
};

#define MEMORY_NEVER INT64_MAX // the expires_s of what never expires

enum {
    MEMORY_KEYWORDS_MAX = 64,   // of one memory
    MEMORY_EVIDENCE_MAX = 4096, // of one memory
    MEMORY_DEPTH_MAX = 65535,
    MEMORY_IMPORTANCE_MAX = 1000000,
    MEMORY_TEXT_MAX = 1 << 20, // bytes of one text
    MEMORY_COUNT_MAX = 1 << 24 // memories of one stream
};

/// What is remembered: given to memory_append (which copies everything; `id` is ignored), and
/// returned by memory_get (which borrows; `vector` and `keywords` are then as said below).
struct memory_node {
    uint32_t id;
    enum memory_type type;
    unsigned depth; // 0 for what was perceived; of a thought: 1 + the deepest evidence's
    bool forgotten; // see memory_forget_expired
    int64_t created_s;
    int64_t last_accessed_s; // of a new memory: created_s
    int64_t expires_s;       // MEMORY_NEVER, or when memory_forget_expired takes it
    double importance;       // -+ MEMORY_IMPORTANCE_MAX; 1..10 by custom
    struct view subject, predicate, object, description;
    struct view text;            // what the vector embeds; empty means: the description
    const float *vector;         // memory_dim floats; may be NULL if the text is known already
    const struct view *keywords; // set by the caller of memory_append; NULL from memory_get
    size_t keyword_count;
    const uint32_t *evidence; // ids that a thought rests on; from memory_get valid until the next
    size_t evidence_count;    // append
    struct view filling;      // text that belongs to it, such as the lines of a conversation
};

struct memory;

/// dim: numbers of an embedding vector, 1..VECTORS_DIM_MAX (memory/vectors.h).
struct memory *memory_new(size_t dim) NODISCARD;
void memory_free(struct memory *m);

/// Adds a memory and returns its id; 0 if something about it is wrong, and then nothing changed:
/// a limit above exceeded, a vector with numbers that are not finite, evidence with an id that does
/// not exist yet, or no vector for a text that is new. A vector for a known text is ignored. The
/// list of evidence must not be one that memory_get lent from this same stream.
uint32_t memory_append(struct memory *m, const struct memory_node *node, struct err *err) NODISCARD;

// ---- Vectors that come later, where embedding takes a while.

/// From now on memory_append takes new texts without a vector; they are pending until
/// memory_fill_pending. A stream with pending texts must not be retrieved from.
void memory_allow_pending(struct memory *m);
size_t memory_pending_count(const struct memory *m);
/// A pending text, in the order in which they came; borrowed as long as the stream.
struct view memory_pending_text(const struct memory *m, size_t i);
/// The vectors of all pending texts: count * memory_dim floats. On error nothing has changed.
bool memory_fill_pending(struct memory *m, const float *vectors, struct err *err) NODISCARD;

size_t memory_dim(const struct memory *m);
/// The number of memories, which is the highest id.
size_t memory_count(const struct memory *m);
/// id: 1..memory_count.
void memory_get(const struct memory *m, uint32_t id, struct memory_node *out);
/// Keyword `i` of a memory, in lower case; i below its keyword_count.
struct view memory_keyword(const struct memory *m, uint32_t id, size_t i);

/// The distinct embedding texts, numbered from 0 in the order in which they came, for saving each
/// vector once. *vector is borrowed as long as the stream. `number` below memory_text_count.
size_t memory_text_count(const struct memory *m);
struct view memory_text(const struct memory *m, size_t number, const float **vector);
/// The number of the embedding text of a memory.
size_t memory_text_of(const struct memory *m, uint32_t id);
/// The vector of an embedding text that the stream knows, or NULL: saves embedding it again.
const float *memory_find_vector(const struct memory *m, struct view text);

/// The ids of the latest memories of some types, newest first; forgotten ones are left out.
/// out: room for `max` ids. Returns how many were found.
size_t memory_latest(const struct memory *m, unsigned types, uint32_t *out, size_t max);

/// The ids of memories with a keyword, newest first; forgotten ones are left out. Upper and lower
/// case of ASCII letters are the same, here and in memory_append. Returns how many were found.
size_t memory_find_keyword(struct memory *m, struct view keyword, unsigned types, uint32_t *out,
                           size_t max);

/// Says that a memory was used at `now_s`. Retrieval does this by itself.
void memory_touch(struct memory *m, uint32_t id, int64_t now_s);

/// Marks what has expired by `now_s` (expires_s <= now_s) as forgotten: retrieval and look-ups no
/// longer find it. It keeps its id and content, since thoughts may rest on it. Returns how many
/// were marked. Nothing expires unless this is called: the original stores the time and never
/// looks at it. O(1) when nothing is due.
size_t memory_forget_expired(struct memory *m, int64_t now_s);

/// For saving: ids whose last_accessed_s or forgotten mark changed since they were last taken, in
/// the order in which that happened. out: room for `max`; what does not fit is left for the next
/// call. Returns how many.
size_t memory_take_changed(struct memory *m, uint32_t *out, size_t max);

/// Gives the memory of the vectors back, most of what a stream holds, while nobody asks it
/// anything. Until memory_refill nothing else may be called but memory_free.
void memory_release(struct memory *m);
/// Fills the vectors again; `embed` writes the vector of a text exactly as it was.
void memory_refill(struct memory *m, void (*embed)(void *user, struct view text, float *out),
                   void *user);

/// Bytes held.
size_t memory_bytes(const struct memory *m);
