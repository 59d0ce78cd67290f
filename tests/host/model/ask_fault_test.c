// What becomes of each fault: tried again, failed for this question, or the end of the study.

#include "model_fixture.h"

static void test_faults_that_pass_are_retried_and_counted(void **state)
{
    struct fixture *f = *state;
    static const struct step faults[] = {
        STATUS(408, NULL, "{}"),
        STATUS(409, NULL, "{}"),
        STATUS(429, "Retry-After: 0\r\n", "{\"error\":{\"message\":\"rate limit\"}}"),
        STATUS(429, "retry-after-ms: 3\r\n", "{\"error\":{\"message\":\"rate limit\"}}"),
        STATUS(500, NULL, ""),
        STATUS(502, "Content-Type: text/html\r\n", "<html>bad gateway</html>"),
        STATUS(503, NULL, "busy"),
        STATUS(529, NULL, "overloaded"),
        STATUS(200, "Content-Type: text/html\r\n", "<html>log in</html>"),
        STATUS(200, NULL, "{\"choices\":[{\"mess"),
        STATUS(200, NULL, "plain words"),
        STATUS(200, NULL, "{\"error\":{\"message\":\"overloaded\",\"code\":503}}"),
        STATUS(200, "Content-Type: text/event-stream\r\n",
               "data: {\"choices\":[{\"delta\":{\"content\":\"{\"}}]}\n\n"
               "data: {\"error\":{\"message\":\"boom\"}}\n\n"),
        STATUS(200, "Content-Type: text/event-stream\r\n",
               "data: {\"choices\":[{\"delta\":{\"content\":\"{\\\"score\"}}]}\n\n"),
        STATUS(200, NULL, "{\"choices\":[]}"),
        STATUS(200, NULL, "{\"choices\":[{\"message\":{\"content\":null}}]}"),
        STATUS(200, NULL, "{\"choices\":[{\"message\":{\"content\":\"\",\"refusal\":\"no\"}}]}"),
        { ACT_ANSWER, "{\"sco", 0, NULL, "length" },
        { ACT_ANSWER, "", 0, NULL, "content_filter" },
        { ACT_RESET, NULL, 0, NULL, NULL },
        { ACT_RAW, "", 0, NULL, NULL },
        { ACT_RAW, "HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"choices\"", 0, NULL, NULL },
        { ACT_RAW, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", 0, NULL, NULL },
        { ACT_RAW, "\x01nonsense\r\n\r\n", 0, NULL, NULL },
        { ACT_HANG, NULL, 0, NULL, NULL },
    };
    // The connection is not used again: on one that was, curl itself sends once more when it dies
    // without a byte, since that is how an idle connection that was closed looks.
    static const struct step good = { ACT_ANSWER, "{\"score\":1}", 0, "Connection: close\r\n",
                                      NULL };

    open_models(f, (struct models_options){ 0 }, ",\"retries\":3,\"timeout\":{\"first_byte\":0.5}");
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
        struct step steps[2] = { faults[i], good };
        struct question q = a_question(f);
        struct got g;
        size_t before = fault_server_requests(f->server);
        // The script counts from the server's start: pad by moving its beginning.
        struct step *padded = mem_calloc(before + 2, sizeof(*padded));
        padded[before] = steps[0];
        padded[before + 1] = steps[1];
        f->steps = padded;
        f->step_count = before + 2;
        q.seed = 1000 + i;
        g = ask_with(f, &q);
        if (g.failure != FAILURE_NONE || g.retries != 1 || g.score != 1)
            fail_msg("fault %zu: %s, %d retries: %s", i, failure_name(g.failure), g.retries,
                     g.message);
        assert_int_equal(fault_server_requests(f->server), before + 2);
        free(padded);
    }
    assert_int_equal(models_usage(f->models).retries, sizeof(faults) / sizeof(faults[0]));
}

static void test_faults_that_never_pass_fail_this_question_only(void **state)
{
    struct fixture *f = *state;
    static const struct {
        struct step step;
        enum failure failure;
        enum row_call_status status;
    } cases[] = {
        { STATUS(500, NULL, "oh"), FAILURE_UNREACHABLE, CALL_FAILED },
        { STATUS(429, NULL, "{}"), FAILURE_BUSY, CALL_FAILED },
        { STATUS(200, NULL, "<html>"), FAILURE_BROKEN, CALL_FAILED },
        { { ACT_RESET, NULL, 0, NULL, NULL }, FAILURE_UNREACHABLE, CALL_FAILED },
        { { ACT_ANSWER, "", 0, NULL, "content_filter" }, FAILURE_REFUSED, CALL_UNUSABLE },
        { { ACT_ANSWER, "{", 0, NULL, "length" }, FAILURE_LENGTH, CALL_UNUSABLE },
        { STATUS(200, NULL, "{\"choices\":[]}"), FAILURE_EMPTY, CALL_UNUSABLE },
        { { ACT_ANSWER, "{\"score\":7}", 0, NULL, NULL }, FAILURE_UNUSABLE, CALL_UNUSABLE },
        { STATUS(400, NULL, "{\"error\":{\"message\":\"maximum context length is 4096\"}}"),
          FAILURE_REQUEST, CALL_FAILED },
        { STATUS(400, NULL, "{\"error\":{\"message\":\"x\",\"code\":\"content_filter\"}}"),
          FAILURE_REFUSED, CALL_UNUSABLE },
        { STATUS(413, NULL, "too large"), FAILURE_REQUEST, CALL_FAILED },
    };

    open_models(f, (struct models_options){ 0 }, ",\"retries\":2,\"structured\":\"plain\"");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct question q = a_question(f);
        struct got g;
        f->steps = &cases[i].step;
        f->step_count = 1;
        q.seed = i;
        g = ask_with(f, &q);
        if (g.failure != cases[i].failure || g.status != cases[i].status)
            fail_msg("case %zu: %s: %s", i, failure_name(g.failure), g.message);
        assert_false(failure_stops_study(g.failure));
        assert_true(g.message[0] != '\0');
        assert_true(g.score == -1);
    }
}

static void test_what_is_wrong_with_the_endpoint_stops_the_study_with_advice(void **state)
{
    struct fixture *f = *state;
    static const struct {
        struct step step;
        enum failure failure;
        const char *advice;
    } cases[] = {
        { STATUS(401, NULL, "{\"error\":{\"message\":\"Incorrect API key provided: " CANARY "\"}}"),
          FAILURE_KEY, "PROPERSIM_TEST_KEY" },
        { STATUS(403, NULL, "{\"detail\":\"forbidden\"}"), FAILURE_KEY, "valid key" },
        { STATUS(404, NULL, "{\"error\":{\"code\":\"model_not_found\",\"message\":\"no such\"}}"),
          FAILURE_MODEL, "check the model's name" },
        { STATUS(302, "Location: http://127.0.0.2/\r\n", ""), FAILURE_MODEL, "URL" },
        { STATUS(429, NULL, "{\"error\":{\"code\":\"insufficient_quota\",\"message\":\"m\"}}"),
          FAILURE_QUOTA, "add credit" },
        { STATUS(402, NULL, "{}"), FAILURE_QUOTA, "add credit" },
        { STATUS(429, "Retry-After: 86400\r\n", "{}"), FAILURE_QUOTA, "1440 minutes" },
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct question q = a_question(f);
        size_t before = fault_server_requests(f->server);
        struct got g;
        f->steps = &cases[i].step;
        f->step_count = 1;
        q.seed = i;
        open_models(f, (struct models_options){ 0 }, "");
        g = ask_with(f, &q);
        if (g.failure != cases[i].failure || strstr(g.message, cases[i].advice) == NULL)
            fail_msg("case %zu: %s: %s", i, failure_name(g.failure), g.message);
        assert_true(failure_stops_study(g.failure));
        assert_null(strstr(g.message, CANARY));
        q.seed += 100;
        g = ask_with(f, &q); // the next one is not even sent
        assert_int_equal(g.failure, cases[i].failure);
        assert_int_equal(fault_server_requests(f->server), before + 1);
        close_models(f);
    }
}

struct away {
    struct fixture *f;
    struct loop_timer *timer;
};

static void come_back(void *user)
{
    fault_server_return(((struct away *)user)->f->server);
}

static void test_an_endpoint_that_is_gone_for_a_while_is_waited_for(void **state)
{
    struct fixture *f = *state;
    struct away away = { .f = f };
    struct got g;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ .wait_ms = LIMIT_MS }, ",\"retries\":1");
    fault_server_vanish(f->server);
    away.timer = loop_timer_new(f->loop, come_back, &away);
    loop_timer_set(away.timer, 60);
    g = ask_one(f);
    loop_timer_free(away.timer);
    assert_int_equal(g.failure, FAILURE_NONE);
    assert_true(g.retries > 3);
}

static void test_an_endpoint_that_was_never_there_stops_the_study(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 }, "");
    fault_server_vanish(f->server);
    g = ask_with(f, &q);
    assert_int_equal(g.failure, FAILURE_ABSENT);
    assert_true(failure_stops_study(g.failure));
    assert_non_null(strstr(g.message, "cannot be reached"));
    assert_non_null(strstr(g.message, "--wait-for-endpoint"));
}

static void test_an_endpoint_that_goes_for_good_stops_the_study_after_a_while(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 }, ",\"retries\":1");
    assert_int_equal(ask_with(f, &q).failure, FAILURE_NONE);
    fault_server_vanish(f->server);
    for (q.seed = 1; q.seed < 20; q.seed++) // these fail alone
        assert_int_equal(ask_with(f, &q).failure, FAILURE_UNREACHABLE);
    g = ask_with(f, &q);
    assert_int_equal(g.failure, FAILURE_ABSENT);
    assert_non_null(strstr(g.message, "is gone"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_faults_that_pass_are_retried_and_counted),
        TEST(test_faults_that_never_pass_fail_this_question_only),
        TEST(test_what_is_wrong_with_the_endpoint_stops_the_study_with_advice),
        TEST(test_an_endpoint_that_is_gone_for_a_while_is_waited_for),
        TEST(test_an_endpoint_that_was_never_there_stops_the_study),
        TEST(test_an_endpoint_that_goes_for_good_stops_the_study_after_a_while),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
