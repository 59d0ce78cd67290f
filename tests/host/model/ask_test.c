// Questions: what reaches the server, and what comes back.

#include "model_fixture.h"

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
    assert_int_equal(g.retries, 1);
    assert_non_null(
        strstr(buf_str(&f->last_body),
               "{\"role\":\"assistant\",\"content\":\"I would say {\\\"score\\\": 7}!"));
    assert_non_null(strstr(buf_str(&f->last_body), "not 7"));
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
    assert_int_equal(g.retries, 2);
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

static void test_the_budget_stops_before_it_is_passed(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g = { 0 };
    int answered = 0;

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ .budget = a_budget(f, 0, 3) }, "");
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
    open_models(f, (struct models_options){ .budget = a_budget(f, 0.5, 0) },
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
    open_models(f, (struct models_options){ .budget = a_budget(f, 1, 0) },
                ",\"price\":{\"input\":1}");
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

static void test_what_was_sent_before_a_stop_is_told(void **state)
{
    struct fixture *f = *state;
    struct got g;

    PLAY(f, { ACT_ANSWER, "not what was asked for", 0, NULL, NULL }, GOOD);
    open_models(f, (struct models_options){ .budget = a_budget(f, 0, 1) }, "");
    g = ask_one(f); // and the budget does not allow the repair request
    assert_int_equal(g.failure, FAILURE_BUDGET);
    assert_int_equal(g.requests, 1);
    assert_int_equal(g.tokens_in, 100);
    g = ask_one(f);
    assert_int_equal(g.failure, FAILURE_BUDGET);
    assert_int_equal(g.requests, 0);
}

// The bytes of an answer are here, and it is not delivered yet: this is what a drain is for.
static void test_a_drain_delivers_every_answer(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct got g[2] = { { 0 } };
    struct err err = { { 0 } };

    PLAY(f, GOOD);
    open_models(f, (struct models_options){ 0 }, ",\"concurrency\":1");
    for (int i = 0; i < 2; i++) {
        q.seed = (uint64_t)i;
        assert_non_null(ask_start(f->channel, &q, keep_answer, &g[i]));
    }
    while (models_running(f->models) == 0)
        assert_true(loop_run_once(f->loop, -1, &err));
    while (models_running(f->models) > 0)
        assert_true(loop_run_once(f->loop, -1, &err));
    assert_int_equal(g[0].calls, 0);
    assert_true(models_drain(f->models, "the run is ending", LIMIT_MS, &err));
    assert_int_equal(g[0].calls, 1);
    assert_int_equal(g[0].failure, FAILURE_NONE);
    assert_int_equal(g[1].calls, 1);
    assert_int_equal(g[1].failure, FAILURE_STOPPED);
    assert_string_equal(g[1].message, "the run is ending");
    assert_int_equal(fault_server_requests(f->server), 1);
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

static struct channel *second_channel(struct fixture *f, const char *table, struct err *err)
{
    struct buf text = { 0 };
    struct json *j = NULL;
    struct endpoint *e = NULL;

    buf_addf(&text, "{\"model\":\"test-model\",\"url\":\"http://127.0.0.1:%d/v1\"%s}",
             fault_server_port(f->server), table);
    j = parse(buf_str(&text));
    e = endpoint_from_json(j, err);
    json_free(j);
    buf_fini(&text);
    return e == NULL ? NULL : models_add(f->models, e, err);
}

static void test_two_roles_on_one_server_share_its_limits(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct question q = a_question(f);
    struct got g[4] = { 0 };
    struct ask *asks[4];
    struct channel *other = NULL;

    PLAY(f, { ACT_HANG, NULL, 0, NULL, NULL });
    open_models(f, (struct models_options){ 0 }, ",\"concurrency\":3");
    assert_null(second_channel(f, ",\"concurrency\":4,\"temperature\":1", &err));
    assert_non_null(strstr(err.text, "named twice, with different limits"));
    other = second_channel(f, ",\"concurrency\":3,\"temperature\":1", &err);
    if (other == NULL)
        fail_msg("%s", err.text);
    for (int i = 0; i < 4; i++) {
        q.seed = (uint64_t)i;
        asks[i] = ask_start(i % 2 == 0 ? f->channel : other, &q, keep_answer, &g[i]);
    }
    while (fault_server_requests(f->server) < 3)
        assert_true(loop_run_once(f->loop, -1, &err));
    assert_int_equal(channel_running(other), 3);
    assert_int_equal(channel_waiting(f->channel), 1);
    for (int i = 0; i < 4; i++)
        ask_cancel(asks[i]);
}

static void test_time_and_costs_can_be_told_beforehand(void **state)
{
    struct fixture *f = *state;
    const struct endpoint *e = NULL;

    open_models(f, (struct models_options){ 0 },
                ",\"concurrency\":10,\"requests_per_minute\":600,\"tokens_per_minute\":60000,"
                "\"price\":{\"input\":2,\"output\":10,\"cached\":1}");
    e = channel_endpoint(f->channel);
    assert_true(endpoint_seconds(e, 1000, 1000, 0.5) == 100);   // the requests
    assert_true(endpoint_seconds(e, 1000, 480000, 0.5) == 480); // the tokens
    assert_true(endpoint_seconds(e, 1000, 1000, 3) == 300);     // the places
    assert_true(endpoint_cost(e, 1e6, 1e5, 5e5) == 2.5);
    assert_int_equal(wire_tokens_of(4000), 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_question_is_answered_booked_and_kept),
        TEST(test_a_mock_gets_the_inputs_along),
        TEST(test_a_wrong_answer_is_repaired_once_with_the_error_shown),
        TEST(test_the_ladder_of_structured_output_is_gone_down_once),
        TEST(test_fields_that_a_server_refuses_are_left_out),
        TEST(test_the_budget_stops_before_it_is_passed),
        TEST(test_a_budget_of_money_needs_prices),
        TEST(test_what_was_sent_before_a_stop_is_told),
        TEST(test_a_drain_delivers_every_answer),
        TEST(test_a_thousand_questions_of_many_households_are_in_flight_at_once),
        TEST(test_a_cancelled_question_leaves_nothing_behind),
        TEST(test_two_roles_on_one_server_share_its_limits),
        TEST(test_time_and_costs_can_be_told_beforehand),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
