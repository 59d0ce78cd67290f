#include "net/process.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/loop.h"

struct told {
    struct process *process;
    bool ended, free_inside;
    int code;
    struct buf out, complaint;
};

static void on_end(void *user, int code, struct view out, struct view complaint)
{
    struct told *t = user;

    t->ended = true;
    t->code = code;
    buf_add_view(&t->out, out);
    buf_add_view(&t->complaint, complaint);
    if (t->free_inside) {
        process_free(t->process);
        t->process = NULL;
    }
}

static bool has_ended(void *user)
{
    return ((struct told *)user)->ended;
}

static struct loop *new_loop(void)
{
    struct err err = { { 0 } };
    struct loop *loop = loop_new(&err);

    assert_non_null(loop);
    return loop;
}

static void start(struct loop *loop, struct told *t, const char *script, size_t most)
{
    const char *const argv[] = { "sh", "-c", script, NULL };
    const struct process_config config = { .argv = argv, .most = most, .ended = on_end, .user = t };
    struct err err = { { 0 } };

    t->process = process_new(loop, &config, &err);
    if (t->process == NULL)
        fail_msg("%s", err.text);
}

static void told_fini(struct told *t)
{
    process_free(t->process);
    buf_fini(&t->out);
    buf_fini(&t->complaint);
}

static void the_end_tells_what_was_printed(void **state)
{
    static const struct {
        const char *script, *out, *complaint;
        int code;
    } cases[] = {
        { "printf hello; echo bad >&2; exit 3", "hello", "bad\n", 3 },
        { "true", "", "", 0 },
        { "printf 12345678901", "1234567890", "", 0 }, // cut off
        { "kill -TERM $$", "", "", 128 + SIGTERM },
        { "read -r line; echo \"[$line]\"", "[]\n", "", 0 },         // it has no input
        { "kill -PIPE $$; echo still here", "", "", 128 + SIGPIPE }, // signals are the usual ones
    };
    struct loop *loop = new_loop();
    struct err err = { { 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct told t = { .free_inside = i % 2 == 0 };
        start(loop, &t, cases[i].script, 10);
        assert_true(loop_run_until(loop, has_ended, &t, 10000, &err));
        assert_int_equal(t.code, cases[i].code);
        assert_string_equal(buf_str(&t.out), cases[i].out);
        assert_string_equal(buf_str(&t.complaint), cases[i].complaint);
        told_fini(&t);
    }
    loop_free(loop);
}

static void freeing_it_kills_it(void **state)
{
    struct loop *loop = new_loop();
    struct told t = { 0 };

    (void)state;
    start(loop, &t, "sleep 1000", 10);
    told_fini(&t); // returns at once, or this test would take long
    assert_false(t.ended);
    loop_free(loop);
}

static void a_program_that_is_not_there_is_an_error(void **state)
{
    const char *const argv[] = { "/no/such/program", NULL };
    struct told t = { 0 };
    const struct process_config config = { .argv = argv, .ended = on_end, .user = &t };
    struct loop *loop = new_loop();
    struct err err = { { 0 } };

    (void)state;
    assert_null(process_new(loop, &config, &err));
    assert_non_null(strstr(err.text, "/no/such/program cannot be started: No such file"));
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_end_tells_what_was_printed),
        cmocka_unit_test(freeing_it_kills_it),
        cmocka_unit_test(a_program_that_is_not_there_is_an_error),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
