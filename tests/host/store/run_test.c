#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "sample.h"

// All rows of a query, "a|b" a line, NULL as "-".
static bool add_row(void *user, const struct value *row, size_t columns)
{
    struct buf *out = user;

    for (size_t i = 0; i < columns; i++) {
        if (i > 0)
            buf_add_char(out, '|');
        switch (row[i].type) {
        case VALUE_NULL: buf_add_char(out, '-'); break;
        case VALUE_INT: buf_addf(out, "%lld", (long long)row[i].i); break;
        case VALUE_REAL: buf_addf(out, "%g", row[i].r); break;
        case VALUE_TEXT: buf_add_view(out, row[i].bytes); break;
        case VALUE_BLOB: buf_addf(out, "<%zu>", row[i].bytes.len); break;
        }
    }
    buf_add_char(out, '\n');
    return true;
}

static void expect(struct reader *r, const char *sql, const char *rows)
{
    struct err err = { { 0 } };
    struct buf got = { 0 };

    must(reader_query(r, sql, NULL, 0, add_row, &got, &err));
    assert_string_equal(buf_str(&got), rows);
    buf_fini(&got);
}

// What the views show of the sample.
static const struct {
    const char *sql, *rows;
} shown[] = {
    { "SELECT value FROM meta WHERE key IN ('study', 'seed') ORDER BY key", "-7\nsample\n" },
    { "SELECT * FROM resident", "1|p01|Ada Lind\n2|p02|Bo Ek\n" },
    { "SELECT day, date, length(texts), state, finished, wall_ms FROM day",
      "1|2025-02-13|64|{\"day\":1}|1|12.5\n2|2025-02-14|64|{\"day\":2}|1|12.5\n" },
    { "SELECT day, path, s.text FROM day_script JOIN script s USING (hash) ORDER BY 1, 2",
      "1|prompts/rate/timing.lua|return {}\n1|scripts/household.lua|return 1\n"
      "2|prompts/rate/timing.lua|return {}\n2|scripts/household.lua|return 2\n" },
    { "SELECT * FROM step WHERE step IN (0, 25) AND who = 1",
      "0|1|2025-02-13 00:00:00|1|1739404800|3|4|R3D2|1|1|cooking 0|-\n"
      "25|2|2025-02-14 01:00:00|1|1739494800|3|4|-|1|0|cooking 1|5\n" },
    { "SELECT * FROM activity WHERE seq = 3 AND who = 2",
      "1|2|3|1739448000|2025-02-13 12:00:00|360|cooking soup|cooking|meal|home:kitchen:stove|"
      "\xf0\x9f\x8d\xb2|Ada|cooks|soup|hot\n" },
    { "SELECT * FROM schedule WHERE day = 2 AND who = 1",
      "2|1|3|36|decomposed|1739534400|2025-02-14 12:00:00|60|cooking\n"
      "2|1|4|42|decomposed|1739556000|2025-02-14 18:00:00|60|cooking\n" },
    { "SELECT * FROM event WHERE step = 4 AND who = 2",
      "4|1|2025-02-13 04:00:00|2|1|home:kitchen:sink|sink 1|is|running|sink is running 0\n" },
    { "SELECT * FROM memory WHERE stream = 'rater' AND who = 1 AND id IN (9, 48)",
      "1|rater|9|8|1|event|1|1739433600|2025-02-13 08:00:00|1739433600|2025-02-13 08:00:00|-|-|"
      "Ada|drinks|tea|Ada drinks tea 2|5.5|[\"tea\"]|[1,2]|24\n"
      "1|rater|48|47|2|thought|1|1739574000|2025-02-14 23:00:00|1739574000|2025-02-14 23:00:00|"
      "1739930400|2025-02-19 02:00:00|Ada|drinks|tea|Ada drinks tea "
      "2|5.5|[\"tea\"]|[1,2]|-\n" },
    { "SELECT last_accessed_clock FROM memory WHERE stream = 'assistant' AND id = who",
      "2025-02-14 23:00:00\n2025-02-14 23:00:00\n" },
    { "SELECT * FROM memory_clear WHERE who = 2",
      "0|1|2025-02-13 00:00:00|2|rater|1\n24|2|2025-02-14 00:00:00|2|rater|25\n" },
    { "SELECT * FROM suggestion WHERE step = 9 AND who = 1",
      "9|1|2025-02-13 09:00:00|1|1|How about tea? 1|drinks|kind|0|drawn|0|2.25|0.5|"
      "they look thirsty\n"
      "9|1|2025-02-13 09:00:00|1|2|How about tea? 2|drinks|kind|1|forced|1|2.25|0.5|"
      "they look thirsty\n" },
    { "SELECT probability FROM suggestion WHERE step = 10 AND who = 1", "-\n-\n" },
    { "SELECT slot, criterion, value, reason, status FROM rating WHERE step = 11 AND who = 1"
      " AND slot = 2",
      "2|preference|1|because 2|ok\n2|timing|-|because 0|failed\n"
      "2|frequency|0|because 1|ok\n2|communication|1|because 2|ok\n" },
    { "SELECT status, count(*) FROM rating WHERE step = 12 GROUP BY 1", "shared|16\n" },
    { "SELECT step, slot, score FROM score WHERE step IN (9, 11) AND who = 1",
      "9|1|3\n9|2|3\n11|1|-\n11|2|-\n" },
    { "SELECT * FROM pair WHERE step = 12", "12|1|2025-02-13 12:00:00|1|1|2|2\n"
                                            "12|1|2025-02-13 12:00:00|2|1|2|2\n" },
    { "SELECT * FROM policy WHERE who = 1", "1|1|[\"a\",\"b\"]|<16>|<7>\n"
                                            "2|1|[\"a\",\"b\"]|<16>|<7>\n" },
    { "SELECT * FROM summary WHERE step = 12 AND who = 1",
      "1|rater|hour|1739448000|2025-02-13 12:00:00|1739451600|2025-02-13 13:00:00|12|"
      "10:00-11:00: two recommendations\n" },
    { "SELECT * FROM retrieval WHERE step = 12 AND who = 1",
      "12|1|2025-02-13 12:00:00|1|assistant|1|1|12|Ada is cooking|1.5|0.25|0.5|0.75\n" },
    { "SELECT * FROM call WHERE step = 7",
      "2|7|1|2025-02-13 07:00:00|1|rater|rate/timing|3|m-1|"
      "1f58b9145b24d108d7ac38887338b3ea3229833b9c1e418250343f907bfd1047|0|ok|900|20|800|"
      "0.001|312.5|1|429\n" },
    { "SELECT draw, reply, request_text FROM reply", "0|1|Was it a good time?\n" },
    { "SELECT * FROM embedding", "e-1|Ada is cooking|2|<8>\n" },
    { "SELECT DISTINCT source, level, message, clock FROM log WHERE step = 12 OR source ="
      " 'host'",
      "host|warning|said by the host|-\n"
      "script|info|said by a script|2025-02-13 12:00:00\n" },
    { "SELECT rated, score, text FROM delivery WHERE step IN (9, 11) AND who = 1",
      "1|3|How about tea? 2\n1|-|How about tea? 1\n" },
};

static void what_is_written_is_what_the_views_show(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct reader *r = NULL;

    (void)state;
    sample_run(path, 2);
    r = reader_open(path, &err);
    must(r != NULL);
    for (size_t i = 0; i < sizeof(shown) / sizeof(*shown); i++)
        expect(r, shown[i].sql, shown[i].rows);
    assert_string_equal(reader_info(r)->condition, "learning");
    assert_int_equal(reader_info(r)->seed, -7);
    assert_string_equal(reader_info(r)->residents[1].name, "Bo Ek");
    reader_close(r);
    free(path);
    sample_remove(folder);
}

struct day_check {
    struct day_numbers days[8];
    size_t count;
};

static bool keep_day(void *user, const struct day_numbers *day)
{
    struct day_check *check = user;

    check->days[check->count++] = *day;
    return check->count < 8;
}

static void put_case(struct writer *w, int64_t step, int slot, bool delivered, bool silent,
                     const char *values)
{
    struct err err = { { 0 } };
    struct row_suggestion s = { .step = step,
                                .who = 1,
                                .slot = slot,
                                .text = view_of("x"),
                                .silent = silent,
                                .source = SOURCE_DRAWN,
                                .delivered = delivered,
                                .logit = NAN,
                                .probability = NAN };
    struct row_rating r = { .step = step, .who = 1, .slot = slot };

    must(writer_append_suggestion(w, &s, &err));
    for (size_t i = 0; values != NULL && i < RATE_COUNT; i++)
        r.value[i] = values[i] == 'f' ? -1 : values[i] - '0';
    if (values != NULL)
        must(writer_append_rating(w, &r, &err));
}

static void a_day_in_numbers_counts_delivered_suggestions_only(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info info = sample_info();
    struct text_set texts = { 0 };
    struct writer *w = writer_create(path, &info, &err);
    struct reader *r = NULL;
    struct day_check check = { 0 };
    const struct day_numbers *d = &check.days[0];

    (void)state;
    must(w != NULL);
    must(writer_begin_day(w, 1, &texts, &err));
    for (int64_t step = 0; step < SAMPLE_STEPS; step++) {
        struct row_step row = { .step = step, .who = 1, .asleep = step < 4 };
        must(writer_append_step(w, &row, &err));
    }
    put_case(w, 10, 1, false, false, "1111"); // not delivered: counts nowhere
    put_case(w, 10, 2, true, false, "1101");  // a success
    put_case(w, 11, 2, true, false, "0001");
    put_case(w, 12, 2, true, false, "11f1"); // failed: a recommendation, but in no sum
    put_case(w, 13, 2, true, false, NULL);   // not rated
    put_case(w, 14, 2, true, true, "1011");
    put_case(w, 15, 2, true, true, "f000");
    must(writer_commit(w, &err));
    r = reader_open(path, &err);
    must(r != NULL);
    must(reader_days(r, keep_day, &check, &err));
    assert_int_equal(check.count, 1);
    assert_int_equal(d->day, 1);
    assert_int_equal(d->who, 1);
    assert_false(d->finished);
    assert_int_equal(d->steps, SAMPLE_STEPS);
    assert_int_equal(d->awake_steps, SAMPLE_STEPS - 4);
    assert_int_equal(d->ratings, 5);
    assert_int_equal(d->scored, 3);
    assert_int_equal(d->failed, 2);
    assert_int_equal(d->score_sum, 7);
    assert_int_equal(d->criterion_sum[RATE_PREFERENCE], 2);
    assert_int_equal(d->criterion_sum[RATE_TIMING], 1);
    assert_int_equal(d->criterion_sum[RATE_FREQUENCY], 1);
    assert_int_equal(d->criterion_sum[RATE_COMMUNICATION], 3);
    assert_int_equal(d->recommendations, 4);
    assert_int_equal(d->recommendations_scored, 2);
    assert_int_equal(d->recommendation_score_sum, 4);
    assert_int_equal(d->successes, 1);
    assert_int_equal(d->abstentions, 2);
    assert_int_equal(d->abstentions_scored, 1);
    assert_int_equal(d->abstention_score_sum, 3);
    expect(r, "SELECT recommendations_per_hour, success_rate FROM daily", "0.2|0.5\n");
    reader_close(r);
    must(writer_close(w, &err));
    free(path);
    sample_remove(folder);
}

struct seen {
    int64_t first, last;
    size_t count;
    int64_t accessed_1;
};

static bool see_node(void *user, const struct row_memory *m)
{
    struct seen *s = user;

    if (s->count++ == 0)
        s->first = m->id;
    s->last = m->id;
    if (m->id == 1)
        s->accessed_1 = m->last_accessed;
    assert_true(m->text.len > 0 && m->keywords.len > 0);
    assert_int_equal(m->expiration == ROW_NONE, m->step % 2 == 0);
    return true;
}

static bool see_summary(void *user, const struct row_summary *row)
{
    struct seen *s = user;

    if (s->count++ == 0)
        s->first = row->step;
    s->last = row->step;
    return true;
}

static void a_resume_finds_what_it_needs(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct reader *r = NULL;
    struct buf text = { 0 }, weights = { 0 };
    struct seen assistant = { 0 }, rater = { 0 }, summaries = { 0 };
    int day = 0;
    bool found = false;
    double weight = 0;

    (void)state;
    sample_run(path, 2);
    r = reader_open(path, &err);
    must(r != NULL);
    must(reader_state(r, 2, &text, &err));
    assert_string_equal(buf_str(&text), "{\"day\":2}");
    assert_false(reader_state(r, 3, &text, &err));
    must(reader_memory(r, 1, STREAM_ASSISTANT, see_node, &assistant, &err));
    assert_int_equal(assistant.count, 2 * SAMPLE_STEPS);
    assert_int_equal(assistant.last, 2 * SAMPLE_STEPS);
    assert_int_equal(assistant.accessed_1, sample_time(2 * SAMPLE_STEPS - 1));
    must(reader_memory(r, 2, STREAM_RATER, see_node, &rater, &err)); // emptied at midnight
    assert_int_equal(rater.first, SAMPLE_STEPS + 7 + 1);
    must(reader_summaries(r, 1, STREAM_RATER, see_summary, &summaries, &err));
    assert_int_equal(summaries.count, 2);
    assert_int_equal(summaries.first, SAMPLE_STEPS + 12);
    must(reader_policy(r, 2, 1, &day, &weights, NULL, &text, &err));
    assert_int_equal(day, 1);
    assert_string_equal(buf_str(&text), "[\"a\",\"b\"]");
    must(reader_policy(r, 2, 9, &day, &weights, NULL, NULL, &err));
    assert_int_equal(day, 2);
    assert_int_equal(weights.len, 16);
    memcpy(&weight, weights.data + 8, sizeof(weight));
    assert_true(weight == 2);
    must(reader_policy(r, 3, 9, &day, &weights, NULL, NULL, &err));
    assert_int_equal(day, 0);
    must(reader_meta(r, "steps_per_day", &text, &found, &err));
    assert_true(found);
    assert_string_equal(buf_str(&text), "24");
    must(reader_meta(r, "nothing", &text, &found, &err));
    assert_false(found);
    reader_close(r);
    buf_fini(&text);
    buf_fini(&weights);
    free(path);
    sample_remove(folder);
}

// Runs in a child: two whole days, then `steps` of the third, committing before the last of them,
// then dies as a kill would.
static void write_and_die(const char *path, int steps)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, &err);

    must(w != NULL);
    sample_day(w, 1, false);
    sample_day(w, 2, false);
    if (steps >= 0)
        sample_begin(w, 3);
    for (int i = 0; i < steps; i++) {
        if (i == steps - 1)
            must(writer_commit(w, &err));
        sample_one(w, 2 * SAMPLE_STEPS + i, i % 2 == 0);
    }
    raise(SIGKILL);
    _exit(1);
}

static void after_a_kill_a_resume_gives_the_undisturbed_run(void **state)
{
    char *folder = sample_folder();
    char *two = path_join(folder, "two.sqlite"), *four = path_join(folder, "four.sqlite");
    struct run_info info = sample_info();
    struct err err = { { 0 } };

    (void)state;
    sample_run(two, 2);
    sample_run(four, 4);
    for (int steps = -1; steps <= SAMPLE_STEPS; steps += 3) {
        char *path = path_join(folder, "killed.sqlite");
        int status = 0;
        pid_t child = fork();
        struct writer *w = NULL;
        struct buf reply = { 0 };
        struct hash request = hash_of(view_of("request"));
        bool found = false;

        if (child == 0)
            write_and_die(path, steps);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
        w = writer_open(path, &info, &err);
        must(w != NULL);
        assert_int_equal(writer_days(w), 2);
        must(writer_find_reply(w, &request, 0, &reply, &found, &err));
        assert_true(found);
        buf_fini(&reply);
        must(writer_close(w, &err));
        assert_true(same_digest(path, two));
        sample_resume(path, 4);
        assert_true(same_digest(path, four));
        unlink(path);
        free(path);
    }
    free(two);
    free(four);
    sample_remove(folder);
}

static void what_was_paid_for_survives_a_kill(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, &err);
    struct text_set texts = { 0 };
    struct hash request = hash_of(view_of("q"));
    struct row_call call = {
        .step = 3, .who = 1, .model = view_of("m"), .status = CALL_OK, .tokens_in = ROW_NONE
    };
    struct buf got = { 0 };
    bool found = false;
    struct reader *r = NULL;

    (void)state;
    must(w != NULL);
    must(writer_begin_day(w, 1, &texts, &err));
    must(writer_append_call(w, &call, &err));
    must(writer_append_reply(w, &request, 1, view_of("yes"), (struct view){ 0 }, &err));
    must(writer_append_reply(w, &request, 1, view_of("no"), (struct view){ 0 }, &err));
    must(writer_append_embedding(w, view_of("m"), view_of("t"), view_of("abcd"), &err));
    must(writer_find_reply(w, &request, 1, &got, &found, &err)); // not committed yet
    assert_true(found);
    assert_string_equal(buf_str(&got), "yes"); // the first stays
    must(writer_close(w, &err));
    w = writer_open(path, &info, &err); // takes day 1 away, which was not finished
    must(w != NULL);
    assert_int_equal(writer_days(w), 0);
    must(writer_find_reply(w, &request, 1, &got, &found, &err));
    assert_true(found);
    must(writer_find_reply(w, &request, 0, &got, &found, &err)); // another draw
    assert_false(found);
    must(writer_find_embedding(w, view_of("m"), view_of("t"), &got, &found, &err));
    assert_true(found && got.len == 4);
    must(writer_find_embedding(w, view_of("m2"), view_of("t"), &got, &found, &err));
    assert_false(found);
    must(writer_close(w, &err));
    r = reader_open(path, &err);
    must(r != NULL);
    expect(r, "SELECT model, status, tokens_in FROM call", "m|ok|-\n");
    reader_close(r);
    buf_fini(&got);
    free(path);
    sample_remove(folder);
}

static void rows_come_in_their_day_only(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info info = sample_info();
    struct text_set texts = { 0 };
    struct writer *w = writer_create(path, &info, &err);
    struct row_step step = { .step = 0, .who = 1 };
    struct row_policy policy = { .day = 2, .who = 1, .weights = view_of("") };
    struct row_access unknown = { .who = 1, .stream = STREAM_RATER, .id = 5 };
    struct row_log log = { .step = ROW_NONE, .source = LOG_SCRIPT, .message = view_of("x") };

    (void)state;
    must(w != NULL);
    assert_false(writer_append_step(w, &step, &err));
    assert_non_null(strstr(err.text, "no day is open"));
    assert_false(writer_append_log(w, &log, &err));
    assert_false(writer_begin_day(w, 2, &texts, &err));
    assert_false(writer_set_note(w, "seed", value_int(1), &err));
    must(writer_set_note(w, "state", value_text(view_of("running")), &err));
    must(writer_set_note(w, "state", value_text(view_of("failed")), &err));
    must(writer_begin_day(w, 1, &texts, &err));
    step.step = SAMPLE_STEPS;
    assert_false(writer_append_step(w, &step, &err));
    assert_non_null(strstr(err.text, "step 24 comes during day 1 (steps 0 to 23)"));
    assert_false(writer_append_policy(w, &policy, &err));
    step.step = 3;
    must(writer_append_step(w, &step, &err)); // refusals before it did no harm
    assert_false(writer_finish_day(w, view_of("{}"), &unknown, 1, 1, &err));
    assert_non_null(strstr(err.text, "node 5"));
    assert_false(writer_append_step(w, &step, &err)); // broken: the first error again
    assert_non_null(strstr(err.text, "node 5"));
    assert_false(writer_close(w, &err));
    free(path);
    sample_remove(folder);
}

// Writes days when told: a byte on `go` is one day, the answer on `done` says that it is written.
static void write_when_told(const char *path, int go, int done)
{
    struct err err = { { 0 } };
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, &err);
    char token = 0;

    must(w != NULL);
    must(write(done, "x", 1) == 1);
    for (int day = 1; read(go, &token, 1) == 1; day++) {
        sample_day(w, day, false);
        must(write(done, "x", 1) == 1);
    }
    must(writer_close(w, &err));
    _exit(0);
}

static void a_reader_follows_a_run_that_another_process_writes(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    int go[2], done[2], days = 0, status = 0;
    int64_t steps = 0;
    char token = 0;
    pid_t child = 0;
    struct reader *r = NULL;
    struct digest before, during, after;

    (void)state;
    assert_int_equal(pipe(go) + pipe(done), 0);
    child = fork();
    if (child == 0) {
        close(go[1]);
        write_when_told(path, go[0], done[1]);
    }
    assert_int_equal(read(done[0], &token, 1), 1);
    r = reader_open(path, &err);
    must(r != NULL);
    for (int day = 1; day <= 3; day++) {
        if (day == 3) {
            must(reader_snapshot(r, &err));
            must(digest_run(r, &before, &err));
        }
        assert_int_equal(write(go[1], "x", 1), 1);
        assert_int_equal(read(done[0], &token, 1), 1);
        must(reader_progress(r, &days, &steps, &err));
        assert_int_equal(days, day == 3 ? 2 : day); // a snapshot stands still
        assert_int_equal(steps, days * SAMPLE_STEPS);
    }
    must(digest_run(r, &during, &err));
    reader_release(r);
    must(digest_run(r, &after, &err));
    assert_true(hash_equal(&before.hash, &during.hash));
    assert_false(hash_equal(&before.hash, &after.hash));
    close(go[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0); // closing does not mind a reader
    must(reader_progress(r, &days, &steps, &err));
    assert_int_equal(days, 3);
    reader_close(r);
    close(go[0]);
    close(done[0]);
    close(done[1]);
    free(path);
    sample_remove(folder);
}

static void commits_come_with_the_clock(void **state)
{
    struct err err = { { 0 } };
    char *folder = sample_folder(), *path = path_join(folder, "a.sqlite");
    struct run_info info = sample_info();
    struct writer *w = writer_create(path, &info, &err);
    struct reader *r = reader_open(path, &err);
    int days = 0;
    int64_t steps = 0;

    (void)state;
    must(w != NULL && r != NULL);
    must(writer_commit_due(w, 1000, &err));
    sample_begin(w, 1);
    sample_one(w, 0, false);
    must(writer_commit_due(w, 1300, &err));
    must(reader_progress(r, &days, &steps, &err));
    assert_int_equal(steps, 0);
    must(writer_commit_due(w, 1500, &err));
    must(reader_progress(r, &days, &steps, &err));
    assert_int_equal(steps, 1);
    reader_close(r);
    must(writer_close(w, &err));
    free(path);
    sample_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_what_the_views_show),
        cmocka_unit_test(a_day_in_numbers_counts_delivered_suggestions_only),
        cmocka_unit_test(a_resume_finds_what_it_needs),
        cmocka_unit_test(after_a_kill_a_resume_gives_the_undisturbed_run),
        cmocka_unit_test(what_was_paid_for_survives_a_kill),
        cmocka_unit_test(rows_come_in_their_day_only),
        cmocka_unit_test(a_reader_follows_a_run_that_another_process_writes),
        cmocka_unit_test(commits_come_with_the_clock),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
