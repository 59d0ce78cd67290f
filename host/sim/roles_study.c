// What a study says of its roles.

#include "sim/roles_impl.h"

#include <string.h>

static const char *const names[ROLE_COUNT] = { [ROLE_RESIDENT] = "resident",
                                               [ROLE_RATER] = "rater",
                                               [ROLE_ASSISTANT] = "assistant",
                                               [ROLE_SUMMARY] = "summary",
                                               [ROLE_EMBEDDING] = "embedding" };

const char *role_name(enum role role)
{
    return names[role];
}

enum role role_find(const char *name)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return (enum role)i;
    }
    return ROLE_COUNT;
}

const struct json *roles_model(const struct json *options, enum role role)
{
    return json_get(json_get(options, "models"), names[role]);
}

bool roles_is_offline(const struct json *model)
{
    return model == NULL ||
           (json_type(model) == JSON_STRING && view_equal(json_string(model), view_of("offline")));
}

bool roles_each_model(const struct study *study,
                      bool (*fn)(void *user, const struct json *model, struct err *err), void *user,
                      struct err *err)
{
    const struct json *conditions = json_get(study->doc, "conditions");

    for (const struct json *c = json_first(conditions); c != NULL; c = json_next(c)) {
        for (int role = 0; role < ROLE_COUNT; role++) {
            const struct json *model = roles_model(c, (enum role)role);
            if (!roles_is_offline(model) && !fn(user, model, err))
                return err_wrap(err, "models.%s", names[role]);
        }
    }
    return true;
}

static bool found_one(void *user, const struct json *model, struct err *err)
{
    (void)model;
    (void)err;
    *(bool *)user = true;
    return true;
}

bool roles_needed(const struct study *study)
{
    bool needed = false;
    struct err err = { { 0 } };

    return roles_each_model(study, found_one, &needed, &err) && needed;
}

static bool check_one(void *user, const struct json *model, struct err *err)
{
    struct endpoint *e = endpoint_check(model, err);

    (void)user;
    endpoint_free(e);
    return e != NULL;
}

bool roles_check(const struct study *study, struct err *err)
{
    return roles_each_model(study, check_one, NULL, err);
}
