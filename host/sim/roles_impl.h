#pragma once
// The inside of the roles, for the roles*.c files only.
//
// roles.c           the endpoints at work
// roles_study.c     what a study says of its roles
// roles_identity.c  what of that decides results
// roles_adapter.c   adapters of the assistant's model
// roles_embedder.c  embedders
// roles_schema.c    schemas of answers

#include "sim/roles.h"

// One endpoint, as the study writes it.
struct answerer {
    char *spec; // canonical JSON
    struct channel *channel;
    struct embedder *embedder; // NULL: has not embedded anything
};

struct roles {
    struct loop *loop;
    struct replies *replies;
    struct models *models;
    struct ready ready;
    struct answerer *answerers;
    size_t answerer_count;
    struct role_schema **schemas;
    size_t schema_count;
    struct roles_options options;
};

/// Calls fn for the model of each role of each condition that is not offline, until it is false.
bool roles_each_model(const struct study *study,
                      bool (*fn)(void *user, const struct json *model, struct err *err), void *user,
                      struct err *err) NODISCARD;

/// The answerer for a model that is not offline, as the study writes it; made when it is first
/// asked for. Valid until the next call.
struct answerer *roles_answerer(struct roles *r, const struct json *model,
                                struct err *err) NODISCARD;
/// Who answers for a role under the options of a condition; NULL: offline.
struct answerer *roles_answerer_of(const struct roles *r, const struct json *options,
                                   enum role role);

void roles_free_schemas(struct roles *r);
