// What is kept of answers, when it is used, and that no key is among it.

#include "model_fixture.h"

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

static void test_a_damaged_reply_is_an_error_and_not_asked_again(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    static const char *const damaged[] = {
        "{\"text\":", "{}", "{\"text\":\"{\\\"score\\\":7}\"}",
        "{\"failure\":\"mood\",\"message\":\"\",\"text\":\"\"}"
    };
    struct err err = { { 0 } };

    PLAY(f, GOOD);
    for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
        struct hash h;
        struct got g;
        open_models(f, (struct models_options){ 0 }, "");
        q.seed = i;
        h = ask_hash(f->channel, &q);
        assert_true(writer_append_reply(f->writer, &h, 0, view_of(damaged[i]),
                                        (struct view){ NULL, 0 }, &err));
        g = ask_with(f, &q);
        assert_int_equal(g.failure, FAILURE_STORE);
        assert_non_null(strstr(g.message, "a stored reply is damaged"));
        close_models(f);
    }
    assert_int_equal(fault_server_requests(f->server), 0);
}

static bool keep_text(void *user, const struct hash *request, int draw, struct view reply,
                      struct view text, bool replace, struct err *err)
{
    struct buf *kept = user;

    (void)request;
    (void)draw;
    (void)reply;
    (void)replace;
    (void)err;
    buf_clear(kept);
    buf_add_view(kept, text);
    return true;
}

static void test_what_was_asked_is_kept_with_the_reply_if_it_is_wanted(void **state)
{
    struct fixture *f = *state;
    struct question q = a_question(f);
    struct buf kept = { 0 };
    struct err err = { { 0 } };
    struct json *messages = NULL;
    struct view text = { 0 };

    PLAY(f, GOOD, GOOD);
    open_models(f, (struct models_options){ 0 }, "");
    q.store = (struct reply_store){ .user = &kept, .add = keep_text };
    assert_true(ask_with(f, &q).score == 1);
    assert_int_equal(kept.len, 0);
    q.keep_text = true;
    assert_true(ask_with(f, &q).score == 1);
    messages = json_parse(buf_view(&kept), &err);
    assert_non_null(messages);
    assert_int_equal(json_count(messages), q.message_count);
    assert_true(json_want_string(json_first(messages), "content", &text, &err));
    assert_true(view_equal(text, q.messages[0].text));
    json_free(messages);
    buf_fini(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_answers_that_are_no_use_are_kept_and_not_paid_for_again),
        TEST(test_draws_and_seeds_are_different_questions),
        TEST(test_who_asks_the_same_meanwhile_gets_the_same_answer),
        TEST(test_the_shared_file_is_used_recorded_replayed_or_left_alone),
        TEST(test_a_recorded_failure_is_replayed_but_asked_again_otherwise),
        TEST(test_the_key_appears_in_nothing_that_is_kept_or_said),
        TEST(test_what_was_asked_is_kept_with_the_reply_if_it_is_wanted),
        TEST(test_a_damaged_reply_is_an_error_and_not_asked_again),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
