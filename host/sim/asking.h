#pragma once
// The questions of one household to its models: what script/asker.h asks for, by way of
// model/ask.h. Answers go to the run file (`call`, `reply`) and wake the script that waits.

#include "script/services.h"
#include "sim/roles.h"

struct asking;

/// Roles, writer and context (of the script) must outlive it. `options`: of the household's
/// condition; `household`: a number that no other has.
struct asking *asking_new(struct roles *roles, const struct json *options, uint64_t household,
                          const struct script_context *context, struct writer *writer);
/// The script must have been freed: no question may be open. NULL is fine.
void asking_free(struct asking *a);

/// Lets a model embed texts; borrowed. Before the first text.
void asking_set_embedder(struct asking *a, struct embedder *embedder);

/// From now on this channel answers for the assistant of resident `who`; borrowed.
void asking_set_adapter(struct asking *a, int who, struct channel *channel);

/// For the household's services; NULL if all its roles are offline.
const struct asker *asking_asker(const struct asking *a);
