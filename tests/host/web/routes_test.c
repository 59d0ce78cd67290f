// Pages, pictures, addresses of the original, and what must not be reached.

#include "site.h"

static void every_page_is_the_shell(void **state)
{
    static const char *const pages[] = {
        "/",
        "/live/" RUN,
        "/replay/" RUN,
        "/replay/" RUN "/12",
        "/demo/" RUN,
        "/demo/" RUN "/12",
        "/demo/" RUN "/12/3",
        "/state/" RUN "/12/Ada%20Lind",
        "/step/" RUN "/12",
        "/study/sample",
        "/rate/" RUN,
        "/path_tester",
        "/path_tester/house",
    };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++)
        site_expect(site, pages[i], 200, "text/html");
    site_expect(site, "/", 200, "Content-Security-Policy: default-src 'self'");
    site_expect(site, "/favicon.ico", 200, "image/svg+xml");
    site_expect(site, "/assets/people.png", 200, "PNG");
    site_free(site);
}

static void addresses_of_the_original_lead_on(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    site_expect(site, "/simulator_home", 302, "Location: /live/" RUN);
    site_expect(site, "/live", 302, "Location: /live/" RUN);
    site_expect(site, "/replay_persona_state/" RUN "/12/Ada_Lind", 302,
                "Location: /state/" RUN "/12/Ada_Lind");
    site_expect(site, "/replay_persona_state/" RUN "/12/Ada%20Lind", 302,
                "Location: /state/" RUN "/12/Ada%20Lind");
    // They end in a slash there
    site_expect(site, "/simulator_home/", 302, "Location: /live/" RUN);
    site_expect(site, "/replay_persona_state/" RUN "/12/Ada_Lind/", 302,
                "Location: /state/" RUN "/12/Ada_Lind");
    site_expect(site, "/replay/" RUN "/12/", 200, "text/html");
    site_expect(site, "/demo/" RUN "/12/3/", 200, "text/html");
    site_expect(site, "/path_tester/", 200, "text/html");
    site_expect(site, "/replay/" RUN "/12//", 404, "text/html");
    // What comes from the address cannot end the header, or lead to another host
    site_expect(site, "/replay_persona_state/a%0d%0aX/1/b", 302, "Location: /state/a%0D%0AX/1/b");
    site_expect(site, "/replay_persona_state/%5c%5cevil/1/b", 302, "Location: /state/%5C%5Cevil/");
    site_free(site);
}

static void nothing_outside_is_reached(void **state)
{
    static const char *const paths[] = {
        "/assets/..%2f..%2fCMakeLists.txt",
        "/assets/../../CMakeLists.txt",
        "/assets/%2e%2e/%2e%2e/CMakeLists.txt",
        "/assets/..%5c..%5cCMakeLists.txt",
        "/assets/maps%2ftiles%2fpeople.png",
        "/assets/people.png%00.svg",
        "/assets/",
        "/api/v1/maps/..%2f..%2fetc%2fpasswd",
        "/api/v1/maps/../../../etc/passwd",
        "/api/v1/maps/..",
        "/api/v1/maps/.",
        "/api/v1/maps/house.tmj",
        "/api/v1/maps/house/pictures/..%2fpeople.png",
        "/api/v1/maps/house/pictures/99",
        "/api/v1/maps/house/pictures/-1",
        "/api/v1/maps/house/pictures/0x0",
        "/api/v1/maps/house/pictures/",
        "/api/v1/runs/..%2f..%2fetc%2fpasswd",
        "/api/v1/runs/../days",
        "/api/v1/runs/" RUN "/..%2fdays",
        "/api/v1/runs/" RUN "/sqlite_master",
        "/api/v1/studies/../report",
        "/api/v1/studies/..%2f/report",
        "/api/v1/studies/%2e%2e/report",
        "/etc/passwd",
        "/sample/study.json",
        "/api/v2/studies",
    };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        struct answer a = site_get(site, paths[i]);
        const char *says =
            strncmp(paths[i], "/api/", 5) == 0 || strncmp(paths[i], "/assets/", 8) == 0
                ? "{\"error\":"
                : "<!doctype html>"; // the page says what to do
        if (a.status != 404 || strncmp(a.body, says, strlen(says)) != 0)
            fail_msg("%s: %d %.200s", paths[i], a.status, a.body);
        answer_fini(&a);
    }
    site_expect(site, "//etc/passwd", 400, "error");
    site_free(site);
}

static void wrong_addresses_get_a_page_that_says_so(void **state)
{
    static const char *const paths[] = { "/nope",  "/replay",          "/study",
                                         "/rate/", "/state/" RUN "/5", "/live/a/b/c" };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
        site_expect(site, paths[i], 404, "text/html");
        site_expect(site, paths[i], 404, "<!doctype html");
    }
    site_expect(site, "/api/v1/nope", 404, "{\"error\":");
    site_free(site);
}

static void only_ratings_are_written(void **state)
{
    static const char *const methods[] = { "POST", "PUT", "DELETE", "PATCH", "OPTIONS" };
    static const char *const paths[] = { "/", "/api/v1/studies", "/api/v1/runs/" RUN,
                                         "/api/v1/runs/" RUN "/steps", "/assets/app.js" };
    struct site *site = site_new((struct web_config){ 0 });

    (void)state;
    for (size_t m = 0; m < sizeof(methods) / sizeof(*methods); m++) {
        for (size_t p = 0; p < sizeof(paths) / sizeof(*paths); p++) {
            struct buf b = { 0 };
            buf_addf(&b,
                     "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1\r\n"
                     "Content-Type: application/json\r\nContent-Length: 2\r\n"
                     "Connection: close\r\n\r\n{}",
                     methods[m], paths[p]);
            struct answer a = site_exchange(site, buf_str(&b));
            if (a.status != 405)
                fail_msg("%s %s: %d", methods[m], paths[p], a.status);
            answer_fini(&a);
            buf_fini(&b);
        }
    }
    site_free(site);
}

static void strangers_are_refused(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct answer a = site_exchange(
        site, "GET /api/v1/studies HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");

    (void)state;
    assert_int_equal(a.status, 421);
    answer_fini(&a);
    a = site_exchange(site, "GET / HTTP/1.0\r\n\r\n");
    assert_int_equal(a.status, 400);
    answer_fini(&a);
    site_free(site);
}

static void a_token_opens_the_door_once_and_a_cookie_after_it(void **state)
{
    struct site *site = site_new((struct web_config){ .token = "0123456789abcdef" });
    struct answer a;

    (void)state;
    site_expect(site, "/", 401, "token");
    site_expect(site, "/api/v1/studies", 401, "token");
    site_expect(site, "/?token=0123456789abcdee", 401, "{\"error\":");
    a = site_exchange(site, "GET /replay/x/1 HTTP/1.1\r\nHost: box:1\r\nConnection: close\r\n"
                            "Accept: text/html,application/xhtml+xml\r\n\r\n");
    assert_int_equal(a.status, 401);
    assert_non_null(strstr(a.head, "text/html"));
    assert_non_null(strstr(a.body, "<p>Please open the address with the token"));
    answer_fini(&a);
    site_expect(site, "/?token=0123456789abcdef", 303, "Set-Cookie: propersim-");
    site_expect(site, "/?token=0123456789abcdef", 303, "HttpOnly; SameSite=Strict");
    a = site_exchange(site, "GET /api/v1/studies HTTP/1.1\r\nHost: box:1\r\nConnection: close\r\n"
                            "Authorization: Bearer 0123456789abcdef\r\n\r\n");
    assert_int_equal(a.status, 200);
    answer_fini(&a);
    site_free(site);
}

static void huge_headers_do_not_hurt(void **state)
{
    struct site *site = site_new((struct web_config){ 0 });
    struct buf b = { 0 };
    struct answer a;

    (void)state;
    buf_add_str(&b, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ");
    for (int i = 0; i < 20000; i++)
        buf_add_char(&b, 'x');
    buf_add_str(&b, "\r\n\r\n");
    a = site_exchange(site, buf_str(&b));
    assert_int_equal(a.status, 400);
    answer_fini(&a);
    buf_fini(&b);
    site_expect(site, "/", 200, "text/html");
    site_free(site);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_page_is_the_shell),
        cmocka_unit_test(addresses_of_the_original_lead_on),
        cmocka_unit_test(nothing_outside_is_reached),
        cmocka_unit_test(wrong_addresses_get_a_page_that_says_so),
        cmocka_unit_test(only_ratings_are_written),
        cmocka_unit_test(strangers_are_refused),
        cmocka_unit_test(a_token_opens_the_door_once_and_a_cookie_after_it),
        cmocka_unit_test(huge_headers_do_not_hurt),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
