// Questions: what reaches the server, what comes back, and what becomes of each fault.

#include "model_fixture.h"

#define GOOD                                                                                       \
    {                                                                                              \
        ACT_ANSWER, "{\"score\":1}", 0, NULL, NULL                                                 \
    }
#define STATUS(status, headers, body)                                                              \
    {                                                                                              \
        ACT_STATUS, body, status, headers, NULL                                                    \
    }

static void test_a_question_is_answered_booked_and_kept(void **state)
{
    struct fixture *f = *state;
    struct got g;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 },
                ",\"temperature\":0.5,\"max_tokens\":64,\"seed\":3,\"extra\":{\"top_p\":0.9},"
                "\"price\":{\"input\":2,\"output\":10,\"cached\":1}");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_NONE);
    assert_string_equal(g.message, "");
    assert_true(g.score == 1);
    assert_int_equal(g.status, CALL_OK);
    assert_int_equal(g.tokens_in, 100);
    assert_int_equal(g.tokens_out, 20);
    assert_int_equal(g.tokens_cached, 40);
    assert_true(g.cost > 0.000359 && g.cost < 0.000361); // (60*2 + 40*1 + 20*10) / 1e6
    assert_false(g.stored);
    assert_non_null(strstr(buf_str(&f->requests), "POST /v1/chat/completions HTTP/1.1"));
    assert_non_null(strstr(buf_str(&f->requests), "Authorization: Bearer " CANARY));
    assert_non_null(strstr(buf_str(&f->last_body),
                           "{\"model\":\"test-model\",\"messages\":[{\"role\":\"system\","
                           "\"content\":\"You rate.\"},{\"role\":\"user\",\"content\":\"Rate "
                           "this.\"}],\"temperature\":0.5,\"max_tokens\":64,\"seed\":"));
    assert_non_null(strstr(buf_str(&f->last_body),
                           "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{"
                           "\"name\":\"answer\",\"strict\":true,\"schema\":{"));
    assert_non_null(strstr(buf_str(&f->last_body), ",\"top_p\":0.9}"));
    assert_null(strstr(buf_str(&f->last_body), "propersim"));
    g = ask_one(f);
    assert_true(g.stored);
    assert_int_equal(g.status, CALL_STORED);
    assert_true(g.cost == 0 && g.score == 1);
    assert_int_equal(fault_server_requests(f->server), 1);
    assert_int_equal(models_usage(f->models).questions, 2);
    assert_int_equal(models_usage(f->models).stored, 1);
    assert_int_equal(models_usage(f->models).tokens_in, 100);
}

static void test_a_mock_gets_the_inputs_along(void **state)
{
    struct fixture *f = *state;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 }, ",\"mock\":true");
    ask_one(f);
    assert_non_null(strstr(buf_str(&f->last_body),
                           "\"propersim\":{\"draw\":0,\"inputs\":{\"a\":1},\"prompt\":"
                           "\"rate/timing\",\"seed\":\"99\",\"version\":\"1\"}}"));
}

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

    open_models(f, (struct models_options){ 0 },
                ",\"retries\":3,\"timeout\":{\"first_byte\":0.05}");
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

static void test_a_wrong_answer_is_repaired_once_with_the_error_shown(void **state)
{
    struct fixture *f = *state;
    struct got g;

    PLAY(f, { ACT_ANSWER, "I would say {\"score\": 7}!", 0, NULL, NULL }, GOOD);
    open_models(f, (struct models_options){ 0 }, "");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_NONE);
    assert_true(g.repaired);
    assert_true(g.score == 1);
    assert_int_equal(g.tokens_in, 200); // both were paid for
    assert_int_equal(g.retries, 0);
    assert_non_null(
        strstr(buf_str(&f->last_body),
               "{\"role\":\"assistant\",\"content\":\"I would say {\\\"score\\\": 7}!"));
    assert_non_null(strstr(buf_str(&f->last_body), "not 7"));
    assert_int_equal(fault_server_requests(f->server), 2);
}

static void test_answers_that_are_no_use_are_kept_and_not_paid_for_again(void **state)
{
    struct fixture *f = *state;
    struct got g;

    PLAY(f, { ACT_ANSWER, "{\"score\":7}", 0, NULL, NULL });
    open_models(f, (struct models_options){ 0 }, "");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_UNUSABLE);
    assert_int_equal(fault_server_requests(f->server), 2);
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_UNUSABLE);
    assert_string_equal(g.text, "{\"score\":7}");
    assert_int_equal(g.status, CALL_UNUSABLE);
    assert_int_equal(fault_server_requests(f->server), 2);
}

static void test_the_ladder_of_structured_output_is_gone_down_once(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g;
    bool proven = true;

    PLAY(f,
         STATUS(400, NULL,
                "{\"error\":{\"message\":\"Invalid parameter: 'response_format' of type "
                "'json_schema' is not supported with this model\"}}"),
         STATUS(400, NULL,
                "{\"error\":{\"message\":\"unknown field\",\"param\":"
                "\"response_format\"}}"),
         GOOD);
    open_models(f, (struct models_options){ 0 }, "");
    assert_int_equal(channel_structured(f->channel, &proven), STRUCTURED_SCHEMA);
    assert_false(proven);
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_NONE);
    assert_int_equal(g.retries, 0);
    assert_int_equal(fault_server_requests(f->server), 3);
    assert_int_equal(channel_structured(f->channel, &proven), STRUCTURED_PLAIN);
    assert_true(proven);
    assert_null(strstr(buf_str(&f->last_body), "response_format"));
    assert_non_null(strstr(buf_str(&f->last_body), "It must match this JSON schema"));
    q.seed++;
    ask_with(f, &q);
    assert_int_equal(fault_server_requests(f->server), 4); // remembered
    PLAY(f, GOOD);
    close_models(f);
    open_models(f, (struct models_options){ 0 }, ",\"structured\":\"json_object\"");
    q.seed++;
    ask_with(f, &q);
    assert_non_null(strstr(buf_str(&f->last_body), "{\"type\":\"json_object\"}"));
}

static void test_fields_that_a_server_refuses_are_left_out(void **state)
{
    struct fixture *f = *state;
    struct got g;

    PLAY(f,
         STATUS(400, NULL,
                "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not "
                "supported with this model. Use 'max_completion_tokens' instead.\"}}"),
         STATUS(400, NULL,
                "{\"error\":{\"message\":\"Unsupported value: 'temperature' does not "
                "support 0.5\",\"param\":\"temperature\"}}"),
         STATUS(422, NULL, "{\"detail\":\"Extra inputs are not permitted: seed\"}"), GOOD);
    open_models(f, (struct models_options){ 0 },
                ",\"temperature\":0.5,\"max_tokens\":64,\"seed\":3");
    g = ask_one(f);
    if (g.failure != FAILURE_NONE)
        fail_msg("%s", g.message);
    assert_non_null(strstr(buf_str(&f->last_body), "\"max_completion_tokens\":64"));
    assert_null(strstr(buf_str(&f->last_body), "temperature"));
    assert_null(strstr(buf_str(&f->last_body), "\"seed\""));
    assert_int_equal(fault_server_requests(f->server), 4);
}

static void test_draws_and_seeds_are_different_questions(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 }, "");
    for (int round = 0; round < 2; round++) { // the second from the store
        for (int i = 0; i < 4; i++) {
            q.draw = i % 2;
            q.seed = (uint64_t)(i / 2);
            assert_int_equal(ask_with(f, &q).stored, round == 1);
        }
    }
    assert_int_equal(fault_server_requests(f->server), 4);
}

static void test_who_asks_the_same_meanwhile_gets_the_same_answer(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g[3] = { 0 };
    struct ask *asks[3];
    struct got again;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 }, "");
    for (int i = 0; i < 3; i++) {
        q.household = (uint64_t)i;
        asks[i] = ask_start(f->channel, &q, keep_answer, &g[i]);
    }
    ask_cancel(asks[0]); // the next one asks in its place
    finish(f, &g[1]);
    finish(f, &g[2]);
    assert_int_equal(g[0].calls, 0);
    assert_true(g[1].score == 1 && g[2].score == 1);
    assert_false(g[1].stored);
    assert_true(g[2].stored && g[2].cost == 0);
    again = ask_one(f);
    assert_true(again.stored);
    assert_true(fault_server_requests(f->server) == 1);
}

static void test_the_shared_file_is_used_recorded_replayed_or_left_alone(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct models_options o = { .shared = reply_store_of_file(f->replies) };
    struct err err = { { 0 } };
    int64_t count = 0;
    struct got g;

    q.store = (struct reply_store){ 0 };
    PLAY(f, GOOD, { ACT_ANSWER, "{\"score\":0}", 0, NULL, NULL });
    o.replies = REPLIES_REPLAY;
    open_models(f, o, "");
    g = ask_with(f, &q);
    assert_int_equal(g.failure, FAILURE_REPLAY);
    assert_non_null(strstr(g.message, "rate/timing"));
    close_models(f);
    o.replies = REPLIES_OFF;
    open_models(f, o, "");
    assert_true(ask_with(f, &q).score == 1);
    close_models(f);
    assert_true(replies_count(f->replies, &count, &err) && count == 0);
    o.replies = REPLIES_USE;
    open_models(f, o, "");
    assert_true(ask_with(f, &q).score == 0); // asked: the second answer
    assert_true(ask_with(f, &q).stored);
    close_models(f);
    PLAY(f, GOOD);
    o.replies = REPLIES_RECORD;
    open_models(f, o, "");
    assert_true(ask_with(f, &q).score == 1); // asked anew
    close_models(f);
    fault_server_vanish(f->server);
    o.replies = REPLIES_REPLAY;
    open_models(f, o, "");
    g = ask_with(f, &q);
    assert_true(g.stored && g.score == 1);
    q.store = reply_store_of_run(f->writer); // what comes from the file goes into the run
    assert_true(ask_with(f, &q).stored);
    close_models(f);
    o.replies = REPLIES_OFF;
    open_models(f, o, "");
    assert_true(ask_with(f, &q).stored);
    assert_int_equal(fault_server_requests(f->server), 3);
}

static void test_a_recorded_failure_is_replayed_but_asked_again_otherwise(void **state)
{
    struct fixture *f = *state;
    struct models_options o = { .shared = reply_store_of_file(f->replies) };
    struct got g;

    PLAY(f, STATUS(500, NULL, "oh"), GOOD);
    open_models(f, o, ",\"retries\":0");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_UNREACHABLE);
    close_models(f);
    o.replies = REPLIES_REPLAY;
    open_models(f, o, "");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_UNREACHABLE);
    assert_int_equal(fault_server_requests(f->server), 1);
    close_models(f);
    o.replies = REPLIES_USE;
    open_models(f, o, "");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_NONE);
    close_models(f);
    o.replies = REPLIES_REPLAY;
    open_models(f, o, "");
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_NONE);
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

static void test_the_budget_stops_before_it_is_passed(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g = { 0 };
    int answered = 0;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ .max_requests = 3 }, "");
    for (q.seed = 0; q.seed < 5; q.seed++) {
        g = ask_with(f, &q);
        answered += g.failure == FAILURE_NONE;
    }
    assert_int_equal(answered, 3);
    assert_int_equal(g.failure, FAILURE_BUDGET);
    assert_non_null(strstr(g.message, "limit of 3 requests"));
    assert_int_equal(fault_server_requests(f->server), 3);
    q.seed = 0;
    assert_true(ask_with(f, &q).stored); // what is there costs nothing
    close_models(f);
    // 100 in and 20 out cost 0.03 each; the estimate of the next one counts too.
    open_models(f, (struct models_options){ .max_cost = 0.5 },
                ",\"price\":{\"input\":100,\"output\":1000}");
    for (q.seed = 100; q.seed < 200; q.seed++) {
        g = ask_with(f, &q);
        if (g.failure != FAILURE_NONE)
            break;
    }
    assert_int_equal(g.failure, FAILURE_BUDGET);
    assert_true(models_usage(f->models).cost > 0.2 && models_usage(f->models).cost <= 0.5);
}

static void test_a_budget_of_money_needs_prices(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct endpoint *e = endpoint_from_name("http://127.0.0.1:1/v1#m", &err);

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ .max_cost = 1 }, ",\"price\":{\"input\":1}");
    assert_null(models_add(f->models, e, &err));
    assert_non_null(strstr(err.text, "price = {"));
}

static bool all_over(void *user)
{
    struct got *g = user;

    for (int i = 0; i < 1000; i++) {
        if (g[i].calls == 0)
            return false;
    }
    return true;
}

static void test_a_thousand_questions_of_many_households_are_in_flight_at_once(void **state)
{
    struct fixture *f = *state;
    struct got *g = mem_calloc(1000, sizeof(*g));
    struct err err = { { 0 } };

    if (!loop_allow_files(2300, &err)) {
        free(g);
        skip();
    }
    PLAY(f, STATUS(200, NULL,
                   "{\"choices\":[{\"message\":{\"content\":\"{\\\"score\\\":1}\"},"
                   "\"finish_reason\":\"stop\"}]}"));
    f->hold = 1000; // the server answers none before all are there
    open_models(f, (struct models_options){ 0 }, ",\"concurrency\":1000");
    for (uint64_t i = 0; i < 1000; i++) {
        struct question q = a_question(f);
        q.household = i % 32;
        q.seed = i;
        assert_non_null(ask_start(f->channel, &q, keep_answer, &g[i]));
    }
    if (!loop_run_until(f->loop, all_over, g, LIMIT_MS, &err))
        fail_msg("%s", err.text);
    for (int i = 0; i < 1000; i++)
        assert_true(g[i].score == 1);
    assert_true(models_usage(f->models).estimated); // no usage was reported
    free(g);
}

static void test_a_cancelled_question_leaves_nothing_behind(void **state)
{
    struct fixture *f = *state;
    struct got g = { 0 };
    struct question q = a_question(f);
    struct err err = { { 0 } };
    struct ask *a = NULL;

    PLAY(f, { ACT_HANG, NULL, 0, NULL, NULL });
    open_models(f, (struct models_options){ 0 }, "");
    a = ask_start(f->channel, &q, keep_answer, &g);
    while (fault_server_requests(f->server) == 0)
        assert_true(loop_run_once(f->loop, -1, &err));
    assert_int_equal(channel_running(f->channel), 1);
    ask_cancel(a);
    assert_int_equal(channel_running(f->channel), 0);
    a = ask_start(f->channel, &q, keep_answer, &g); // waits for its turn
    ask_cancel(a);
    assert_int_equal(channel_waiting(f->channel), 0);
    assert_true(loop_run_once(f->loop, 0, &err));
    assert_int_equal(g.calls, 0);
}

// Everything that was written, and every message, is searched for the key.
static void test_the_key_appears_in_nothing_that_is_kept_or_said(void **state)
{
    struct fixture *f = *state;
    struct models_options o = { .shared = reply_store_of_file(f->replies) };
    struct file_list list = { 0 };
    struct err err = { { 0 } };
    struct question q = a_question(f);
    static const struct step echo[] = {
        { ACT_ANSWER, "{\"score\":1} by the way, you are Bearer " CANARY, 0, NULL, NULL },
        STATUS(500, NULL, "{\"error\":{\"message\":\"I saw " CANARY "\"}}"),
        { ACT_ANSWER, "{\"score\":\"" CANARY "\"}", 0, NULL, NULL },
        STATUS(400, NULL, "{\"error\":\"" CANARY "\"}"),
        STATUS(401, NULL, "{\"error\":{\"message\":\"Incorrect API key: " CANARY "\"}}"),
    };

    q.schema = NULL;
    open_models(f, o, ",\"retries\":0,\"headers\":{\"X-Api-Key\":\"env:PROPERSIM_TEST_KEY\"}");
    for (size_t i = 0; i < sizeof(echo) / sizeof(echo[0]); i++) {
        struct got g;
        f->steps = &echo[i];
        f->step_count = 1;
        q.seed = i;
        g = ask_with(f, &q);
        assert_null(strstr(g.message, CANARY));
        assert_null(strstr(g.text, CANARY));
        assert_true(strstr(g.message, "[key]") != NULL || strstr(g.text, "[key]") != NULL);
    }
    assert_non_null(strstr(buf_str(&f->requests), CANARY)); // it was sent, to the server alone
    assert_true(writer_commit(f->writer, &err));
    assert_true(file_list_folder(&list, f->folder, &err));
    assert_true(list.count >= 2);
    for (size_t i = 0; i < list.count; i++) {
        struct buf content = { 0 };
        char *path = path_join(f->folder, list.names[i]);
        assert_true(file_read(&content, path, 64 << 20, &err));
        if (content.len > 0)
            assert_null(memmem(content.data, content.len, CANARY, strlen(CANARY)));
        buf_fini(&content);
        free(path);
    }
    file_list_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_question_is_answered_booked_and_kept),
        TEST(test_a_mock_gets_the_inputs_along),
        TEST(test_faults_that_pass_are_retried_and_counted),
        TEST(test_faults_that_never_pass_fail_this_question_only),
        TEST(test_what_is_wrong_with_the_endpoint_stops_the_study_with_advice),
        TEST(test_a_wrong_answer_is_repaired_once_with_the_error_shown),
        TEST(test_answers_that_are_no_use_are_kept_and_not_paid_for_again),
        TEST(test_the_ladder_of_structured_output_is_gone_down_once),
        TEST(test_fields_that_a_server_refuses_are_left_out),
        TEST(test_draws_and_seeds_are_different_questions),
        TEST(test_who_asks_the_same_meanwhile_gets_the_same_answer),
        TEST(test_the_shared_file_is_used_recorded_replayed_or_left_alone),
        TEST(test_a_recorded_failure_is_replayed_but_asked_again_otherwise),
        TEST(test_an_endpoint_that_is_gone_for_a_while_is_waited_for),
        TEST(test_the_budget_stops_before_it_is_passed),
        TEST(test_a_budget_of_money_needs_prices),
        TEST(test_a_thousand_questions_of_many_households_are_in_flight_at_once),
        TEST(test_a_cancelled_question_leaves_nothing_behind),
        TEST(test_the_key_appears_in_nothing_that_is_kept_or_said),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
