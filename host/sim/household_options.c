// The options in force on a day: what scripts and bindings see of them.

#include "sim/household_data.h"
#include "sim/mmlu.h"
#include "sim/study_change.h"

// What a script sees as h.config: the options of its condition, and who lives here.
static struct json *make_config(const struct study_cell *cell, const struct json *options,
                                struct err *err)
{
    struct buf text = { 0 }, rest = { 0 };
    struct json *config = NULL;

    buf_add_str(&text, "{\"personas\":[");
    for (size_t i = 0; study_persona(cell->persona, i).data != NULL; i++) {
        buf_add_str(&text, i > 0 ? "," : "");
        json_add_string(&text, study_persona(cell->persona, i));
    }
    json_add_canonical(&rest, options);
    buf_addf(&text, "],%s", buf_str(&rest) + 1);
    config = json_parse(buf_view(&text), err);
    buf_fini(&rest);
    buf_fini(&text);
    return config;
}

// The names that services borrow from the config.
static void set_personas(struct household *h)
{
    const struct json *id = json_first(json_get(h->config, "personas"));

    for (int i = 0; i < h->services.resident_count; i++, id = json_next(id))
        h->services.residents[i].persona = json_string(id).data;
}

static double number_of(const struct json *group, const char *key)
{
    return json_number(json_get(group, key));
}

static void set_retrieval(struct household *h)
{
    const struct json *retrieval = json_get(h->config, "retrieval");
    struct script_services *s = &h->services;

    s->record_retrieval = json_bool(json_get(retrieval, "record"));
    s->recency_w = number_of(retrieval, "recency_w");
    s->relevance_w = number_of(retrieval, "relevance_w");
    s->importance_w = number_of(retrieval, "importance_w");
    s->recency_decay = number_of(retrieval, "recency_decay");
    s->oldest_first = json_bool(json_get(retrieval, "oldest_first"));
}

void household_apply_options(struct household *h)
{
    h->services.mmlu = h->mmlu;
    set_retrieval(h);
    set_personas(h);
}

static bool read_questions(struct household *h, struct err *err)
{
    struct mmlu_source source;

    json_free(h->mmlu);
    h->mmlu = NULL;
    h->services.mmlu = NULL;
    if (!mmlu_source_of(h->options, &source))
        return true;
    source.seed = h->cell->seed;
    source.who = h->cell->persona;
    h->mmlu = mmlu_read(h->shared.study, &source, err);
    return h->mmlu != NULL;
}

bool household_use_options(struct household *h, int day, struct err *err)
{
    const struct json *options = study_options_on(h->cell, day);
    struct json *config = NULL;

    if (options == h->options)
        return true;
    config = make_config(h->cell, options, err);
    if (config == NULL)
        return false;
    json_free(h->config);
    h->config = config;
    h->options = options;
    if (!read_questions(h, err))
        return false;
    household_apply_options(h);
    return true;
}
