#include "net/program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "net/loop.h"

enum { PATIENCE_MS = 20000 };

struct told {
    struct buf lines, complaints;
    size_t line_count, want;
    bool ended;
    int code;
};

static void on_line(void *user, struct view line)
{
    struct told *t = user;

    buf_add_view(&t->lines, line);
    buf_add_char(&t->lines, '|');
    t->line_count++;
}

static void on_complaint(void *user, struct view line)
{
    struct told *t = user;

    buf_add_view(&t->complaints, line);
    buf_add_char(&t->complaints, '|');
}

static void on_end(void *user, int code)
{
    struct told *t = user;

    t->ended = true;
    t->code = code;
}

static bool is_over(void *user)
{
    const struct told *t = user;

    return t->ended || (t->want > 0 && t->line_count >= t->want);
}

static struct program *start(struct loop *loop, struct told *t, const char *command)
{
    const struct program_config config = { .command = command,
                                           .max_line = 1 << 20,
                                           .line = on_line,
                                           .complaint = on_complaint,
                                           .ended = on_end,
                                           .user = t };
    struct err err = { { 0 } };
    struct program *p = program_new(loop, &config, &err);

    if (p == NULL)
        fail_msg("%s", err.text);
    return p;
}

static void run(struct loop *loop, struct told *t)
{
    struct err err = { { 0 } };

    if (!loop_run_until(loop, is_over, t, PATIENCE_MS, &err))
        fail_msg("%s", err.text);
}

static struct loop *new_loop(void)
{
    struct err err = { { 0 } };
    struct loop *loop = loop_new(&err);

    assert_non_null(loop);
    return loop;
}

static void told_fini(struct told *t)
{
    buf_fini(&t->lines);
    buf_fini(&t->complaints);
}

static void lines_go_there_and_back(void **state)
{
    struct loop *loop = new_loop();
    struct told t = { .want = 2 };
    struct program *p = start(loop, &t, "while read -r l; do echo \"<$l>\"; done");

    (void)state;
    program_send(p, view_of("one"));
    program_send(p, view_of("two words"));
    run(loop, &t);
    program_send(p, view_of("three"));
    t.want = 3;
    run(loop, &t);
    assert_string_equal(buf_str(&t.lines), "<one>|<two words>|<three>|");
    assert_false(t.ended);
    program_free(p);
    told_fini(&t);
    loop_free(loop);
}

static void megabytes_go_through_pipes_that_hold_less(void **state)
{
    struct loop *loop = new_loop();
    struct told t = { .want = 200 };
    struct program *p = start(loop, &t, "cat");
    struct buf line = { 0 };

    (void)state;
    for (int i = 0; i < 20000; i++)
        buf_add_char(&line, (char)('a' + i % 26));
    for (size_t i = 0; i < t.want; i++)
        program_send(p, buf_view(&line));
    run(loop, &t);
    assert_int_equal(t.lines.len, 200 * (line.len + 1));
    assert_memory_equal(t.lines.data + 150 * (line.len + 1), line.data, line.len);
    program_free(p);
    buf_fini(&line);
    told_fini(&t);
    loop_free(loop);
}

static void its_end_and_last_words_are_told(void **state)
{
    static const struct {
        const char *command;
        int code;
        const char *complaints;
    } cases[] = {
        { "echo bad >&2; printf 'no end' >&2; exit 3", 3, "bad|no end|" },
        { "kill -9 $$", 137, "" },
        { "exec 1>&-; while read -r x; do :; done", 0,
          "" }, // closes its output, and ends as its input does
        { "/no/such/program 2>/dev/null", 127, "" },
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct loop *loop = new_loop();
        struct told t = { .ended = false };
        struct program *p = start(loop, &t, cases[i].command);
        program_send(p, view_of("hello?"));
        run(loop, &t);
        assert_true(t.ended);
        assert_int_equal(t.code, cases[i].code);
        assert_string_equal(buf_str(&t.complaints), cases[i].complaints);
        program_send(p, view_of("is there anybody?")); // does nothing
        program_free(p);
        told_fini(&t);
        loop_free(loop);
    }
}

static void a_line_without_end_ends_it(void **state)
{
    struct loop *loop = new_loop();
    struct told t = { .ended = false };
    struct program *p = start(loop, &t, "while :; do printf 0123456789012345678901234567890; done");

    (void)state;
    run(loop, &t);
    assert_true(t.ended);
    assert_int_equal(t.line_count, 0);
    program_free(p);
    told_fini(&t);
    loop_free(loop);
}

static void one_that_stays_is_killed_with_its_children(void **state)
{
    struct loop *loop = new_loop();
    struct told t = { .want = 1 };
    struct program *p =
        start(loop, &t, "trap '' TERM; sleep 1000 & echo $!; while :; do sleep 1000; done");

    (void)state;
    run(loop, &t);
    program_free(p);
    long child = strtol(buf_str(&t.lines), NULL, 10);
    assert_true(child > 1);
    // killed with its group: gone, or waits to be reaped by the system
    struct buf command = { 0 };
    buf_addf(&command,
             "for i in $(seq 500); do [ -e /proc/%ld/stat ] || exit 0; "
             "grep -q ') Z' /proc/%ld/stat && exit 0; sleep 0.02; done; exit 1",
             child, child);
    int gone = system(buf_str(&command)); // the kernel ends it when it comes to it
    assert_int_equal(gone, 0);
    buf_fini(&command);
    told_fini(&t);
    loop_free(loop);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_go_there_and_back),
        cmocka_unit_test(megabytes_go_through_pipes_that_hold_less),
        cmocka_unit_test(its_end_and_last_words_are_told),
        cmocka_unit_test(a_line_without_end_ends_it),
        cmocka_unit_test(one_that_stays_is_killed_with_its_children),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
