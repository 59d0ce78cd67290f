// Programs behind a role: asked through model/ask.h, as studies ask.

#include "model_fixture.h"

enum { MANY = 50 };

struct lab {
    struct loop *loop;
    struct models *models;
    struct channel *channel;
    struct json *schema;
    struct schema *checker;
    char folder[32], log[64];
    size_t done, want;
    enum failure failure[MANY];
    char *text[MANY], *message[MANY];
};

struct slot {
    struct lab *lab;
    size_t number;
};

static void lab_open(struct lab *lab, const char *program, const char *more)
{
    struct models_options options = { .backoff_ms = 1, .backoff_max_ms = 2 };
    struct buf table = { 0 };
    struct err err = { { 0 } };
    struct json *json = NULL;
    struct endpoint *e = NULL;

    *lab = (struct lab){ .want = 1 };
    strcpy(lab->folder, "/tmp/propersim-exec-XXXXXX");
    assert_non_null(mkdtemp(lab->folder));
    snprintf(lab->log, sizeof(lab->log), "%s/exec.log", lab->folder);
    options.exec_folder = lab->folder;
    options.exec_log = lab->log;
    lab->loop = loop_new(&err);
    lab->models = models_new(lab->loop, &options, &err);
    buf_add_str(&table, "{\"model\":");
    struct buf name = { 0 };
    buf_addf(&name, "exec:%s", program);
    json_add_string(&table, buf_view(&name));
    buf_addf(&table, "%s}", more);
    json = parse(buf_str(&table));
    e = endpoint_from_json(json, &err);
    lab->channel = e != NULL ? models_add(lab->models, e, &err) : NULL;
    if (lab->channel == NULL)
        fail_msg("%s", err.text);
    lab->schema = parse("{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}},"
                        "\"required\":[\"n\"],\"additionalProperties\":false}");
    lab->checker = schema_compile(lab->schema, &err);
    json_free(json);
    buf_fini(&name);
    buf_fini(&table);
}

static void lab_close(struct lab *lab)
{
    char command[64];

    models_free(lab->models);
    loop_free(lab->loop);
    schema_free(lab->checker);
    json_free(lab->schema);
    for (size_t i = 0; i < MANY; i++) {
        free(lab->text[i]);
        free(lab->message[i]);
    }
    snprintf(command, sizeof(command), "rm -r %s", lab->folder);
    assert_int_equal(system(command), 0);
}

static void take_answer(void *user, struct answer *answer)
{
    struct slot *s = user;
    struct lab *lab = s->lab;

    lab->failure[s->number] = answer->failure;
    lab->text[s->number] = mem_strndup(answer->text.data, answer->text.len);
    lab->message[s->number] = mem_strdup(answer->message);
    lab->done++;
    free(s);
}

static bool is_done(void *user)
{
    const struct lab *lab = user;

    return lab->done == lab->want;
}

static void put_question(struct lab *lab, size_t number)
{
    struct wire_message message = { WIRE_USER, view_of("Which \"number\"?\n") };
    struct slot *s = mem_calloc(1, sizeof(*s));
    struct buf inputs = { 0 };

    buf_addf(&inputs, "{\"n\":%zu}", number);
    *s = (struct slot){ lab, number };
    struct question q = { .role = "assistant",
                          .prompt = "assistant/number",
                          .version = "2",
                          .messages = &message,
                          .message_count = 1,
                          .schema = lab->schema,
                          .checker = lab->checker,
                          .inputs = buf_view(&inputs),
                          .seed = number + 1 };
    assert_non_null(ask_start(lab->channel, &q, take_answer, s));
    buf_fini(&inputs);
}

static void run(struct lab *lab)
{
    struct err err = { { 0 } };

    if (!loop_run_until(lab->loop, is_done, lab, LIMIT_MS, &err))
        fail_msg("%s", err.text);
}

static void ask_and_wait(struct lab *lab)
{
    put_question(lab, 0);
    run(lab);
}

// Answers with the number of the inputs.
static const char echo_program[] =
    "while read -r l; do id=${l#*:}; id=${id%%,*}; n=${l#*inputs}; n=${n#*:*:}; n=${n%%\\}*}; "
    "echo \"{\\\"id\\\":$id,\\\"answer\\\":{\\\"n\\\":$n}}\"; done";

static void answers_are_matched_by_their_ids(void **state)
{
    struct lab lab;

    (void)state;
    // keeps five requests back and answers them last first
    lab_open(
        &lab,
        "e=$(printf '\\nx'); e=${e%x}; while :; do a=; for i in 1 2 3 4 5; do read -r l || exit; "
        "id=${l#*:}; id=${id%%,*}; n=${l#*inputs}; n=${n#*:*:}; n=${n%%\\}*}; "
        "a=\"{\\\"id\\\":$id,\\\"answer\\\":{\\\"n\\\":$n}}$e$a\"; done; printf '%s' \"$a\"; done",
        ",\"concurrency\":5");
    lab.want = MANY;
    for (size_t i = 0; i < MANY; i++)
        put_question(&lab, i);
    run(&lab);
    for (size_t i = 0; i < MANY; i++) {
        char want[32];
        snprintf(want, sizeof(want), "{\"n\":%zu}", i);
        assert_int_equal(lab.failure[i], FAILURE_NONE);
        assert_string_equal(lab.text[i], want);
    }
    lab_close(&lab);
}

static void a_request_is_one_line_with_all_that_was_promised(void **state)
{
    static const char *const parts[] = {
        "{\"id\":1,",
        "\"prompt\":\"assistant/number\"",
        "\"version\":\"2\"",
        "\"inputs\":{\"n\":0}",
        "\"messages\":[{\"role\":\"user\",\"content\":\"Which \\\"number\\\"?\\n\"}]",
        "\"schema\":{\"additionalProperties\":false,",
        "\"seed\":\"1\"",
        "\"draw\":0",
        "\"colour\":\"red\"}",
    };
    struct lab lab;
    struct buf seen = { 0 };
    struct err err = { { 0 } };
    char path[64];

    (void)state;
    lab_open(&lab, "read -r l; printf '%s' \"$l\" >seen; echo '{\"id\":1,\"answer\":{\"n\":4}}'",
             ",\"extra\":{\"colour\":\"red\"}");
    ask_and_wait(&lab);
    assert_string_equal(lab.text[0], "{\"n\":4}");
    snprintf(path, sizeof(path), "%s/seen", lab.folder);
    assert_true(file_read(&seen, path, 1 << 20, &err));
    for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
        if (strstr(buf_str(&seen), parts[i]) == NULL)
            fail_msg("no %s in %s", parts[i], buf_str(&seen));
    }
    buf_fini(&seen);
    lab_close(&lab);
}

static void a_program_that_dies_is_started_again(void **state)
{
    struct lab lab;
    struct buf log = { 0 };
    struct err err = { { 0 } };

    (void)state;
    // dies twice before its first answer, and after each one
    lab_open(&lab,
             "read -r l; echo x >>tries; echo I am $(wc -l <tries) >&2; "
             "[ $(wc -l <tries) -gt 2 ] || exit 7; id=${l#*:}; "
             "echo \"{\\\"id\\\":${id%%,*},\\\"answer\\\":{\\\"n\\\":5}}\"",
             ",\"concurrency\":1");
    lab.want = 4;
    for (size_t i = 0; i < 4; i++)
        put_question(&lab, i);
    run(&lab);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(lab.failure[i], FAILURE_NONE);
    assert_int_equal(models_usage(lab.models).failed, 0);
    assert_true(models_usage(lab.models).retries >= 2);
    assert_true(file_read(&log, lab.log, 1 << 20, &err));
    assert_non_null(strstr(buf_str(&log), ": I am 1\n"));
    assert_non_null(strstr(buf_str(&log), "ended with exit code 7; it last said: I am 1\n"));
    buf_fini(&log);
    lab_close(&lab);
}

static void one_that_only_dies_stops_the_study(void **state)
{
    struct lab lab;

    (void)state;
    lab_open(&lab, "echo no such module: model >&2; exit 1", "");
    ask_and_wait(&lab);
    assert_int_equal(lab.failure[0], FAILURE_MODEL);
    assert_true(failure_stops_study(lab.failure[0]));
    assert_non_null(strstr(lab.message[0], "5 times in a row"));
    assert_non_null(strstr(lab.message[0], "no such module: model"));
    lab_close(&lab);
}

static void wrong_answers_fail_as_those_of_a_server_do(void **state)
{
    static const struct {
        const char *answer, *more;
        enum failure failure;
        const char *message;
    } cases[] = {
        { "\\\"answer\\\":{\\\"n\\\":\\\"x\\\"}", "", FAILURE_UNUSABLE, "must be a whole number" },
        { "\\\"text\\\":\\\"seven\\\"", "", FAILURE_UNUSABLE, "does not match" },
        { "\\\"refused\\\":\\\"too personal\\\"", "", FAILURE_REFUSED, "too personal" },
        { "\\\"error\\\":\\\"no memory left\\\"", "", FAILURE_UNREACHABLE, "no memory left" },
        { "\\\"other\\\":1", "", FAILURE_EMPTY, "neither `answer` nor `text`" },
        { "\\\"id\\\":", ",\"timeout\":{\"total\":0.05}", FAILURE_UNREACHABLE, "in time" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct lab lab;
        struct buf program = { 0 }, more = { 0 };
        buf_addf(&program,
                 "while read -r l; do id=${l#*:}; echo \"{\\\"id\\\":${id%%%%,*},%s}\"; done",
                 cases[i].answer);
        buf_addf(&more, ",\"retries\":1%s", cases[i].more);
        lab_open(&lab, buf_str(&program), buf_str(&more));
        ask_and_wait(&lab);
        if (lab.failure[0] != cases[i].failure || strstr(lab.message[0], cases[i].message) == NULL)
            fail_msg("%s: %s: %s", cases[i].answer, failure_name(lab.failure[0]), lab.message[0]);
        buf_fini(&program);
        buf_fini(&more);
        lab_close(&lab);
    }
}

static void text_is_read_as_tolerantly_as_a_models(void **state)
{
    struct lab lab;

    (void)state;
    lab_open(
        &lab,
        "read -r l; printf '%s\\n' '{\"id\":1,\"text\":\"Sure: ```json\\n{\\\"n\\\": 3}\\n```\","
        "\"tokens_in\":11,\"tokens_out\":4}'; read -r l",
        "");
    ask_and_wait(&lab);
    assert_int_equal(lab.failure[0], FAILURE_NONE);
    assert_int_equal(models_usage(lab.models).tokens_in, 11);
    assert_int_equal(models_usage(lab.models).tokens_out, 4);
    lab_close(&lab);
}

static void a_program_may_be_silent_when_the_study_ends(void **state)
{
    struct lab lab;
    struct wire_message message = { WIRE_USER, view_of("?") };
    struct question q = {
        .role = "r", .prompt = "p", .version = "1", .messages = &message, .message_count = 1
    };
    struct err err = { { 0 } };

    (void)state;
    lab_open(&lab, "read -r l; read -r l", "");
    struct ask *a = ask_start(lab.channel, &q, take_answer, NULL);
    for (int i = 0; i < 20; i++)
        assert_true(loop_run_once(lab.loop, 1, &err));
    ask_cancel(a);
    assert_int_equal(lab.done, 0);
    lab_close(&lab);
}

static void two_roles_share_one_program(void **state)
{
    struct lab lab;
    struct err err = { { 0 } };
    struct json *json = NULL;
    struct channel *second = NULL;
    struct buf tries = { 0 };
    char path[64];

    (void)state;
    lab_open(&lab, "echo x >>starts; exec sh ./echo.sh", "");
    snprintf(path, sizeof(path), "%s/echo.sh", lab.folder);
    assert_true(file_write(path, view_of(echo_program), &err));
    json = parse("\"exec:echo x >>starts; exec sh ./echo.sh\"");
    second = models_add(lab.models, endpoint_from_json(json, &err), &err);
    assert_non_null(second);
    json_free(json);
    lab.want = 2;
    put_question(&lab, 0);
    lab.channel = second;
    put_question(&lab, 1);
    run(&lab);
    assert_string_equal(lab.text[1], "{\"n\":1}");
    snprintf(path, sizeof(path), "%s/starts", lab.folder);
    assert_true(file_read(&tries, path, 100, &err));
    assert_string_equal(buf_str(&tries), "x\n");
    buf_fini(&tries);
    lab_close(&lab);
}

static void names_are_checked(void **state)
{
    static const struct {
        const char *table, *message;
    } bad[] = {
        { "\"exec:\"", "the command is missing" },
        { "\"exec:   \"", "the command is missing" },
        { "\"exec:a\\nb\"", "one line" },
        { "{\"model\":\"exec:a\",\"temperature\":1}", "`temperature` means nothing to a program" },
        { "{\"model\":\"exec:a\",\"api_key_env\":\"K\"}", "`api_key_env` means nothing" },
        { "\"exe:a\"", "`exec:COMMAND`" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
        struct json *json = parse(bad[i].table);
        struct err err = { { 0 } };
        assert_null(endpoint_from_json(json, &err));
        if (strstr(err.text, bad[i].message) == NULL)
            fail_msg("%s: %s", bad[i].table, err.text);
        json_free(json);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_are_matched_by_their_ids),
        cmocka_unit_test(a_request_is_one_line_with_all_that_was_promised),
        cmocka_unit_test(a_program_that_dies_is_started_again),
        cmocka_unit_test(one_that_only_dies_stops_the_study),
        cmocka_unit_test(wrong_answers_fail_as_those_of_a_server_do),
        cmocka_unit_test(text_is_read_as_tolerantly_as_a_models),
        cmocka_unit_test(a_program_may_be_silent_when_the_study_ends),
        cmocka_unit_test(two_roles_share_one_program),
        cmocka_unit_test(names_are_checked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
