// The event loop: what runs in which order, and when it returns.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "net/loop.h"

struct fixture {
    struct loop *loop;
    struct buf trace;
};

struct note {
    struct fixture *f;
    const char *text;
    struct loop_timer *timer;
};

static void write_note(void *user)
{
    struct note *n = user;

    buf_add_str(&n->f->trace, n->text);
}

static void write_note_and_again(void *user)
{
    struct note *n = user;

    write_note(n);
    loop_defer(n->f->loop, write_note, n);
    if (n->timer != NULL)
        loop_timer_set(n->timer, 0);
}

static void write_note_and_stop(void *user)
{
    struct note *n = user;

    write_note(n);
    loop_stop(n->f->loop);
}

static void free_own_timer(void *user)
{
    struct note *n = user;

    loop_timer_free(n->timer);
    n->timer = NULL;
    write_note(n);
}

static int open_loop(void **state)
{
    static struct fixture f;
    struct err err = { { 0 } };

    f = (struct fixture){ .loop = loop_new(&err) };
    *state = &f;
    return f.loop == NULL;
}

static int close_loop(void **state)
{
    struct fixture *f = *state;

    loop_free(f->loop);
    buf_fini(&f->trace);
    return 0;
}

static void run_once(struct fixture *f, int64_t wait_ms)
{
    struct err err = { { 0 } };

    if (!loop_run_once(f->loop, wait_ms, &err))
        fail_msg("%s", err.text);
}

static void test_deferred_calls_run_in_order_and_theirs_in_the_next_pass(void **state)
{
    struct fixture *f = *state;
    struct note a = { f, "a", NULL }, b = { f, "b", NULL }, c = { f, "c", NULL };

    loop_defer(f->loop, write_note, &a);
    loop_defer(f->loop, write_note_and_again, &b);
    loop_defer(f->loop, write_note, &c);
    run_once(f, 0);
    assert_string_equal(buf_str(&f->trace), "abc");
    run_once(f, -1);
    assert_string_equal(buf_str(&f->trace), "abcb");
}

static void test_many_deferred_calls_keep_their_order_when_the_queue_grows(void **state)
{
    struct fixture *f = *state;
    char digits[10][2];
    struct note notes[10];

    for (int i = 0; i < 10; i++) {
        digits[i][0] = (char)('0' + i);
        digits[i][1] = '\0';
        notes[i] = (struct note){ f, digits[i], NULL };
    }
    for (int i = 0; i < 10; i++) // moves the start of the ring
        loop_defer(f->loop, write_note, &notes[i]);
    run_once(f, 0);
    buf_clear(&f->trace);
    for (int i = 0; i < 1000; i++)
        loop_defer(f->loop, write_note, &notes[i % 10]);
    run_once(f, 0);
    assert_int_equal(f->trace.len, 1000);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(f->trace.data[i], '0' + (int)(i % 10));
}

static void test_a_deferred_call_can_be_taken_back(void **state)
{
    struct fixture *f = *state;
    struct note a = { f, "a", NULL }, b = { f, "b", NULL };

    loop_defer(f->loop, write_note, &a);
    loop_defer(f->loop, write_note, &b);
    loop_defer(f->loop, write_note, &a);
    loop_undefer(f->loop, write_note, &a);
    run_once(f, 0);
    assert_string_equal(buf_str(&f->trace), "b");
}

static void test_timers_fire_by_time_then_by_the_order_of_setting(void **state)
{
    struct fixture *f = *state;
    static const int delay[] = { 3, 1, 2, 1, 0, 2 };
    static const char *const text[] = { "a", "b", "c", "d", "e", "f" };
    struct note notes[6];
    int64_t start = loop_now_ms(f->loop);

    for (int i = 0; i < 6; i++) {
        notes[i] = (struct note){ f, text[i], NULL };
        notes[i].timer = loop_timer_new(f->loop, write_note, &notes[i]);
        loop_timer_set(notes[i].timer, delay[i] * 20);
    }
    loop_timer_set(notes[5].timer, 90); // set again: the first time is forgotten
    loop_timer_clear(notes[2].timer);
    assert_false(loop_timer_is_set(notes[2].timer));
    while (f->trace.len < 5)
        run_once(f, -1);
    assert_string_equal(buf_str(&f->trace), "ebdaf");
    assert_true(loop_now_ms(f->loop) - start >= 90);
    for (int i = 0; i < 6; i++)
        loop_timer_free(notes[i].timer);
}

static void test_a_hundred_timers_set_and_cleared_at_random_fire_in_order(void **state)
{
    struct fixture *f = *state;
    struct note notes[100];
    char text[100][2];
    unsigned x = 1;

    for (int i = 0; i < 100; i++) {
        x = x * 1103515245u + 12345u;
        text[i][0] = (char)('A' + (x >> 16) % 8);
        text[i][1] = '\0';
        notes[i] = (struct note){ f, text[i], NULL };
        notes[i].timer = loop_timer_new(f->loop, write_note, &notes[i]);
        loop_timer_set(notes[i].timer, (text[i][0] - 'A' + 1) * 40);
    }
    for (int i = 0; i < 100; i += 3)
        loop_timer_clear(notes[i].timer);
    while (f->trace.len < 66)
        run_once(f, -1);
    for (size_t i = 1; i < f->trace.len; i++)
        assert_true(f->trace.data[i - 1] <= f->trace.data[i]);
    for (int i = 0; i < 100; i++)
        loop_timer_free(notes[i].timer);
}

static void test_a_timer_set_by_a_timer_fires_in_a_later_pass(void **state)
{
    struct fixture *f = *state;
    struct note a = { f, "a", NULL }, b = { f, "b", NULL };

    b.timer = loop_timer_new(f->loop, write_note, &b);
    a.timer = loop_timer_new(f->loop, free_own_timer, &a);
    loop_timer_set(a.timer, 0);
    run_once(f, -1);
    assert_null(a.timer);
    a.timer = b.timer;
    loop_defer(f->loop, write_note_and_again, &a); // sets b to fire at once
    run_once(f, -1);
    assert_string_equal(buf_str(&f->trace), "aab"); // the pass's timers come after its calls
    loop_timer_free(b.timer);
}

struct pipe_end {
    struct fixture *f;
    struct loop_watch *watch;
    int reads, last;
};

static void on_pipe(void *user, int fd, int what)
{
    struct pipe_end *p = user;
    char byte = 0;

    p->last = what;
    if ((what & LOOP_READ) != 0 && read(fd, &byte, 1) == 1) {
        buf_add_char(&p->f->trace, byte);
        p->reads++;
    } else { // end of file
        loop_watch_free(p->watch);
        p->watch = NULL;
    }
}

static void test_a_watched_pipe_reports_each_byte_and_its_end(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct pipe_end p = { .f = f };
    int ends[2];

    assert_int_equal(pipe(ends), 0);
    p.watch = loop_watch_new(f->loop, ends[0], LOOP_READ, on_pipe, &p, &err);
    assert_non_null(p.watch);
    run_once(f, 0);
    assert_int_equal(p.reads, 0);
    assert_int_equal(write(ends[1], "xy", 2), 2);
    run_once(f, -1);
    assert_true(loop_watch_set(p.watch, 0, &err));
    run_once(f, 0);
    assert_string_equal(buf_str(&f->trace), "x"); // paused
    assert_true(loop_watch_set(p.watch, LOOP_READ, &err));
    close(ends[1]);
    while (p.watch != NULL)
        run_once(f, -1);
    assert_string_equal(buf_str(&f->trace), "xy");
    close(ends[0]);
}

static void test_what_cannot_be_watched_is_refused(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    FILE *file = tmpfile();

    assert_non_null(file);
    assert_null(loop_watch_new(f->loop, fileno(file), LOOP_READ, on_pipe, NULL, &err));
    assert_non_null(strstr(err.text, "cannot be watched"));
    fclose(file);
}

static void test_waiting_for_nothing_for_ever_is_an_error(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };

    assert_false(loop_run_once(f->loop, -1, &err));
    assert_non_null(strstr(err.text, "nothing is under way"));
}

static void test_run_ends_when_it_is_stopped_or_when_its_time_is_over(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct note a = { f, "a", NULL };
    int64_t start = loop_now_ms(f->loop);
    bool stopped = true;

    assert_true(loop_run(f->loop, 20, &stopped, &err));
    assert_false(stopped);
    assert_true(loop_now_ms(f->loop) - start >= 20);
    loop_defer(f->loop, write_note_and_stop, &a);
    assert_true(loop_run(f->loop, -1, &stopped, &err));
    assert_true(stopped);
    assert_string_equal(buf_str(&f->trace), "a");
    assert_true(loop_run(f->loop, 0, &stopped, &err));
    assert_false(stopped); // a stop ends one run only
}

static bool trace_is_full(void *user)
{
    return ((struct fixture *)user)->trace.len >= 2;
}

static void test_run_until_asks_after_each_pass_and_gives_up_in_time(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct note a = { f, "a", NULL };

    assert_false(loop_run_until(f->loop, trace_is_full, f, 10, &err));
    assert_string_equal(err.text, "not done after 10 ms");
    loop_defer(f->loop, write_note_and_again, &a);
    assert_true(loop_run_until(f->loop, trace_is_full, f, -1, &err));
    assert_string_equal(buf_str(&f->trace), "aa");
}

static void test_two_loops_do_not_know_each_other(void **state)
{
    struct fixture *f = *state;
    struct err err = { { 0 } };
    struct loop *other = loop_new(&err);
    struct note a = { f, "a", NULL };

    assert_non_null(other);
    loop_defer(other, write_note, &a);
    run_once(f, 0);
    assert_int_equal(f->trace.len, 0);
    assert_true(loop_run_once(other, 0, &err));
    assert_string_equal(buf_str(&f->trace), "a");
    loop_free(other);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_loop, close_loop)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_deferred_calls_run_in_order_and_theirs_in_the_next_pass),
        TEST(test_many_deferred_calls_keep_their_order_when_the_queue_grows),
        TEST(test_a_deferred_call_can_be_taken_back),
        TEST(test_timers_fire_by_time_then_by_the_order_of_setting),
        TEST(test_a_hundred_timers_set_and_cleared_at_random_fire_in_order),
        TEST(test_a_timer_set_by_a_timer_fires_in_a_later_pass),
        TEST(test_a_watched_pipe_reports_each_byte_and_its_end),
        TEST(test_what_cannot_be_watched_is_refused),
        TEST(test_waiting_for_nothing_for_ever_is_an_error),
        TEST(test_run_ends_when_it_is_stopped_or_when_its_time_is_over),
        TEST(test_run_until_asks_after_each_pass_and_gives_up_in_time),
        TEST(test_two_loops_do_not_know_each_other),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
