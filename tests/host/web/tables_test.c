// The JSON tables: pages, ranges, what a step may know, and questions that are wrong.

#include "site.h"

enum { RESIDENTS = 2, STEPS = 2 * SAMPLE_STEPS };

static void a_run_says_what_it_is(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct json *run = site_json(site, "/api/v1/runs/" RUN), *all = NULL;
    const struct json *study = NULL, *waiting = NULL;

    (void)state;
    assert_int_equal(site_int(run, "steps"), STEPS);
    assert_int_equal(site_int(run, "days_finished"), 2);
    assert_string_equal(site_text(run, "state"), "finished");
    assert_string_equal(site_text(run, "seed"), "-7");
    assert_int_equal(json_count(json_get(run, "residents")), RESIDENTS);
    assert_string_equal(site_text(json_first(json_get(run, "residents")), "name"), "Ada Lind");
    assert_int_equal(json_count(json_get(run, "scores")), 2);
    json_free(run);

    all = site_json(site, "/api/v1/studies");
    study = json_first(json_get(all, "studies"));
    waiting = json_next(json_first(json_get(study, "runs")));
    assert_string_equal(site_text(waiting, "state"), "waiting");
    assert_int_equal(site_int(waiting, "steps"), 0);
    json_free(all);
    site_expect(site, "/api/v1/runs/sample:learning:p03-s1", 404, "no file yet");
    site_expect(site, "/api/v1/runs/sample:learning:p99-s1", 404, "no run of this name");
    site_free(site);
}

// Follows `next` with pages of `limit` rows: every row once, in order.
static int64_t walk(struct site *site, const char *query, int limit)
{
    int64_t rows = 0, offset = 0, last = -1;

    for (bool more = true; more;) {
        struct buf path = { 0 };
        buf_addf(&path, "/api/v1/runs/" RUN "/%s&limit=%d&offset=%lld", query, limit,
                 (long long)offset);
        struct json *doc = site_json(site, buf_str(&path));
        const struct json *next = json_get(doc, "next");
        for (const struct json *row = json_first(json_get(doc, "rows")); row != NULL;
             row = json_next(row)) {
            const struct json *step = json_first(row);
            int64_t at = (int64_t)json_number(step) * 10 + (int64_t)json_number(json_next(step));
            assert_int_equal(json_count(row), json_count(json_get(doc, "columns")));
            assert_true(at > last);
            last = at;
            rows++;
        }
        assert_true(json_count(json_get(doc, "rows")) <= (size_t)limit);
        more = json_type(next) == JSON_NUMBER;
        if (more)
            offset = (int64_t)json_number(next);
        json_free(doc);
        buf_fini(&path);
    }
    return rows;
}

static void pages_give_every_row_once(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (int limit = 1; limit < 200; limit = limit * 3 + 4)
        assert_int_equal(walk(site, "steps?from=0&to=47", limit), STEPS * RESIDENTS);
    assert_int_equal(walk(site, "steps?from=0&to=47&who=2", 7), STEPS);
    assert_int_equal(walk(site, "steps?from=3&to=5", 100), 3 * RESIDENTS);
    assert_int_equal(walk(site, "marks?from=0&to=2147483647", 10), 2 * 17 * RESIDENTS);
    site_free(site);
}

static size_t count_rows(struct site *site, const char *path)
{
    struct json *doc = site_json(site, path);
    size_t n = json_count(json_get(doc, "rows"));

    json_free(doc);
    return n;
}

static void a_step_knows_nothing_later(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?who=1&stream=assistant&step=9"),
                     10);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?who=1&stream=assistant&step=0"),
                     1);
    // The rater's memory is emptied at midnight, the assistant's is not
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?who=1&stream=rater&step=23"),
                     17);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?who=1&stream=rater&step=24"), 0);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?who=1&stream=assistant&step=24"),
                     25);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/schedule?day=1&who=1&step=11"), 0);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/schedule?day=1&who=1&step=12"), 1);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/places?who=1&step=3"), 1);
    site_free(site);
}

static void words_are_looked_for_as_they_are(void **state)
{
    static const char *const never[] = { "%25", "_", "tea%27%20OR%201%3D1--", "%22", "%5C" };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?stream=assistant&q=DRINKS+TEA"),
                     48);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?stream=assistant&type=thought"),
                     24);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?stream=assistant&id=7"), 1);
    assert_int_equal(count_rows(site, "/api/v1/runs/" RUN "/memory?stream=assistant&id=99"), 0);
    for (size_t i = 0; i < sizeof(never) / sizeof(*never); i++) {
        struct buf path = { 0 };
        buf_addf(&path, "/api/v1/runs/" RUN "/memory?stream=assistant&q=%s", never[i]);
        assert_int_equal(count_rows(site, buf_str(&path)), 0);
        buf_fini(&path);
    }
    site_free(site);
}

static void every_table_answers(void **state)
{
    static const char *const tables[] = {
        "steps?from=0&to=47",
        "activities?from=0&to=47",
        "suggestions?from=0&to=47",
        "pairs?from=0&to=47",
        "ratings-simulated?from=0&to=47",
        "marks?from=0&to=47",
        "events?from=0&to=47",
        "schedule?day=1",
        "identity?day=2",
        "memory?stream=assistant",
        "summaries?stream=rater",
        "places",
        "retrievals?step=12",
        "calls?step=14&who=1",
        "log?from=0&to=47",
        "texts?day=2&q=scripts/household.lua",
    };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
        struct buf path = { 0 };
        buf_addf(&path, "/api/v1/runs/" RUN "/%s", tables[i]);
        if (count_rows(site, buf_str(&path)) == 0)
            fail_msg("%s is empty", tables[i]);
        buf_fini(&path);
    }
    site_expect(site, "/api/v1/runs/" RUN "/calls?step=14", 200, "Was it a good time?");
    site_expect(site, "/api/v1/runs/" RUN "/texts?day=1&q=scripts/household.lua", 200, "return 1");
    site_expect(site, "/api/v1/runs/" RUN "/texts?day=2&q=scripts/household.lua", 200, "return 2");
    // The last midnight that is known, and never a later one
    site_expect(site, "/api/v1/runs/" RUN "/identity?day=1&who=2", 200, "[2,1,null]],");
    site_expect(site, "/api/v1/runs/" RUN "/identity?day=9&who=1", 200, "[1,2,null]],");
    site_expect(site, "/api/v1/runs/" RUN "/days", 200, "\"days\":[{\"day\":1,\"who\":1");
    site_free(site);
}

static void wrong_questions_are_told_what_is_wrong(void **state)
{
    static const struct {
        const char *query, *part;
    } wrong[] = {
        { "steps?from=-1", "from must be a whole number from 0" },
        { "steps?from=1.5", "from must be" },
        { "steps?from=", "from must be" },
        { "steps?from=99999999999999999999", "from must be" },
        { "steps?from=10&to=9", "to must be a whole number from 10" },
        { "steps?from=0&to=4000", "to must be a whole number from 0 to 3999" },
        { "steps?limit=0", "limit must be" },
        { "steps?limit=100000", "limit must be" },
        { "steps?offset=-1", "offset must be" },
        { "steps?who=x", "who must be" },
        { "memory?stream=neighbour", "stream must be resident, assistant or rater" },
        { "schedule?day=0", "day must be" },
    };
    struct site *site = site_new((struct web_config){ 0 });
    struct buf longer = { 0 };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct buf path = { 0 };
        buf_addf(&path, "/api/v1/runs/" RUN "/%s", wrong[i].query);
        site_expect(site, buf_str(&path), 400, wrong[i].part);
        buf_fini(&path);
    }
    buf_add_str(&longer, "/api/v1/runs/" RUN "/memory?q=");
    for (int i = 0; i < 201; i++)
        buf_add_char(&longer, 'a');
    site_expect(site, buf_str(&longer), 400, "too long");
    buf_fini(&longer);
    site_expect(site, "/api/v1/runs/" RUN "/nothing", 404, "docs/http-api.md");
    site_expect(site, "/api/v1/studies?limit=201", 400, "limit must be");
    site_free(site);
}

static void a_broken_policy_is_an_error_not_an_empty_list(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    site_expect(site, "/api/v1/runs/" RUN "/policy", 500, "no saved weights");
    site_expect(site, "/api/v1/runs/" RUN "/policy?count=101", 400, "count must be");
    site_free(site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_says_what_it_is),
        cmocka_unit_test(pages_give_every_row_once),
        cmocka_unit_test(a_step_knows_nothing_later),
        cmocka_unit_test(words_are_looked_for_as_they_are),
        cmocka_unit_test(every_table_answers),
        cmocka_unit_test(wrong_questions_are_told_what_is_wrong),
        cmocka_unit_test(a_broken_policy_is_an_error_not_an_empty_list),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
