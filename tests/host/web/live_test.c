// Event streams of runs: what viewers are told, and that many, slow and rude ones do no harm.

#include "site.h"

enum { MANY = 500 };

#define ASK "GET /api/v1/runs/" RUN "/live HTTP/1.1\r\nHost: localhost\r\n\r\n"

// Turns the loop until all of these streams hold a text.
static void wait_for(struct site *site, const int *fds, struct buf *outs, size_t count,
                     const char *text)
{
    int64_t start = loop_now_ms(site->loop);

    for (bool all = false; !all; site_turn(site, 5)) {
        if (loop_now_ms(site->loop) - start > PATIENCE_MS)
            fail_msg("'%s' did not come; the first has: %s", text, buf_str(&outs[0]));
        all = true;
        for (size_t i = 0; i < count; i++) {
            (void)site_hear(fds[i], &outs[i]);
            all = all && strstr(buf_str(&outs[i]), text) != NULL;
        }
    }
}

static void grow(struct site *site, int days)
{
    char *path = site_run_path(site, "sample");

    sample_resume(path, days);
    free(path);
}

static void a_viewer_hears_when_a_run_grows_and_when_it_is_gone(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    int fd = site_dial(site);
    struct buf out = { 0 };
    char *path = path_join(site->folder, "sample");

    (void)state;
    site_say(fd, ASK);
    wait_for(site, &fd, &out, 1, "event: progress\ndata: {\"steps\":48,\"days_finished\":2");
    assert_non_null(strstr(buf_str(&out), "Content-Type: text/event-stream"));
    grow(site, 3);
    wait_for(site, &fd, &out, 1, "data: {\"steps\":72,\"days_finished\":3");
    sample_remove(strdup(path));
    wait_for(site, &fd, &out, 1, "event: gone");
    close(fd);
    buf_fini(&out);
    free(path);
    site_free(site);
}

static void five_hundred_viewers_and_the_pages_still_open(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct err err = { { 0 } };
    static int fds[MANY];
    static struct buf outs[MANY];

    (void)state;
    if (!loop_allow_files(MANY * 2 + 64, &err))
        skip();
    for (size_t i = 0; i < MANY; i++) {
        fds[i] = site_dial(site);
        site_say(fds[i], ASK);
        site_turn(site, 0);
    }
    wait_for(site, fds, outs, MANY, "\"steps\":48");
    site_expect(site, "/", 200, "text/html");
    site_expect(site, "/api/v1/runs/" RUN "/steps?from=0&to=9", 200, "rows");
    grow(site, 3);
    wait_for(site, fds, outs, MANY, "\"steps\":72");
    for (size_t i = 0; i < MANY; i++) { // half of them just vanish, half say something first
        if (i % 2 == 0)
            (void)!send(fds[i], "rubbish\r\n", 9, MSG_NOSIGNAL);
        close(fds[i]);
        buf_fini(&outs[i]);
    }
    site_expect(site, "/api/v1/studies", 200, "sample");
    site_free(site);
}

static void half_requests_do_not_hold_up_others(void **state)
{
    static const char *const halves[] = {
        "",
        "G",
        "GET /api/v1/studies",
        "GET / HTTP/1.1\r\nHost: 127",
        "POST /api/v1/runs/" RUN
        "/ratings HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"rater\":",
    };
    enum { HALVES = sizeof(halves) / sizeof(*halves), EACH = 20 };
    struct site *site = site_new((struct web_config){ 0 });
    int fds[HALVES * EACH];

    (void)state;
    for (size_t i = 0; i < HALVES * EACH; i++) {
        fds[i] = site_dial(site);
        if (*halves[i % HALVES] != '\0')
            site_say(fds[i], halves[i % HALVES]);
        site_turn(site, 0);
    }
    site_expect(site, "/api/v1/studies", 200, "sample");
    for (size_t i = 0; i < HALVES * EACH; i++)
        close(fds[i]);
    site_expect(site, "/api/v1/studies", 200, "sample");
    site_free(site);
}

static void a_server_that_ends_takes_its_viewers_along(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    int fd = site_dial(site);
    struct buf out = { 0 };

    (void)state;
    site_say(fd, ASK);
    wait_for(site, &fd, &out, 1, "\"steps\":48");
    site_free(site);
    assert_true(site_hear(fd, &out));
    close(fd);
    buf_fini(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_viewer_hears_when_a_run_grows_and_when_it_is_gone),
        cmocka_unit_test(five_hundred_viewers_and_the_pages_still_open),
        cmocka_unit_test(half_requests_do_not_hold_up_others),
        cmocka_unit_test(a_server_that_ends_takes_its_viewers_along),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
