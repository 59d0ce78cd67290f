// Reports of studies: made once by another program, kept while nothing changes, and never in the
// way of other requests. The program here is a shell that counts how often it was started.

#include "site.h"

// Tells how often it ran; waits for a file `go` if there is a file `wait`.
#define SCRIPT                                                                                     \
    "cd \"$0/..\"; echo x >>started; while [ -e wait ] && [ ! -e go ]; do sleep 0.02; done; "      \
    "printf '{\"made\":%d}' $(wc -l <started)"

static struct site *site_with(const char *script)
{
    return site_new((struct web_config){ .report = { "sh", "-c", script } });
}

static void put(const struct site *site, const char *name)
{
    struct err err = { { 0 } };
    char *path = path_join(site->folder, name);

    must(file_write(path, view_of(""), &err));
    free(path);
}

static void grow(struct site *site, int days)
{
    char *path = site_run_path(site, "sample");

    sample_resume(path, days);
    free(path);
}

static void a_report_is_kept_until_a_day_is_added(void **state)
{
    struct site *site = site_with(SCRIPT);

    (void)state;
    site_expect(site, "/api/v1/studies/sample/report", 200, "{\"made\":1}");
    site_expect(site, "/api/v1/studies/sample/report", 200, "{\"made\":1}");
    site_expect(site, "/api/v1/studies/sample/report", 200, "ETag: \"");
    grow(site, 3);
    site_expect(site, "/api/v1/studies/sample/report", 200, "{\"made\":2}");
    site_expect(site, "/api/v1/studies/none/report", 404, "no study of this name");
    site_free(site);
}

static void all_who_wait_get_the_same_report_and_others_are_served(void **state)
{
    enum { ASKERS = 20 };
    static const char ask[] = "GET /api/v1/studies/sample/report HTTP/1.1\r\nHost: localhost\r\n"
                              "Connection: close\r\n\r\n";
    struct site *site = site_with(SCRIPT);
    int fds[ASKERS];

    (void)state;
    put(site, "wait");
    for (size_t i = 0; i < ASKERS; i++) {
        fds[i] = site_dial(site);
        site_say(fds[i], ask);
        site_turn(site, 5);
    }
    site_expect(site, "/", 200, "text/html"); // while the report is in the making
    close(fds[0]);
    close(fds[1]); // who leaves is not waited for
    put(site, "go");
    for (size_t i = 2; i < ASKERS; i++) {
        struct buf out = { 0 };
        while (!site_hear(fds[i], &out))
            site_turn(site, 5);
        struct answer a = site_read(&out);
        assert_int_equal(a.status, 200);
        assert_string_equal(a.body, "{\"made\":1}");
        answer_fini(&a);
        close(fds[i]);
    }
    site_free(site);
}

static void what_goes_wrong_is_said(void **state)
{
    static const struct {
        const char *script, *says;
    } wrong[] = {
        { "echo propersim: it is broken >&2; exit 2", "not made: propersim: it is broken\"" },
        { "exit 7", "ended with 7" },
        { "kill -9 $$", "ended with 137" },
        { "exit 0", "ended with 0" }, // and printed nothing
    };

    (void)state;
    for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
        struct site *site = site_with(wrong[i].script);
        site_expect(site, "/api/v1/studies/sample/report", 500, wrong[i].says);
        site_free(site);
    }
    struct site *site = site_new((struct web_config){ .report = { "/no/such/program" } });
    site_expect(site, "/api/v1/studies/sample/report", 500, "/no/such/program cannot be started");
    site_free(site);
}

static void a_server_that_ends_ends_the_report_too(void **state)
{
    struct site *site = site_with(SCRIPT);
    struct buf out = { 0 };
    int fd = site_dial(site);

    (void)state;
    put(site, "wait");
    site_say(fd, "GET /api/v1/studies/sample/report HTTP/1.1\r\nHost: localhost\r\n\r\n");
    for (int i = 0; i < 20; i++)
        site_turn(site, 1);
    site_free(site); // the program would wait for ever
    (void)site_hear(fd, &out);
    assert_int_equal(out.len, 0);
    close(fd);
    buf_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_is_kept_until_a_day_is_added),
        cmocka_unit_test(all_who_wait_get_the_same_report_and_others_are_served),
        cmocka_unit_test(what_goes_wrong_is_said),
        cmocka_unit_test(a_server_that_ends_ends_the_report_too),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
