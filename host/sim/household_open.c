#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "memory/embed.h"
#include "memory/vectors.h"
#include "script/texts.h"
#include "sim/household_data.h"
#include "sim/meter.h"
#include "sim/mmlu.h"
#include "sim/study_change.h"
#include "store/reader.h"

// Of script_limits: collecting a fifth as often as usual is worth a few megabytes.
enum { COLLECT_AT_PERCENT = 600 };

static const char dim_note[] = "embedding_dim"; // in the run file's meta

static double option_number(const struct json *group, const char *key)
{
    return json_number(json_get(group, key));
}

static char *hex_of(struct hash hash)
{
    char *hex = mem_calloc(HASH_HEX_BYTES, 1);

    hash_hex(&hash, hex);
    return hex;
}

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

static void set_retrieval(struct household *h)
{
    const struct json *retrieval = json_get(h->config, "retrieval");
    struct script_services *s = &h->services;

    s->record_retrieval = json_bool(json_get(retrieval, "record"));
    s->recency_w = option_number(retrieval, "recency_w");
    s->relevance_w = option_number(retrieval, "relevance_w");
    s->importance_w = option_number(retrieval, "importance_w");
    s->recency_decay = option_number(retrieval, "recency_decay");
    s->oldest_first = json_bool(json_get(retrieval, "oldest_first"));
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
    h->services.mmlu = h->mmlu;
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
    set_retrieval(h);
    set_personas(h);
    return true;
}

static struct memory *new_memory(const struct household *h)
{
    struct memory *m = NULL;

    if (h->embedder == NULL)
        return memory_new(EMBED_DIM);
    m = memory_new(embedder_dimensions(h->embedder));
    memory_allow_pending(m);
    return m;
}

void household_make_services(struct household *h)
{
    struct script_services *s = &h->services;
    size_t numbers = map_tile_count(h->shared.map) + map_place_count(h->shared.map) + 1;

    *s = (struct script_services){
        .map = h->shared.map,
        .world = world_new(h->shared.map),
        .paths = h->shared.paths,
        .writer = h->writer,
        .ear = h->shared.ear,
        .resident_count = (int)json_count(json_get(h->config, "personas")),
        .mmlu = h->mmlu,
        .numbers = mem_calloc(numbers, sizeof(*s->numbers)),
    };
    set_retrieval(h);
    s->residents = mem_calloc((size_t)s->resident_count, sizeof(*s->residents));
    for (int i = 0; i < s->resident_count; i++) {
        struct service_resident *r = &s->residents[i];
        r->resident = (struct service_stream){
            .memory = new_memory(h), .who = i + 1, .stream = STREAM_RESIDENT, .services = s
        };
        r->assistant = r->resident;
        r->assistant.memory = new_memory(h);
        r->assistant.stream = STREAM_ASSISTANT;
        r->policy = policy_new(POLICY_BITS);
        r->candidates = candidates_new();
        r->replay = replay_new();
    }
    set_personas(h);
}

void household_free_services(struct household *h)
{
    struct script_services *s = &h->services;

    for (int i = 0; i < s->resident_count; i++) {
        memory_free(s->residents[i].resident.memory);
        memory_free(s->residents[i].assistant.memory);
        candidates_free(s->residents[i].candidates);
        replay_free(s->residents[i].replay);
        policy_free(s->residents[i].policy);
    }
    household_forget_told(h, INT64_MAX);
    free(s->told);
    free(s->residents);
    free(s->numbers);
    world_free(s->world);
    *s = (struct script_services){ 0 };
}

// Who lives here, by persona id and full name. Texts are the config's and the study's.
static struct run_resident *list_residents(const struct household *h, size_t *count)
{
    const struct json *ids = json_get(h->config, "personas");
    const struct json *names = json_get(h->shared.study->doc, "names");
    struct run_resident *list = mem_calloc(json_count(ids), sizeof(*list));

    *count = 0;
    for (const struct json *id = json_first(ids); id != NULL; id = json_next(id)) {
        const char *persona = json_string(id).data;
        list[(*count)++] =
            (struct run_resident){ .persona = persona,
                                   .name = json_string(json_get(names, persona)).data };
    }
    return list;
}

// What computes the vectors of this run, for its file.
static const char *embedder_name(const struct household *h, const struct study_cell *cell)
{
    const struct channel *c = h->shared.roles != NULL
                                  ? roles_channel(h->shared.roles, cell->options, ROLE_EMBEDDING)
                                  : NULL;

    return c != NULL ? channel_endpoint(c)->model : EMBED_VERSION;
}

// Opens the run file to go on, or makes a new one.
static bool open_writer(struct household *h, const struct study_cell *cell, struct err *err)
{
    size_t resident_count = 0;
    struct run_resident *residents = list_residents(h, &resident_count);
    struct buf models = { 0 };
    char *hash = hex_of(map_hash(h->shared.map));
    struct run_info info = {
        .study = h->shared.study->name,
        .condition = cell->condition,
        .seed = cell->seed,
        .start = h->context.start_s,
        .sec_per_step = h->context.step_seconds,
        .steps_per_day = household_steps_per_day(h),
        .map = h->shared.map_name,
        .map_hash = hash,
        .config = cell->run_config,
        .embedder = embedder_name(h, cell),
        .program = PROPERSIM_VERSION,
        .residents = residents,
        .resident_count = (int)resident_count,
    };

    json_add_canonical(&models, json_get(cell->options, "models"));
    info.models = buf_str(&models);
    h->writer = file_exists(h->path) ? writer_open(h->path, &info, err)
                                     : writer_create(h->path, &info, err);
    buf_fini(&models);
    free(residents);
    free(hash);
    return h->writer != NULL;
}

// How many dimensions the memories of this run have, if its file says so; else 0.
static bool read_dimensions(const char *path, size_t *dim, struct err *err)
{
    struct reader *reader = reader_open(path, err);
    struct buf text = { 0 };
    bool found = false, ok = reader != NULL && reader_meta(reader, dim_note, &text, &found, err);

    *dim = found ? strtoul(buf_str(&text), NULL, 10) : 0;
    buf_fini(&text);
    reader_close(reader);
    return ok;
}

// The model that embeds texts, if one does.
static bool open_embedder(struct household *h, const struct study_cell *cell, struct err *err)
{
    struct roles *roles = h->shared.roles;
    size_t dim = 0;

    if (roles == NULL || roles_channel(roles, cell->options, ROLE_EMBEDDING) == NULL)
        return true;
    if (!read_dimensions(h->path, &dim, err))
        return false;
    h->embedder = roles_embedder(roles, cell->options, dim, err);
    if (h->embedder == NULL)
        return err_wrap(err, "models.embedding");
    dim = embedder_dimensions(h->embedder);
    if (dim > VECTORS_DIM_MAX)
        return err_set(err,
                       "models.embedding: its vectors have %zu dimensions; at most %d are "
                       "supported (`dimensions` asks for fewer)",
                       dim, VECTORS_DIM_MAX);
    return writer_set_note(h->writer, dim_note, value_int((int64_t)dim), err);
}

static bool set_context(struct household *h, const struct study_cell *cell, struct err *err)
{
    struct view start = json_string(json_get(cell->options, "start"));

    h->context.seed = (uint64_t)cell->seed;
    h->context.step_seconds = (int)option_number(cell->options, "sec_per_step");
    return simtime_parse(start.data, &h->context.start_s, err) || err_wrap(err, "start");
}

static void log_line(void *user, enum script_level level, const char *where, struct view text)
{
    struct household *h = user;
    struct err err = { { 0 } };
    struct buf message = { 0 };
    struct row_log row = { .step = script_context(h->script)->step,
                           .level = LOG_DEBUG + (unsigned)level,
                           .source = LOG_SCRIPT };

    buf_addf(&message, "%s%s", where, where[0] != '\0' ? ": " : "");
    buf_add_view(&message, text);
    row.message = buf_view(&message);
    // a failure stays with the writer, which gives it back on the next append
    if (!writer_append_log(h->writer, &row, &err))
        buf_clear(&message);
    buf_fini(&message);
}

static bool make_script(struct household *h, const struct study_cell *cell, struct err *err)
{
    struct script_limits limits = { .heap = h->shared.heap };

    if (h->shared.roles == NULL) // it is the only one at work, so its heap may grow
        limits.collect_at_percent = COLLECT_AT_PERCENT;
    h->script = services_new_script(&limits, err);
    if (h->script == NULL)
        return false;
    h->context.who = h->who;
    h->context.log = log_line;
    h->context.log_user = h;
    h->context.user = &h->services;
    *script_context(h->script) = h->context;
    if (h->shared.meter != NULL)
        h->services.asker =
            meter_asker(h->shared.meter, h->number, cell->options, script_context(h->script));
    if (h->shared.roles != NULL) {
        h->asking = asking_new(h->shared.roles, cell->options, cell->number,
                               script_context(h->script), h->writer);
        if (h->embedder != NULL)
            asking_set_embedder(h->asking, h->embedder);
        h->services.asker = asking_asker(h->asking);
    }
    return true;
}

struct household *household_open(const struct household_shared *shared,
                                 const struct study_cell *cell, const char *path, struct err *err)
{
    struct household *h = mem_calloc(1, sizeof(*h));
    struct buf name = { 0 };
    bool ok = false;

    h->shared = *shared;
    h->path = mem_strdup(path);
    h->number = cell->number;
    h->who = mem_strdup(cell->persona);
    buf_addf(&name, "%s %s seed %lld", cell->condition, cell->persona, (long long)cell->seed);
    h->name = buf_take(&name);
    h->cell = cell;
    ok = household_use_options(h, 1, err) && set_context(h, cell, err) &&
         open_writer(h, cell, err) && open_embedder(h, cell, err);
    if (ok) {
        household_make_services(h);
        ok = make_script(h, cell, err) && household_restore(h, err) && household_load_told(h, err);
    }
    if (!ok) {
        struct err ignored = { { 0 } };
        err_wrap(err, "%s", h->path);
        household_close(h, &ignored);
        return NULL;
    }
    return h;
}

bool household_close(struct household *h, struct err *err)
{
    bool ok = true;

    script_free(h->script); // and with it the questions that are open
    asking_free(h->asking);
    if (h->writer != NULL)
        ok = writer_close(h->writer, err);
    household_free_services(h);
    json_free(h->mmlu);
    json_free(h->config);
    json_free(h->state);
    buf_fini(&h->saved);
    text_set_fini(&h->texts);
    free(h->path);
    free(h->name);
    free(h->who);
    free(h);
    return ok;
}
