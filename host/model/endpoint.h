#pragma once
// What answers for a role, as a study names it: "offline", "openai:MODEL", "gemini:MODEL",
// "http://host:8000/v1#MODEL", "exec:COMMAND", or a JSON object with everything. docs/models.md
// lists its keys.
//
// Keys come from the environment only. They are read here, once, and leave this struct in request
// headers alone: endpoint_scrub takes them out of whatever a server says.

#include "text/json.h"

enum endpoint_kind { ENDPOINT_OFFLINE, ENDPOINT_OPENAI, ENDPOINT_GEMINI, ENDPOINT_EXEC };

/// How answers are made to be JSON, best first.
enum structured { STRUCTURED_SCHEMA, STRUCTURED_OBJECT, STRUCTURED_PLAIN };

/// "json_schema", "json_object", "plain".
const char *structured_name(enum structured s);

struct endpoint_header {
    char *name, *value;
    bool secret; // the value came from the environment
};

/// Owns everything; all times in milliseconds; 0 limits are "no limit".
struct endpoint {
    enum endpoint_kind kind;
    char *name;  // how to call it in messages and reports, without secrets
    char *model; // as the server calls it; the command of a program
    char **urls; // base URLs without a slash at the end
    size_t url_count;
    char *key;      // NULL: the endpoint wants none
    char *key_name; // the variable that it came from; NULL
    struct endpoint_header *headers;
    size_t header_count;
    struct json *extra; // further fields of the request's body; NULL
    bool has_temperature, has_seed;
    double temperature;
    int64_t seed;
    int64_t max_tokens; // 0: the server's own limit
    char *reasoning_effort;
    int reasoning;  // 1 yes, 0 no, -1: by the model's name
    int structured; // an enum structured, -1: find out
    int64_t concurrency;
    double requests_per_minute, tokens_per_minute;
    int64_t connect_ms, first_byte_ms, total_ms;
    int64_t retries;
    bool has_price;
    double price_in, price_out, price_cached; // per million tokens
    int64_t dimensions;                       // of embeddings; 0: the model's own
    int64_t batch;                            // texts per request for embeddings
    bool base64;                              // embeddings as base64
    bool mock;                                // gets the prompt's inputs along
    bool env_proxy;
    bool keyless; // was only checked: without its keys
};

/// From a string or an object. Reads the environment variables that it names. Errors name the key
/// and say what to do.
struct endpoint *endpoint_from_json(const struct json *value, struct err *err) NODISCARD;
/// The same without the environment, for a look at what a study says: whether it is right, and what
/// it names. Not to be asked anything.
struct endpoint *endpoint_check(const struct json *value, struct err *err) NODISCARD;
/// From a name alone.
struct endpoint *endpoint_from_name(const char *name, struct err *err) NODISCARD;
void endpoint_free(struct endpoint *e); // NULL is fine; wipes the key

/// True for models of the o and gpt-5 families, and for what the table says.
bool endpoint_is_reasoning(const struct endpoint *e);

/// True for those that get the prompt's name, version, inputs and seed along: mocks and programs.
bool endpoint_gets_inputs(const struct endpoint *e);

/// Replaces every key of this endpoint in the text by "[key]".
void endpoint_scrub(const struct endpoint *e, struct buf *text);
