#pragma once
// Asking a changed prompt in stored situations.

#include "command/situations.h"
#include "text/json.h"

struct script;

/// What came of one situation.
struct outcome {
    char *answer;  // JSON; NULL: none
    char *failure; // why not; NULL: none
};

struct prompt_cost {
    int64_t requests, retries, tokens_in, tokens_out;
    double cost;
    bool has_price;
    char *model; // who was asked, as messages name it; caller frees
};

/// Asks `count` situations of one prompt, whose new version the script has (propersim.prompt_try).
/// model: of a study, as JSON; NULL or "offline": the offline answerer. folder: where `exec:`
/// programs run. outcomes: count of them, all-zero; the caller frees their texts. schema: JSON of
/// the new version's answers, which the caller frees.
bool prompt_ask(struct script *script, const struct json *model, const char *folder,
                const struct situation *const *situations, size_t count, struct outcome *outcomes,
                char **schema, struct prompt_cost *cost, struct err *err) NODISCARD;
