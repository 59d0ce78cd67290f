#pragma once
// The options of `run` and `resume` that are about models.

#include "sim/roles.h"

/// Values of getopt_long for MODEL_OPTIONS.
enum {
    MODEL_REPLIES = 700,
    MODEL_REPLIES_MODE,
    MODEL_MAX_COST,
    MODEL_MAX_REQUESTS,
    MODEL_WAIT,
    MODEL_OPTIONS_END
};

#define MODEL_OPTIONS                                                                              \
    { "replies", required_argument, NULL, MODEL_REPLIES },                                         \
        { "replies-mode", required_argument, NULL, MODEL_REPLIES_MODE },                           \
        { "max-cost", required_argument, NULL, MODEL_MAX_COST },                                   \
        { "max-requests", required_argument, NULL, MODEL_MAX_REQUESTS },                           \
    {                                                                                              \
        "wait-for-endpoint", optional_argument, NULL, MODEL_WAIT                                   \
    }

#define MODEL_HELP                                                                                 \
    "\nFor studies whose roles are models (docs/models.md; run --estimate tells what one would "   \
    "ask,\n"                                                                                       \
    "cost and take, and asks nothing):\n"                                                          \
    "  --replies FILE     a file of model replies to share with other studies\n"                   \
    "  --replies-mode M   use (default): answer from it, ask and add what it lacks; record: ask\n" \
    "                     anew; replay-only: ask nothing; off\n"                                   \
    "  --max-cost N       stop before the study has cost more, in the currency of its prices\n"    \
    "  --max-requests N   stop before the study has sent more requests\n"                          \
    "  --wait-for-endpoint[=TIME]  how long to wait for an endpoint that is gone (90s, 10m, 2h;\n" \
    "                     without TIME: a day) before its questions fail\n"

/// Takes one of MODEL_OPTIONS.
bool model_options_take(struct roles_options *o, int letter, const char *argument,
                        struct err *err) NODISCARD;
/// Do they fit together?
bool model_options_check(const struct roles_options *o, struct err *err) NODISCARD;
