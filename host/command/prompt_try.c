#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "command/prompt.h"
#include "command/prompt_ask.h"
#include "command/prompt_sample.h"
#include "script/script.h"
#include "script/texts.h"
#include "script/value.h"
#include "sim/find_run.h"
#include "sim/study.h"

enum { USUAL_SAMPLE = 20, MOST_SAMPLE = 100000 };

struct arguments {
    const char *file, *model, *name;
    struct prompt_sample_options sample;
};

struct trial {
    struct arguments a;
    char *name, *root; // of the prompt; the folder above prompts/, or NULL
    struct buf text;   // of the prompt file
    struct study study;
    struct json *model; // NULL: offline
    struct prompt_sample sample;
    struct outcome *outcomes; // of each of the sample
    struct script *script;
    char *schema;
    struct prompt_cost cost;
};

static bool take_option(struct arguments *a, int option, struct err *err)
{
    switch (option) {
    case 'r': a->sample.run = optarg; return true;
    case 'm': a->model = optarg; return true;
    case 'n': a->name = optarg; return true;
    case 's': return command_int("--sample", optarg, 1, MOST_SAMPLE, &a->sample.most, err);
    case 'd': return command_int("--day", optarg, 1, 100000, &a->sample.day, err);
    case 'e': return command_int("--seed", optarg, 0, INT32_MAX, &a->sample.seed, err);
    default: return err_set(err, "see above");
    }
}

static bool read_arguments(struct arguments *a, int argc, char **argv, struct err *err)
{
    static const struct option options[] = { { "run", required_argument, NULL, 'r' },
                                             { "sample", required_argument, NULL, 's' },
                                             { "model", required_argument, NULL, 'm' },
                                             { "day", required_argument, NULL, 'd' },
                                             { "seed", required_argument, NULL, 'e' },
                                             { "name", required_argument, NULL, 'n' },
                                             { NULL, 0, NULL, 0 } };

    *a = (struct arguments){ .sample = { .most = USUAL_SAMPLE, .seed = 1 } };
    optind = 1;
    for (int o = getopt_long(argc, argv, "", options, NULL); o != -1;
         o = getopt_long(argc, argv, "", options, NULL)) {
        if (!take_option(a, o, err))
            return false;
    }
    if (optind + 1 != argc)
        return err_set(err, "try which prompt? Name one file, such as prompts/rater/timing.lua");
    a->file = argv[optind];
    if (a->sample.run == NULL)
        return err_set(err,
                       "in situations of which run? Give --run DIR/runs/CONDITION/PERSONA.sqlite");
    return true;
}

// ---- What is tried

// "x/prompts/rater/timing.lua" is rater/timing in the folder x.
static bool find_name(struct trial *t, struct err *err)
{
    char *full = realpath(t->a.file, NULL);
    const char *at = NULL;

    if (full == NULL)
        return err_set(err, "%s: there is no such file", t->a.file);
    for (const char *p = strstr(full, "/prompts/"); p != NULL; p = strstr(p + 1, "/prompts/"))
        at = p;
    if (t->a.name != NULL) {
        t->name = mem_strdup(t->a.name);
    } else if (at != NULL && strlen(at) > strlen("/prompts/.lua")) {
        const char *name = at + strlen("/prompts/");
        t->name = mem_strndup(name, strlen(name) - strlen(".lua"));
    }
    if (t->a.name == NULL && at != NULL)
        t->root = mem_strndup(full, (size_t)(at - full));
    free(full);
    return t->name != NULL ? true
                           : err_set(err,
                                     "%s: which prompt is it? Put it below a folder prompts/, "
                                     "or give --name WHO/WHAT",
                                     t->a.file);
}

static bool open_study(struct trial *t, struct err *err)
{
    char *folder = NULL;
    struct manifest m = { 0 };
    size_t cell = 0;
    bool ok = find_run(t->a.sample.run, &folder, &m, &cell, err) &&
              study_from_manifest(&t->study, m.config, err);

    manifest_fini(&m);
    free(folder);
    return ok;
}

static bool load_script(struct trial *t, struct err *err)
{
    static const char *const exports[] = { "propersim.prompt_try.question",
                                           "propersim.prompt_try.report", NULL };
    struct buf path = { 0 };
    const char *folders[2];
    size_t n = 0;
    bool ok = file_read(&t->text, t->a.file, TEXTS_MAX_FILE_BYTES, err);

    if (ok) {
        buf_addf(&path, "prompts/%s.lua", t->name);
        const struct prompt_file file = { buf_str(&path), buf_view(&t->text) };
        if (t->root != NULL)
            folders[n++] = t->root;
        if (file_is_folder(t->study.folder))
            folders[n++] = t->study.folder;
        t->script = prompt_script(folders, n, &file, exports, err);
        ok = t->script != NULL;
    }
    buf_fini(&path);
    return ok;
}

// ---- Whom to ask

static bool find_model(struct trial *t, struct err *err)
{
    const char *role = t->sample.stored.all[0].role;
    struct buf text = { 0 };
    struct reader *r = NULL;
    bool found = false, ok = true;

    if (t->a.model != NULL && t->a.model[0] == '{') {
        t->model = json_parse(view_of(t->a.model), err);
        return t->model != NULL ? true : err_wrap(err, "--model");
    }
    if (t->a.model != NULL) {
        json_add_string(&text, view_of(t->a.model));
    } else {
        struct buf models = { 0 };
        struct json *doc = NULL;
        r = reader_open(t->a.sample.run, err);
        ok = r != NULL && reader_meta(r, "models", &models, &found, err);
        doc = ok && found ? json_parse(buf_view(&models), err) : NULL;
        if (json_get(doc, role) != NULL)
            json_add_canonical(&text, json_get(doc, role));
        json_free(doc);
        buf_fini(&models);
        reader_close(r);
    }
    if (ok && text.len > 0)
        t->model = json_parse(buf_view(&text), err);
    ok = ok && (text.len == 0 || t->model != NULL);
    buf_fini(&text);
    return ok;
}

static bool ask(struct trial *t, struct err *err)
{
    t->outcomes = mem_calloc(t->sample.count, sizeof(*t->outcomes));
    return prompt_ask(t->script, t->model, t->study.folder, t->sample.picked, t->sample.count,
                      t->outcomes, &t->schema, &t->cost, err);
}

// ---- What came of it

static void add_answer(const char *which, const char *answer, const char *failure, struct buf *out)
{
    if (answer != NULL) {
        buf_addf(out, ",\"%s\":%s", which, answer);
        return;
    }
    buf_addf(out, ",\"%s_failure\":", which);
    json_add_string(out, view_of(failure != NULL ? failure : "no answer"));
}

static int push_results(struct lua_State *L, void *user)
{
    const struct trial *t = user;
    struct buf text = { 0 };

    buf_addf(&text, "{\"schema\":%s,\"seed\":%d,\"items\":[", t->schema, t->a.sample.seed + 1);
    for (size_t i = 0; i < t->sample.count; i++) {
        const struct situation *s = t->sample.picked[i];
        buf_addf(&text, "%s{\"step\":%" PRId64 ",\"who\":%d,\"draw\":%d", i > 0 ? "," : "", s->step,
                 s->who, s->draw);
        add_answer("old", s->answer, s->failure, &text);
        add_answer("new", t->outcomes[i].answer, t->outcomes[i].failure, &text);
        buf_add_char(&text, '}');
    }
    buf_add_str(&text, "]}");
    value_push_text(L, buf_view(&text));
    buf_fini(&text);
    return 1;
}

static bool print_report(struct lua_State *L, int count, void *user, struct err *err)
{
    const struct trial *t = user;
    struct view text = { NULL, 0 };

    (void)count;
    if (!value_read_text(L, 1, &text, err))
        return false;
    printf("%s: %s, asked of %s, beside version %s of the run\n", t->name, t->a.file, t->cost.model,
           t->sample.picked[0]->version);
    printf("%zu of %zu situations of day%s %s (seed %d)\n\n", t->sample.count,
           t->sample.stored.count, strchr(buf_str(&t->sample.days), ',') != NULL ? "s" : "",
           buf_str(&t->sample.days), t->a.sample.seed);
    printf("%.*s", (int)text.len, text.data);
    if (t->cost.requests == 0)
        return true;
    printf("asked: %" PRId64 " requests (%" PRId64 " of them retries), %" PRId64
           " tokens in, %" PRId64 " out",
           t->cost.requests, t->cost.retries, t->cost.tokens_in, t->cost.tokens_out);
    if (t->cost.has_price)
        printf(", cost %.4f", t->cost.cost);
    printf("\n");
    return true;
}

static void trial_fini(struct trial *t)
{
    for (size_t i = 0; t->outcomes != NULL && i < t->sample.count; i++) {
        free(t->outcomes[i].answer);
        free(t->outcomes[i].failure);
    }
    free(t->outcomes);
    prompt_sample_fini(&t->sample);
    script_free(t->script);
    study_fini(&t->study);
    json_free(t->model);
    free(t->cost.model);
    free(t->schema);
    free(t->name);
    free(t->root);
    buf_fini(&t->text);
}

int prompt_try(int argc, char **argv)
{
    struct trial t = { .name = NULL };
    struct err err = { { 0 } };
    bool ok = false;

    if (!read_arguments(&t.a, argc, argv, &err))
        return command_usage(&command_prompt, "%s", err.text);
    ok = find_name(&t, &err) && open_study(&t, &err) && load_script(&t, &err) &&
         prompt_sample_take(&t.sample, t.name, &t.a.sample, &err) && find_model(&t, &err) &&
         ask(&t, &err) &&
         script_call(t.script, "propersim.prompt_try", "report", push_results, print_report, &t,
                     &err);
    trial_fini(&t);
    return ok ? EXIT_DONE : command_fail(EXIT_WRONG_INPUT, &err);
}
