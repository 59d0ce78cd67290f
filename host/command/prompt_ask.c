#include "command/prompt_ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/ask.h"
#include "net/loop.h"
#include "script/script.h"
#include "script/value.h"
#include "sim/roles.h"

static const char module[] = "propersim.prompt_try";

// One situation on its way.
struct one {
    struct script *script;
    const struct situation *situation;
    struct outcome *outcome;
    char *system, *user, *schema, *inputs, *all, *version;
    size_t *left;
};

static int push_stored(struct lua_State *L, void *user)
{
    const struct one *o = user;

    value_push_text(L, view_of(o->situation->prompt));
    value_push_text(L, view_of(o->situation->inputs));
    value_push_rng(L, o->situation->seed);
    return 3;
}

static bool read_question(struct lua_State *L, int count, void *user, struct err *err)
{
    struct one *o = user;
    char **const texts[] = { &o->system, &o->user, &o->schema, &o->inputs, &o->all, &o->version };

    for (int i = 0; i < count && i < 6; i++) {
        struct view text = { NULL, 0 };
        if (!value_read_text(L, i + 1, &text, err))
            return false;
        *texts[i] = mem_strndup(text.data, text.len);
    }
    return true;
}

static bool read_answer(struct lua_State *L, int count, void *user, struct err *err)
{
    struct one *o = user;
    struct view text = { NULL, 0 };

    (void)count;
    if (!value_read_text(L, 1, &text, err))
        return false;
    o->outcome->answer = mem_strndup(text.data, text.len);
    return true;
}

static bool answer_offline(struct one *o, struct err *err)
{
    return script_call(o->script, module, "offline", push_stored, read_answer, o, err);
}

// ---- The prompt's own check of a model's answer

struct checking {
    const struct one *one;
    struct buf answer;
    bool fits;
};

static int push_check(struct lua_State *L, void *user)
{
    const struct checking *c = user;

    value_push_text(L, view_of(c->one->situation->prompt));
    value_push_text(L, buf_view(&c->answer));
    value_push_text(L, view_of(c->one->inputs));
    return 3;
}

static bool read_check(struct lua_State *L, int count, void *user, struct err *err)
{
    struct checking *c = user;
    struct view why = { NULL, 0 };

    (void)count;
    if (!value_read_bool(L, 1, &c->fits, err) || !value_read_text(L, 2, &why, err))
        return false;
    if (!c->fits)
        err_set(err, "%.*s", (int)why.len, why.data);
    return true;
}

static bool check(void *user, const struct json *answer, struct err *err)
{
    struct checking c = { .one = user };
    bool ok = false;

    json_add_canonical(&c.answer, answer);
    ok = script_call(c.one->script, module, "check", push_check, read_check, &c, err) && c.fits;
    buf_fini(&c.answer);
    return ok;
}

// ---- Models

static void on_answer(void *user, struct answer *a)
{
    struct one *o = user;
    struct buf text = { 0 };

    if (a->failure != FAILURE_NONE) {
        o->outcome->failure = mem_strdup(a->message);
    } else {
        json_add_canonical(&text, a->json);
        o->outcome->answer = buf_take(&text);
    }
    --*o->left;
}

static bool none_left(void *user)
{
    return *(const size_t *)user == 0;
}

struct asking {
    struct loop *loop;
    struct models *models;
    struct channel *channel;
    struct json *schema;
    struct schema *checker;
};

static bool open_model(struct asking *a, const struct json *model, const char *folder,
                       const char *schema, struct err *err)
{
    const struct models_options options = { .exec_folder = folder };
    struct endpoint *e = endpoint_from_json(model, err);

    if (e == NULL)
        return err_wrap(err, "--model");
    a->loop = loop_new(err);
    a->models = a->loop != NULL ? models_new(a->loop, &options, err) : NULL;
    if (a->models == NULL)
        endpoint_free(e);
    else
        a->channel = models_add(a->models, e, err);
    if (a->channel == NULL)
        return false;
    a->schema = json_parse(view_of(schema), err);
    a->checker = a->schema != NULL ? schema_compile(a->schema, err) : NULL;
    return a->checker != NULL ? true : err_wrap(err, "answer");
}

static void start(const struct asking *a, struct one *o)
{
    const struct wire_message messages[2] = { { WIRE_SYSTEM, view_of(o->system) },
                                              { WIRE_USER, view_of(o->user) } };
    size_t skip = o->system[0] == '\0' ? 1 : 0;
    bool mock = channel_endpoint(a->channel)->mock;
    const struct question q = { .role = o->situation->role,
                                .prompt = o->situation->prompt,
                                .version = o->version,
                                .who = o->situation->who,
                                .step = o->situation->step,
                                .messages = messages + skip,
                                .message_count = 2 - skip,
                                .schema = a->schema,
                                .checker = a->checker,
                                .check = check,
                                .check_user = o,
                                .inputs = view_of(mock ? o->all : o->inputs),
                                .seed = o->situation->seed,
                                .draw = o->situation->draw };

    (void)!ask_start(a->channel, &q, on_answer, o);
}

static bool ask_all(struct one *ones, size_t count, const struct json *model, const char *folder,
                    struct prompt_cost *cost, struct err *err)
{
    struct asking a = { 0 };
    size_t left = count;
    struct usage used;
    const char *stopped = NULL;
    bool ok = open_model(&a, model, folder, ones[0].schema, err);

    for (size_t i = 0; ok && i < count; i++) {
        ones[i].left = &left;
        start(&a, &ones[i]);
    }
    ok = ok && loop_run_until(a.loop, none_left, &left, -1, err);
    if (ok) {
        used = models_usage(a.models);
        stopped = models_stopped(a.models);
        *cost = (struct prompt_cost){ .requests = used.requests,
                                      .retries = used.retries,
                                      .tokens_in = used.tokens_in,
                                      .tokens_out = used.tokens_out,
                                      .cost = used.cost,
                                      .has_price = channel_endpoint(a.channel)->has_price,
                                      .model = mem_strdup(channel_endpoint(a.channel)->name) };
        ok = stopped == NULL || err_set(err, "%s", stopped);
    }
    models_free(a.models);
    loop_free(a.loop);
    schema_free(a.checker);
    json_free(a.schema);
    return ok;
}

bool prompt_ask(struct script *script, const struct json *model, const char *folder,
                const struct situation *const *situations, size_t count, struct outcome *outcomes,
                char **schema, struct prompt_cost *cost, struct err *err)
{
    struct one *ones = mem_calloc(count, sizeof(*ones));
    bool ok = true;

    *cost = (struct prompt_cost){ 0 };
    for (size_t i = 0; ok && i < count; i++) {
        struct one *o = &ones[i];
        *o = (struct one){ .script = script, .situation = situations[i], .outcome = &outcomes[i] };
        ok = script_call(script, module, "question", push_stored, read_question, o, err) &&
             (!roles_is_offline(model) || answer_offline(o, err));
    }
    if (ok && count > 0 && !roles_is_offline(model))
        ok = ask_all(ones, count, model, folder, cost, err);
    else
        cost->model = mem_strdup("offline");
    *schema = ok && count > 0 ? mem_strdup(ones[0].schema) : NULL;
    for (size_t i = 0; i < count; i++) {
        char *const texts[] = { ones[i].system, ones[i].user, ones[i].schema,
                                ones[i].inputs, ones[i].all,  ones[i].version };
        for (size_t k = 0; k < 6; k++)
            free(texts[k]);
    }
    free(ones);
    return ok;
}
