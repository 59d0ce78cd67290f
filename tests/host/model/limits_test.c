// Who is let in, when, to which URL, and in whose turn.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "model/limits.h"

struct fixture {
    struct loop *loop;
    struct limits *limits;
    struct buf trace; // who was let in, in order
    size_t inside, most;
};

struct guest {
    struct limits_turn turn;
    struct fixture *f;
    char name;
    size_t url;
    int64_t at_ms;
    bool in;
};

static void on_turn(void *user, size_t url)
{
    struct guest *g = user;

    g->in = true;
    g->url = url;
    g->at_ms = loop_now_ms(g->f->loop);
    buf_add_char(&g->f->trace, g->name);
    g->f->inside++;
    if (g->f->inside > g->f->most)
        g->f->most = g->f->inside;
}

static int set_up(void **state)
{
    static struct fixture f;
    struct err err = { { 0 } };

    f = (struct fixture){ .loop = loop_new(&err) };
    *state = &f;
    return f.loop == NULL;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;

    limits_free(f->limits);
    loop_free(f->loop);
    buf_fini(&f->trace);
    return 0;
}

static void open_limits(struct fixture *f, struct limits_options o)
{
    f->limits = limits_new(f->loop, &o);
}

static void wait_for(struct fixture *f, struct guest *g, char name, uint64_t household, bool again)
{
    *g = (struct guest){ .f = f, .name = name };
    limits_wait(f->limits, &g->turn, household, 1, again, on_turn, g);
}

static void leave(struct fixture *f, struct guest *g)
{
    limits_leave(f->limits, &g->turn, -1);
    g->in = false;
    f->inside--;
}

static void pass(struct fixture *f)
{
    struct err err = { { 0 } };

    if (!loop_run_once(f->loop, 0, &err))
        fail_msg("%s", err.text);
}

static void pass_until(struct fixture *f, size_t count)
{
    struct err err = { { 0 } };

    while (f->trace.len < count) {
        if (!loop_run_once(f->loop, -1, &err))
            fail_msg("%s", err.text);
    }
}

static void test_households_take_turns_and_each_keeps_its_order(void **state)
{
    struct fixture *f = *state;
    static const char names[] = "aaaabbc";
    struct guest g[7];

    open_limits(f, (struct limits_options){ .concurrency = 1, .urls = 1 });
    for (int i = 0; i < 7; i++)
        wait_for(f, &g[i], names[i], (uint64_t)names[i], false);
    assert_int_equal(f->inside, 0); // not from inside of limits_wait
    for (int i = 0; i < 7; i++) {
        pass(f);
        assert_int_equal(f->trace.len, i + 1);
        for (int j = 0; j < 7; j++) {
            if (g[j].in)
                leave(f, &g[j]);
        }
    }
    assert_string_equal(buf_str(&f->trace), "abcabaa");
    assert_int_equal(f->most, 1);
}

static void test_no_more_than_allowed_run_at_once_over_the_least_busy_urls(void **state)
{
    struct fixture *f = *state;
    struct guest g[8];
    size_t per_url[3] = { 0 };

    open_limits(f, (struct limits_options){ .concurrency = 6, .urls = 3 });
    for (int i = 0; i < 8; i++)
        wait_for(f, &g[i], (char)('a' + i), 1, false);
    pass(f);
    assert_int_equal(limits_running(f->limits), 6);
    assert_int_equal(limits_waiting(f->limits), 2);
    for (int i = 0; i < 6; i++)
        per_url[g[i].url]++;
    assert_int_equal(per_url[0], 2);
    assert_int_equal(per_url[1], 2);
    assert_int_equal(per_url[2], 2);
    leave(f, &g[4]); // of URL 1
    pass(f);
    assert_true(g[6].in && g[6].url == g[4].url);
    assert_false(g[7].in);
    for (int i = 0; i < 8; i++)
        limits_leave(f->limits, &g[i].turn, -1);
    assert_int_equal(limits_running(f->limits) + limits_waiting(f->limits), 0);
}

static void test_who_comes_again_goes_first_in_its_household(void **state)
{
    struct fixture *f = *state;
    struct guest g[4];

    open_limits(f, (struct limits_options){ .concurrency = 1, .urls = 1 });
    wait_for(f, &g[0], 'a', 1, false);
    wait_for(f, &g[1], 'b', 1, false);
    wait_for(f, &g[2], 'c', 2, false);
    wait_for(f, &g[3], 'r', 1, true);
    for (int i = 0; i < 4; i++) {
        pass(f);
        for (int j = 0; j < 4; j++) {
            if (g[j].in)
                leave(f, &g[j]);
        }
    }
    assert_string_equal(buf_str(&f->trace), "rcab");
}

static void test_requests_per_minute_space_requests_out(void **state)
{
    struct fixture *f = *state;
    struct guest g[5];
    int64_t start = loop_now_ms(f->loop);

    // 3000 a minute: 50 at once, then one every 20 ms; take the 50 first
    open_limits(
        f, (struct limits_options){ .concurrency = 99, .urls = 1, .requests_per_minute = 3000 });
    for (int i = 0; i < 50; i++) {
        struct guest first;
        wait_for(f, &first, '.', 1, false);
        pass(f);
        assert_true(first.in);
        leave(f, &first);
    }
    for (int i = 0; i < 5; i++)
        wait_for(f, &g[i], 'x', 1, false);
    pass_until(f, 55);
    assert_true(g[4].at_ms - start >= 80); // the earliest that the bucket can allow
    for (int i = 0; i < 5; i++)
        leave(f, &g[i]);
}

static void test_tokens_per_minute_delay_large_requests_but_do_not_block_them(void **state)
{
    struct fixture *f = *state;
    struct guest big = { .f = f, .name = 'b' }, next;
    int64_t start = loop_now_ms(f->loop);

    open_limits(f, (struct limits_options){
                       .concurrency = 9, .urls = 1, .tokens_per_minute = 60000 }); // 1 a ms
    limits_wait(f->limits, &big.turn, 1, 1040, false, on_turn, &big); // more than the bucket holds
    wait_for(f, &next, 'n', 1, false);
    pass(f);
    assert_string_equal(buf_str(&f->trace), "b");
    pass_until(f, 2);
    assert_true(next.at_ms - start >= 40);
    limits_leave(f->limits, &big.turn, 1060); // took more than was thought
    limits_leave(f->limits, &next.turn, 0);
}

static void test_a_pause_holds_everybody(void **state)
{
    struct fixture *f = *state;
    struct guest g;
    int64_t start = loop_now_ms(f->loop);

    open_limits(f, (struct limits_options){ .concurrency = 9, .urls = 1 });
    limits_pause(f->limits, 40);
    limits_pause(f->limits, 1); // the longest counts
    wait_for(f, &g, 'a', 1, false);
    pass(f);
    assert_false(g.in);
    pass_until(f, 1);
    assert_true(g.at_ms - start >= 40);
    leave(f, &g);
}

static void test_who_gives_up_waiting_leaves_no_gap(void **state)
{
    struct fixture *f = *state;
    struct guest g[3];

    open_limits(f, (struct limits_options){ .concurrency = 1, .urls = 1 });
    for (int i = 0; i < 3; i++)
        wait_for(f, &g[i], (char)('a' + i), (uint64_t)i, false);
    limits_leave(f->limits, &g[0].turn, -1);
    limits_leave(f->limits, &g[1].turn, -1);
    pass(f);
    assert_string_equal(buf_str(&f->trace), "c");
    limits_leave(f->limits, &g[2].turn, -1);
}

static void test_the_use_of_places_is_measured(void **state)
{
    struct fixture *f = *state;
    struct guest g[3];
    struct limits_use use;
    struct err err = { { 0 } };

    open_limits(f, (struct limits_options){ .concurrency = 2, .urls = 1 });
    for (int i = 0; i < 3; i++)
        wait_for(f, &g[i], 'a', 1, false);
    pass(f);
    assert_true(loop_run(f->loop, 30, NULL, &err));
    use = limits_use(f->limits);
    assert_true(use.demand_ms >= 29);
    assert_true(use.running_ms >= 2 * 29 && use.running_ms <= 2 * (use.demand_ms + 5));
    for (int i = 0; i < 3; i++)
        limits_leave(f->limits, &g[i].turn, -1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_households_take_turns_and_each_keeps_its_order),
        TEST(test_no_more_than_allowed_run_at_once_over_the_least_busy_urls),
        TEST(test_who_comes_again_goes_first_in_its_household),
        TEST(test_requests_per_minute_space_requests_out),
        TEST(test_tokens_per_minute_delay_large_requests_but_do_not_block_them),
        TEST(test_a_pause_holds_everybody),
        TEST(test_who_gives_up_waiting_leaves_no_gap),
        TEST(test_the_use_of_places_is_measured),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
