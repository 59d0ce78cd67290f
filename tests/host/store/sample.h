#pragma once
// A small run that fills every table, the same each time: what the tests of the run file write.

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "store/digest.h"
#include "store/reader.h"
#include "store/texts.h"
#include "store/writer.h"

enum { SAMPLE_STEPS = 24, SAMPLE_SEC = 3600 };

// Fails the test with the message; the macro keeps the line of the caller.
#define must(call)                                                                                 \
    do {                                                                                           \
        if (!(call)) {                                                                             \
            fprintf(stderr, "%s:%d: %s: %s\n", __FILE__, __LINE__, #call, err.text);               \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

static const struct run_resident sample_residents[] = { { "p01", "Ada Lind" }, { "p02", "Bo Ek" } };

static inline struct run_info sample_info(void)
{
    return (struct run_info){ .study = "sample",
                              .condition = "learning",
                              .seed = -7,
                              .start = 1739404800, // 2025-02-13
                              .sec_per_step = SAMPLE_SEC,
                              .steps_per_day = SAMPLE_STEPS,
                              .map = "maps/house.tmj",
                              .map_hash = "ab12",
                              .config = "{\"learn\":\"dpo\"}",
                              .models = "{\"rater\":\"offline\"}",
                              .embedder = "hashed-256 v1",
                              .program = "0.1.0",
                              .residents = sample_residents,
                              .resident_count = 2 };
}

// A text that is the same in several rows: every third step says the same.
static inline struct view sample_text(char out[64], const char *what, int64_t number)
{
    snprintf(out, 64, "%s %lld", what, (long long)(number % 3));
    return view_of(out);
}

static inline int64_t sample_time(int64_t step)
{
    return 1739404800 + step * SAMPLE_SEC;
}

static inline void sample_event(struct writer *w, int64_t step, int who)
{
    struct err err = { { 0 } };
    char a[64], b[64];
    struct row_event row = { .step = step,
                             .who = who,
                             .seq = 1,
                             .address = view_of("home:kitchen:sink"),
                             .subject = sample_text(a, "sink", step),
                             .predicate = view_of("is"),
                             .object = view_of("running"),
                             .description = sample_text(b, "sink is running", step + who) };

    must(writer_append_event(w, &row, &err));
}

static inline void sample_step(struct writer *w, int64_t step, int who)
{
    struct err err = { { 0 } };
    char a[64];
    struct row_step row = { .step = step,
                            .who = who,
                            .x = 3 + (int)(step % 5),
                            .y = 4,
                            .path = step % 2 == 0 ? view_of("R3D2") : (struct view){ 0 },
                            .asleep = step % SAMPLE_STEPS < 7,
                            .walking = step % 4 == 0,
                            .action = sample_text(a, "cooking", step),
                            .activity = step % SAMPLE_STEPS == 0 ? ROW_NONE : step / 6 + 1 };

    must(writer_append_step(w, &row, &err));
}

static inline void sample_rating(struct writer *w, int64_t step, int who, int slot)
{
    struct err err = { { 0 } };
    char a[64], b[RATE_COUNT][64];
    bool silent = slot == 2 && step % 4 == 1;
    struct row_suggestion s = { .step = step,
                                .who = who,
                                .slot = slot,
                                .text = sample_text(a, "How about tea?", step + slot),
                                .topic = view_of("drinks"),
                                .tone = view_of("kind"),
                                .silent = silent,
                                .source = silent ? SOURCE_FORCED : SOURCE_DRAWN,
                                .delivered = slot == 2,
                                .logit = 0.25 * (double)step,
                                .probability = step % 5 == 0 ? NAN : 0.5,
                                .reason = view_of("they look thirsty") };
    struct row_rating r = { .step = step, .who = who, .slot = slot, .shared = step % 6 == 0 };

    for (int i = 0; i < RATE_COUNT; i++) {
        r.value[i] = (step + i + slot) % 3 != 0;
        r.reason[i] = sample_text(b[i], "because", step + i);
    }
    if (step % 11 == 0)
        r.value[RATE_TIMING] = -1;
    must(writer_append_suggestion(w, &s, &err));
    must(writer_append_rating(w, &r, &err));
}

static inline void sample_memory(struct writer *w, int64_t step, int who, enum row_stream stream)
{
    struct err err = { { 0 } };
    char a[64];
    struct row_memory m = { .who = who,
                            .stream = stream,
                            .id = step + 1,
                            .step = step,
                            .type = step % 2 == 0 ? NODE_EVENT : NODE_THOUGHT,
                            .depth = 1,
                            .created = sample_time(step),
                            .last_accessed = sample_time(step),
                            .expiration = step % 2 == 0 ? ROW_NONE : sample_time(step + 99),
                            .subject = view_of("Ada"),
                            .predicate = view_of("drinks"),
                            .object = view_of("tea"),
                            .text = sample_text(a, "Ada drinks tea", step),
                            .importance = 5.5,
                            .keywords = view_of("[\"tea\"]"),
                            .filling = view_of("[1,2]") };

    must(writer_append_memory(w, &m, &err));
}

static inline void sample_extras(struct writer *w, int64_t step, int who)
{
    struct err err = { { 0 } };
    int day = (int)(step / SAMPLE_STEPS) + 1, hour = (int)(step % SAMPLE_STEPS);
    struct row_activity act = { .day = day,
                                .who = who,
                                .seq = step / 6 + 1,
                                .start = sample_time(step),
                                .minutes = 360,
                                .description = view_of("cooking soup"),
                                .task = view_of("cooking"),
                                .kind = view_of("meal"),
                                .address = view_of("home:kitchen:stove"),
                                .emoji = view_of("\xf0\x9f\x8d\xb2"),
                                .subject = view_of("Ada"),
                                .predicate = view_of("cooks"),
                                .object = view_of("soup"),
                                .object_state = view_of("hot") };
    struct row_schedule line = { .day = day,
                                 .who = who,
                                 .seq = hour / 6 + 1,
                                 .step = step,
                                 .level = hour < 12 ? SCHEDULE_HOURLY : SCHEDULE_DECOMPOSED,
                                 .start = sample_time(step),
                                 .minutes = 60,
                                 .activity = view_of("cooking") };
    struct row_summary sum = { .who = who,
                               .stream = STREAM_RATER,
                               .level = SUMMARY_HOUR,
                               .start = sample_time(step),
                               .stop = sample_time(step + 1),
                               .step = step,
                               .text = view_of("10:00-11:00: two recommendations") };
    struct row_retrieval got = { .step = step,
                                 .who = who,
                                 .stream = STREAM_ASSISTANT,
                                 .seq = 1,
                                 .rank = 1,
                                 .node = step,
                                 .query = view_of("Ada is cooking"),
                                 .score = 1.5,
                                 .recency = 0.25,
                                 .relevance = 0.5,
                                 .importance = 0.75 };
    struct row_pair pair = {
        .step = step, .who = who, .chosen_slot = 1, .rejected_slot = 2, .margin = 2
    };
    struct row_log log = { .step = step,
                           .level = LOG_INFO,
                           .source = LOG_SCRIPT,
                           .message = view_of("said by a script") };

    must(writer_append_activity(w, &act, &err));
    must(writer_append_schedule(w, &line, &err));
    must(writer_append_summary(w, &sum, &err));
    must(writer_append_retrieval(w, &got, &err));
    must(writer_append_pair(w, &pair, &err));
    must(writer_append_log(w, &log, &err));
}

static inline void sample_transport(struct writer *w, int64_t step)
{
    struct err err = { { 0 } };
    struct hash request = hash_of(view_of("request"));
    struct row_call call = { .step = step,
                             .who = 1,
                             .role = view_of("rater"),
                             .prompt = view_of("rate/timing"),
                             .version = view_of("3"),
                             .model = view_of("m-1"),
                             .request = { (const char *)request.bytes, HASH_BYTES },
                             .draw = 0,
                             .status = CALL_OK,
                             .tokens_in = 900,
                             .tokens_out = 20,
                             .tokens_cached = 800,
                             .cost = 0.001,
                             .ms = 312.5,
                             .retries = 1,
                             .error = view_of("429") };
    struct row_log log = { .step = ROW_NONE,
                           .level = LOG_WARNING,
                           .source = LOG_HOST,
                           .message = view_of("said by the host") };
    const float vector[2] = { 0.5f, -1.0f };

    must(writer_append_call(w, &call, &err));
    must(writer_append_reply(w, &request, 0, view_of("1"), view_of("Was it a good time?"), &err));
    must(writer_append_embedding(w, view_of("e-1"), view_of("Ada is cooking"),
                                 (struct view){ (const char *)vector, sizeof(vector) }, &err));
    must(writer_append_log(w, &log, &err));
}

// One step of both residents. `late_events`: events after the rest, which changes nothing but the
// order in which texts are first used.
static inline void sample_one(struct writer *w, int64_t step, bool late_events)
{
    for (int who = 1; who <= 2; who++) {
        if (!late_events)
            sample_event(w, step, who);
        sample_step(w, step, who);
        sample_memory(w, step, who, STREAM_ASSISTANT);
        if (step % SAMPLE_STEPS >= 7) {
            sample_rating(w, step, who, 1);
            sample_rating(w, step, who, 2);
            sample_memory(w, step, who, STREAM_RATER);
        }
        if (step % 6 == 0 && step % SAMPLE_STEPS >= 7)
            sample_extras(w, step, who);
        if (late_events)
            sample_event(w, step, who);
    }
    if (step % 7 == 0)
        sample_transport(w, step);
}

static inline void sample_mmlu(struct writer *w, int day, int who)
{
    struct err err = { { 0 } };
    struct row_mmlu row = { .day = day,
                            .who = who,
                            .seq = 1,
                            .subject = view_of("nutrition"),
                            .question = view_of("Which of these is a fruit?"),
                            .answer = 2,
                            .given = who == 1 ? -1 : 1,
                            .comment = view_of("guessing") };

    must(writer_append_mmlu(w, &row, &err));
    must(writer_append_measure(
        w, &(struct row_measure){ .day = day, .who = who, .name = view_of("knows"), .value = 0.5 },
        &err));
}

static inline void sample_fine_tuning(struct writer *w, int day)
{
    struct err err = { { 0 } };
    int64_t step = (int64_t)(day - 1) * SAMPLE_STEPS;
    struct row_pair_prompt prompt = { .step = step,
                                      .who = 1,
                                      .prompt = view_of("assistant/suggest"),
                                      .inputs = view_of("{\"memory\":\"None.\"}") };
    struct row_rating_total total = { .step = step, .who = 2, .slot = 1, .total = 3 };
    struct row_adapter adapter = { .day = day,
                                   .who = 1,
                                   .name = view_of("s-d2"),
                                   .path = view_of("/adapters/d2"),
                                   .examples = 200,
                                   .status = ADAPTER_FAILED,
                                   .message = view_of("exit code 1"),
                                   .ms = 1500.5 };

    must(writer_append_pair_prompt(w, &prompt, &err));
    must(writer_append_rating_total(w, &total, &err));
    must(writer_append_adapter(w, &adapter, &err));
}

static inline void sample_begin(struct writer *w, int day)
{
    struct err err = { { 0 } };
    struct text_set texts = { 0 };
    int64_t first = (int64_t)(day - 1) * SAMPLE_STEPS;
    struct row_clear clear = { .step = first, .stream = STREAM_RATER, .below = first + 1 };
    const double weights[2] = { 0.5, day };
    struct row_policy policy = { .day = day,
                                 .weights = { (const char *)weights, sizeof(weights) },
                                 .optimizer = view_of("moments"),
                                 .names = view_of("[\"a\",\"b\"]") };

    // The second day's texts are another version, from then on they stay
    must(text_set_add(&texts, "scripts/household.lua", view_of(day == 1 ? "return 1" : "return 2"),
                      &err));
    must(text_set_add(&texts, "prompts/rate/timing.lua", view_of("return {}"), &err));
    must(writer_begin_day(w, day, &texts, &err));
    text_set_fini(&texts);
    for (int who = 1; who <= 2; who++) {
        clear.who = policy.who = who;
        must(writer_append_clear(w, &clear, &err));
        must(writer_append_policy(w, &policy, &err));
    }
}

static inline void sample_whisper(struct writer *w, int64_t step, const char *text)
{
    struct err err = { { 0 } };
    struct row_intervention row = {
        .step = step, .seq = 1, .who = 2, .kind = INTERVENTION_WHISPER, .text = view_of(text)
    };

    must(writer_append_intervention(w, &row, &err));
}

static inline void sample_finish(struct writer *w, int day)
{
    struct err err = { { 0 } };
    char state[64];
    int64_t last = (int64_t)day * SAMPLE_STEPS - 1;
    struct row_access accessed[] = {
        { .who = 1, .stream = STREAM_ASSISTANT, .id = 1, .last_accessed = sample_time(last) },
        { .who = 2, .stream = STREAM_ASSISTANT, .id = 2, .last_accessed = sample_time(last) },
    };

    snprintf(state, sizeof(state), "{\"day\":%d}", day);
    must(writer_finish_day(w, view_of(state), accessed, 2, 12.5, &err));
}

static inline void sample_day(struct writer *w, int day, bool late_events)
{
    sample_begin(w, day);
    for (int64_t step = (int64_t)(day - 1) * SAMPLE_STEPS; step < (int64_t)day * SAMPLE_STEPS;
         step++)
        sample_one(w, step, late_events);
    sample_finish(w, day);
}

// Creates a run with whole days 1..days and closes it.
static inline void sample_run(const char *path, int days)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, &err);

    must(w != NULL);
    for (int day = 1; day <= days; day++)
        sample_day(w, day, false);
    must(writer_close(w, &err));
}

// Begins day `day` with rows that most runs do not have, and leaves it unfinished.
static inline void sample_unusual(const char *path, int day)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    struct writer *w = writer_open(path, &info, &err);

    must(w != NULL);
    sample_whisper(w, (int64_t)(day - 1) * SAMPLE_STEPS, "there is a party on Friday");
    sample_begin(w, day);
    sample_mmlu(w, day, 1);
    sample_mmlu(w, day, 2);
    sample_fine_tuning(w, day);
    must(writer_close(w, &err));
}

// Resumes a run and finishes days up to `days`.
static inline void sample_resume(const char *path, int days)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    struct writer *w = writer_open(path, &info, &err);

    must(w != NULL);
    for (int day = writer_days(w) + 1; day <= days; day++)
        sample_day(w, day, false);
    must(writer_close(w, &err));
}

static inline struct digest sample_digest(const char *path)
{
    struct err err = { { 0 } };
    struct digest digest;
    struct reader *r = reader_open(path, &err);

    must(r != NULL);
    must(digest_run(r, &digest, &err));
    reader_close(r);
    return digest;
}

static inline bool same_digest(const char *a, const char *b)
{
    struct digest x = sample_digest(a), y = sample_digest(b);

    for (size_t i = 0; i < DIGEST_TABLES; i++)
        if (!hash_equal(&x.tables[i].hash, &y.tables[i].hash))
            fprintf(stderr, "%s differs: %lld rows in %s, %lld in %s\n", x.tables[i].name,
                    (long long)x.tables[i].rows, a, (long long)y.tables[i].rows, b);
    return hash_equal(&x.hash, &y.hash);
}

// A new folder below /tmp; sample_remove takes it away with all files in it.
static inline char *sample_folder(void)
{
    char *folder = strdup("/tmp/propersim-store-XXXXXX");

    if (folder == NULL || mkdtemp(folder) == NULL)
        abort();
    return folder;
}

static inline void sample_remove(char *folder)
{
    struct err err = { { 0 } };
    struct file_list list = { 0 };

    must(file_list_folder(&list, folder, &err));
    for (size_t i = 0; i < list.count; i++) {
        char *path = path_join(folder, list.names[i]);
        if (file_is_folder(path))
            sample_remove(strdup(path));
        else
            unlink(path);
        free(path);
    }
    file_list_free(&list);
    rmdir(folder);
    free(folder);
}
