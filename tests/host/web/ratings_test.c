// What people give as raters: who may write, what is stored and where, and what never changes.

#include "site.h"

#include "base/hash.h"

#define FINE                                                                                       \
    "{\"rater\":\"Ann\",\"step\":12,\"who\":1,\"slot\":2,\"preference\":1,\"timing\":0,"           \
    "\"frequency\":1,\"communication\":1}"

static struct answer post(struct site *site, const char *origin, const char *type, const char *body)
{
    struct buf b = { 0 };
    struct answer a;

    buf_add_str(&b, "POST /api/v1/runs/" RUN "/ratings HTTP/1.1\r\nHost: 127.0.0.1:8\r\n");
    if (origin != NULL)
        buf_addf(&b, "Origin: %s\r\n", origin);
    if (type != NULL)
        buf_addf(&b, "Content-Type: %s\r\n", type);
    buf_addf(&b, "Connection: close\r\nContent-Length: %zu\r\n\r\n%s", strlen(body), body);
    a = site_exchange(site, buf_str(&b));
    buf_fini(&b);
    return a;
}

static void give(struct site *site, const char *body, int status, const char *part)
{
    struct answer a = post(site, "http://127.0.0.1:8", "application/json", body);

    if (a.status != status || strstr(a.body, part) == NULL)
        fail_msg("%s: wanted %d and '%s', got %d %s", body, status, part, a.status, a.body);
    answer_fini(&a);
}

static struct hash hash_of_run(struct site *site)
{
    struct err err = { { 0 } };
    struct buf bytes = { 0 };
    char *path = site_run_path(site, "sample");
    struct hash hash;

    must(file_read(&bytes, path, 1 << 24, &err));
    hash = hash_of(buf_view(&bytes));
    buf_fini(&bytes);
    free(path);
    return hash;
}

static void ratings_are_kept_beside_the_run(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct hash before = hash_of_run(site), after;
    char *folder = path_join(site->folder, "sample/ratings/learning/p01+p02-s-7.jsonl");
    struct json *doc = site_json(site, "/api/v1/runs/" RUN "/ratings");
    const struct json *first = NULL;

    (void)state;
    assert_int_equal(json_count(json_get(doc, "ratings")), 0);
    json_free(doc);
    give(site, FINE, 200, "stored");
    give(site,
         "{\"rater\":\"\xc3\x89va \\\"x\\\"\",\"step\":13,\"who\":2,\"slot\":1,\"preference\":0,"
         "\"timing\":0,\"frequency\":0,\"communication\":0}",
         200, "stored");
    doc = site_json(site, "/api/v1/runs/" RUN "/ratings");
    first = json_first(json_get(doc, "ratings"));
    assert_string_equal(site_text(first, "rater"), "Ann");
    assert_int_equal(site_int(first, "step"), 12);
    assert_int_equal(site_int(first, "timing"), 0);
    assert_int_equal(site_int(first, "preference"), 1);
    assert_string_equal(site_text(json_next(first), "rater"), "\xc3\x89va \"x\"");
    json_free(doc);
    assert_true(file_exists(folder));
    after = hash_of_run(site);
    assert_true(hash_equal(&before, &after));
    free(folder);
    site_free(site);
}

static void torn_lines_are_left_out_and_counted(void **state)
{
    static const char torn[] =
        "{\"rater\":\"Bo\",\"step\":12,\"who\":1,\"slot\":1,\"preference\":1,"
        "\"timing\":1,\"frequency\":1,\"communication\":1}\n\n[1]\nnonsense\n"
        "{\"rater\":\"Cy\",\"step\":13,\"wh";
    struct site *site = site_new((struct web_config){ 0 });
    struct err err = { { 0 } };
    struct buf text = { 0 };
    char *path = path_join(site->folder, "sample/ratings/learning/p01+p02-s-7.jsonl");
    char *folder = path_folder(path);
    struct json *doc = NULL;
    const struct json *first = NULL;

    (void)state;
    must(file_make_folder(folder, &err));
    must(file_write(path, view_of(torn), &err));
    for (int times = 1; times <= 2; times++) { // what is torn stays alone
        give(site, FINE, 200, "stored");
        doc = site_json(site, "/api/v1/runs/" RUN "/ratings");
        first = json_first(json_get(doc, "ratings"));
        assert_string_equal(site_text(first, "rater"), "Bo");
        assert_string_equal(site_text(json_next(first), "rater"), "Ann");
        assert_int_equal(json_count(json_get(doc, "ratings")), 1 + times);
        assert_int_equal(site_int(doc, "unreadable"), 3);
        json_free(doc);
    }
    must(file_read(&text, path, 1 << 20, &err));
    assert_memory_equal(buf_str(&text), torn, strlen(torn));
    assert_int_equal(buf_str(&text)[strlen(torn)], '\n');
    buf_fini(&text);
    free(folder);
    free(path);
    site_free(site);
}

static void only_our_own_pages_write(void **state)
{
    static const struct {
        const char *origin, *type;
        int status;
    } writers[] = {
        { NULL, "application/json", 403 },
        { "null", "application/json", 403 },
        { "http://evil.example", "application/json", 403 },
        { "http://127.0.0.1:9", "application/json", 403 },
        { "http://127.0.0.1:8.evil.example", "application/json", 403 },
        { "http://127.0.0.1:8", NULL, 415 },
        { "http://127.0.0.1:8", "text/plain", 415 },
        { "http://127.0.0.1:8", "application/x-www-form-urlencoded", 415 },
    };
    struct site *site = site_new((struct web_config){ 0 });
    char *path = path_join(site->folder, "sample/ratings");

    (void)state;
    for (size_t i = 0; i < sizeof(writers) / sizeof(*writers); i++) {
        struct answer a = post(site, writers[i].origin, writers[i].type, FINE);
        assert_int_equal(a.status, writers[i].status);
        answer_fini(&a);
    }
    assert_false(file_exists(path));
    free(path);
    site_free(site);
}

static void what_is_no_rating_is_refused(void **state)
{
    static const struct {
        const char *body, *part;
    } wrong[] = {
        { "", "line 1" },
        { "[]", "`rater` is missing" },
        { "{\"rater\":\"\"", "line 1" },
        { "{\"rater\":1}", "`rater` must be text" },
        { "{\"rater\":\"A\",\"step\":12,\"who\":1,\"slot\":3}", "`slot`" },
        { "{\"rater\":\"A\",\"step\":12,\"who\":1,\"slot\":2,\"preference\":2}", "`preference`" },
        { "{\"rater\":\"A\",\"step\":12,\"who\":1,\"slot\":2,\"preference\":1,\"timing\":0,"
          "\"frequency\":0.5}",
          "`frequency`" },
        { "{\"rater\":\"\",\"step\":12,\"who\":1,\"slot\":2,\"preference\":1,\"timing\":0,"
          "\"frequency\":1,\"communication\":1}",
          "name of 1 to" },
        { "{\"rater\":\"a\\nb\",\"step\":12,\"who\":1,\"slot\":2,\"preference\":1,\"timing\":0,"
          "\"frequency\":1,\"communication\":1}",
          "name of 1 to" },
        { "{\"rater\":\"A\",\"step\":2,\"who\":1,\"slot\":2,\"preference\":1,\"timing\":0,"
          "\"frequency\":1,\"communication\":1}",
          "no such suggestion" },
        { "{\"rater\":\"A\",\"step\":12,\"who\":3,\"slot\":2,\"preference\":1,\"timing\":0,"
          "\"frequency\":1,\"communication\":1}",
          "no such suggestion" },
    };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
        give(site, wrong[i].body, 400, wrong[i].part);
    site_free(site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratings_are_kept_beside_the_run),
        cmocka_unit_test(torn_lines_are_left_out_and_counted),
        cmocka_unit_test(only_our_own_pages_write),
        cmocka_unit_test(what_is_no_rating_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
