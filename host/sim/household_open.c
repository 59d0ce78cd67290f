#include <stdlib.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/simtime.h"
#include "memory/embed.h"
#include "memory/vectors.h"
#include "sim/household_data.h"
#include "sim/meter.h"
#include "store/reader.h"

// Of script_limits: collecting a fifth as often as usual is worth a few megabytes.
enum { COLLECT_AT_PERCENT = 600 };

static const char dim_note[] = "embedding_dim"; // in the run file's meta

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
    struct hash map = map_hash(h->shared.map);
    char hash[HASH_HEX_BYTES];
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

    hash_hex(&map, hash);
    json_add_canonical(&models, json_get(cell->options, "models"));
    info.models = buf_str(&models);
    h->writer = file_exists(h->path) ? writer_open(h->path, &info, err)
                                     : writer_create(h->path, &info, err);
    buf_fini(&models);
    free(residents);
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
    h->context.step_seconds = (int)json_number(json_get(cell->options, "sec_per_step"));
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
