#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "learn/replay.h"

enum { PER_DAY = 50, DAYS = 6, ALL = PER_DAY * DAYS };

static struct candidates *build_set(int count, double value)
{
    struct candidates *c = candidates_new();
    struct err err = { { 0 } };
    char name[32];

    for (int i = 0; i < count; i++) {
        assert_true(candidates_open(c, &err));
        snprintf(name, sizeof(name), "topic=%d", i);
        assert_true(candidates_add(c, NULL, i == 0 ? "silent" : "say", 1, &err));
        assert_true(candidates_add(c, NULL, name, value, &err));
    }
    return c;
}

static struct features situation_of(int i)
{
    struct features f = { 0 };
    struct err err = { { 0 } };
    char name[32];

    snprintf(name, sizeof(name), "hour=%d", i % 24);
    assert_true(features_add(&f, NULL, name, 1, &err));
    if (i % 2 == 0)
        assert_true(features_add(&f, NULL, "since", i / 8.0, &err));
    return f;
}

static void add(struct replay *r, int i, uint32_t set, uint32_t day)
{
    struct features f = situation_of(i);
    struct err err = { { 0 } };
    struct example e = { set, (uint16_t)(i % 5), (uint16_t)((i + 1) % 5), 1, day };

    if (i % 7 == 0)
        e.rejected = EXAMPLE_NONE;
    else if (i % 11 == 1)
        e.chosen = EXAMPLE_NONE;
    e.weight = (float)(i % 3 + 1) / 2;
    if (!replay_add(r, &f, &e, &err))
        fail_msg("%s", err.text);
}

static struct replay *six_days(void)
{
    struct replay *r = replay_new();
    struct candidates *c = build_set(5, 1);

    for (int i = 0; i < ALL; i++)
        add(r, i, replay_add_set(r, c), (uint32_t)(1 + i / PER_DAY));
    candidates_free(c);
    return r;
}

static void no_repeats(const uint32_t *drawn, size_t n)
{
    bool seen[ALL] = { false };

    for (size_t i = 0; i < n; i++) {
        assert_true(drawn[i] < ALL && !seen[drawn[i]]);
        seen[drawn[i]] = true;
    }
}

static void equally_draws_as_many_as_it_says_from_everything(void **state)
{
    struct replay *r = six_days();
    struct rng rng = rng_start(1, "test", "equally", 0), before;
    double by_day[DAYS] = { 0 };
    uint32_t drawn[ALL];

    (void)state;
    for (int round = 0; round < 400; round++) {
        struct replay_options o = { REPLAY_EQUALLY, 120, 0 };
        assert_int_equal(replay_draw(r, &o, DAYS, &rng, drawn), 120);
        no_repeats(drawn, 120);
        for (size_t i = 0; i < 120; i++)
            by_day[drawn[i] / PER_DAY]++;
    }
    for (int day = 0; day < DAYS; day++) // 8000 each; the spread is about 63
        assert_true(fabs(by_day[day] - 8000) < 260);
    before = rng;
    assert_int_equal(
        replay_draw(r, &(struct replay_options){ REPLAY_EQUALLY, 400, 0 }, DAYS, &rng, drawn), ALL);
    for (uint32_t i = 0; i < ALL; i++)
        assert_int_equal(drawn[i], i);
    assert_memory_equal(&before, &rng, sizeof(rng)); // nothing was left to chance
    assert_int_equal(
        replay_draw(r, &(struct replay_options){ REPLAY_EQUALLY, 0, 0 }, DAYS, &rng, drawn), 0);
    replay_free(r);
}

static void half_today_takes_all_of_today_and_as_many_earlier(void **state)
{
    const struct replay_options o = { REPLAY_HALF_TODAY, 0, 0 };
    struct replay *r = six_days();
    struct rng rng = rng_start(1, "test", "half", 0);
    uint32_t drawn[ALL];

    (void)state;
    assert_int_equal(replay_draw(r, &o, DAYS, &rng, drawn), 2 * PER_DAY);
    no_repeats(drawn, 2 * PER_DAY);
    for (uint32_t i = 0; i < PER_DAY; i++) {
        assert_int_equal(drawn[i], ALL - PER_DAY + i);
        assert_true(drawn[PER_DAY + i] < ALL - PER_DAY);
    }
    assert_int_equal(replay_draw(r, &o, 1, &rng, drawn), PER_DAY);  // nothing came before
    assert_int_equal(replay_draw(r, &o, DAYS + 1, &rng, drawn), 0); // nothing came in today
    for (int i = 0; i < 2 * ALL; i++) // more of today than there are earlier ones
        add(r, i, 0, DAYS + 1);
    {
        uint32_t many[3 * ALL];
        assert_int_equal(replay_draw(r, &o, DAYS + 1, &rng, many), 3 * ALL);
    }
    replay_free(r);
}

static void a_half_life_prefers_the_recent(void **state)
{
    const struct replay_options o = { REPLAY_EQUALLY, 1, 1 };
    struct replay *r = six_days();
    struct rng rng = rng_start(1, "test", "recent", 0);
    double by_day[DAYS] = { 0 }, sum = 0;
    uint32_t drawn[ALL];

    (void)state;
    for (int round = 0; round < 20000; round++) {
        assert_int_equal(replay_draw(r, &o, DAYS, &rng, drawn), 1);
        by_day[drawn[0] / PER_DAY]++;
    }
    for (int day = 0; day < DAYS; day++)
        sum += pow(0.5, DAYS - 1 - day);
    for (int day = 0; day < DAYS; day++)
        assert_true(fabs(by_day[day] / 20000 - pow(0.5, DAYS - 1 - day) / sum) < 0.012);
    assert_int_equal(
        replay_draw(r, &(struct replay_options){ REPLAY_EQUALLY, 299, 1e-6 }, 1000000, &rng, drawn),
        299); // ages that no power of two could hold
    no_repeats(drawn, 299);
    assert_true(drawn[298] < PER_DAY); // the oldest day comes last
    replay_free(r);
}

static void all_takes_everything_and_nothing_is_no_error(void **state)
{
    struct replay *r = six_days(), *empty = replay_new();
    struct rng rng = rng_start(1, "test", "all", 0);
    uint32_t drawn[ALL];

    (void)state;
    assert_int_equal(
        replay_draw(r, &(struct replay_options){ .rule = REPLAY_ALL }, DAYS, &rng, drawn), ALL);
    for (int rule = REPLAY_EQUALLY; rule <= REPLAY_ALL; rule++) {
        struct replay_options o = { (enum replay_rule)rule, 200, 0 };
        assert_int_equal(replay_draw(empty, &o, 1, &rng, drawn), 0);
    }
    replay_free(empty);
    replay_free(r);
}

static void what_has_not_come_in_yet_is_left_out(void **state)
{
    struct replay *r = six_days();
    struct rng rng = rng_start(1, "test", "late", 0);
    uint32_t drawn[ALL];

    (void)state;
    for (int rule = REPLAY_EQUALLY; rule <= REPLAY_ALL; rule++) {
        struct replay_options o = { (enum replay_rule)rule, ALL, 0 };
        size_t count = replay_draw(r, &o, 2, &rng, drawn);
        assert_int_equal(count, 2 * PER_DAY);
        for (size_t i = 0; i < count; i++)
            assert_true(replay_example(r, drawn[i])->day <= 2);
        assert_int_equal(replay_draw(r, &o, 0, &rng, drawn), 0);
    }
    replay_free(r);
}

static void a_seed_decides_the_draw(void **state)
{
    const struct replay_options o = { REPLAY_EQUALLY, 40, 0 };
    struct replay *r = six_days();
    uint32_t a[ALL], b[ALL], c[ALL];
    struct rng x = rng_start(1, "p01", "night", 3), y = rng_start(1, "p01", "night", 3);
    struct rng z = rng_start(1, "p01", "night", 4);
    uint64_t digest = HASH64_START;

    (void)state;
    replay_draw(r, &o, DAYS, &x, a);
    replay_draw(r, &o, DAYS, &y, b);
    replay_draw(r, &o, DAYS, &z, c);
    assert_memory_equal(a, b, 40 * sizeof(*a));
    assert_memory_not_equal(a, c, 40 * sizeof(*a));
    replay_draw(r, &(struct replay_options){ REPLAY_EQUALLY, 40, 2.5 }, DAYS, &x, b);
    for (int i = 0; i < 40; i++)
        digest = hash64_u64(hash64_u64(digest, a[i]), b[i]);
    if (digest != UINT64_C(0x9ff7bb13213b5fb5))
        fail_msg("the digest is 0x%016llx", (unsigned long long)digest);
    replay_free(r);
}

static void sets_are_kept_once(void **state)
{
    struct replay *r = replay_new();
    struct candidates *five = build_set(5, 1), *again = build_set(5, 1), *six = build_set(6, 1);
    struct candidates *weaker = build_set(5, 0.5);

    (void)state;
    assert_int_equal(replay_add_set(r, five), 0);
    assert_int_equal(replay_add_set(r, six), 1);
    assert_int_equal(replay_add_set(r, again), 0);
    assert_int_equal(replay_add_set(r, weaker), 2);
    assert_int_equal(replay_sets(r), 3);
    candidates_clear(five); // the copy stays
    assert_int_equal(candidates_count(replay_candidates(r, 0)), 5);
    candidates_free(five);
    candidates_free(again);
    candidates_free(six);
    candidates_free(weaker);
    replay_free(r);
}

static void what_makes_no_sense_is_refused(void **state)
{
    static const struct {
        struct example e;
        const char *why;
    } cases[] = {
        { { 1, 0, 1, 1, 9 }, "no set 1" },
        { { 0, 5, 1, 1, 9 }, "chosen candidate 6 of 5" },
        { { 0, 0, 77, 1, 9 }, "rejected candidate 78 of 5" },
        { { 0, EXAMPLE_NONE, EXAMPLE_NONE, 1, 9 }, "neither" },
        { { 0, 2, 2, 1, 9 }, "preferred to itself" },
        { { 0, 0, 1, 0, 9 }, "weight 0" },
        { { 0, 0, 1, -1, 9 }, "weight -1" },
        { { 0, 0, 1, NAN, 9 }, "weight" },
        { { 0, 0, 1, INFINITY, 9 }, "weight inf" },
        { { 0, 0, 1, 1, 5 }, "day 5 comes after day 6" },
    };
    struct replay *r = six_days();
    struct features f = situation_of(2);
    struct err err = { { 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        assert_false(replay_add(r, &f, &cases[i].e, &err));
        if (strstr(err.text, cases[i].why) == NULL)
            fail_msg("case %zu: %s", i, err.text);
    }
    f.items[1].value = NAN;
    assert_false(replay_add(r, &f, &(struct example){ 0, 0, 1, 1, 9 }, &err));
    assert_int_equal(replay_count(r), ALL);
    replay_free(r);
}

static void same_examples(const struct replay *a, const struct replay *b)
{
    assert_int_equal(replay_count(a), replay_count(b));
    for (size_t i = 0; i < replay_count(a); i++) {
        const struct example *x = replay_example(a, i), *y = replay_example(b, i);
        struct features f, g;
        assert_true(x->set == y->set && x->chosen == y->chosen && x->rejected == y->rejected);
        assert_true(x->weight == y->weight && x->day == y->day);
        replay_situation(a, i, &f);
        replay_situation(b, i, &g);
        assert_int_equal(f.count, g.count);
        assert_memory_equal(f.items, g.items, f.count * sizeof(*f.items));
    }
    assert_int_equal(replay_sets(a), replay_sets(b));
}

static void a_buffer_saved_night_by_night_comes_back_whole(void **state)
{
    struct replay *r = six_days(), *back = replay_new();
    struct candidates *other = build_set(7, 2);
    struct buf parts[3] = { { 0 }, { 0 }, { 0 } }, whole = { 0 }, again = { 0 };
    struct err err = { { 0 } };

    (void)state;
    replay_save(r, 0, &parts[0]);
    for (int i = 0; i < 9; i++)
        add(r, i + 3, replay_add_set(r, other), DAYS + 1);
    replay_save(r, ALL, &parts[1]);
    replay_save(r, replay_count(r), &parts[2]); // a night without examples
    for (int i = 0; i < 3; i++)
        if (!replay_load(back, buf_view(&parts[i]), &err))
            fail_msg("%s", err.text);
    same_examples(r, back);
    replay_save(r, 0, &whole);
    replay_save(back, 0, &again);
    assert_true(view_equal(buf_view(&whole), buf_view(&again)));
    print_message("%zu examples take %zu bytes\n", replay_count(r), whole.len);
    for (int i = 0; i < 3; i++)
        buf_fini(&parts[i]);
    buf_fini(&whole);
    buf_fini(&again);
    candidates_free(other);
    replay_free(back);
    replay_free(r);
}

// Cut anywhere, or with any byte changed, bytes are refused or give a buffer that can be used.
static void damaged_bytes_do_no_harm(void **state)
{
    struct replay *r = replay_new(), *back = replay_new();
    struct candidates *c = build_set(5, 1);
    struct err err = { { 0 } };
    struct buf bytes = { 0 };
    int refused = 0;

    (void)state;
    for (int i = 0; i < 6; i++)
        add(r, i, replay_add_set(r, c), 1);
    replay_save(r, 0, &bytes);
    for (size_t len = 0; len < bytes.len; len++) {
        assert_false(replay_load(back, (struct view){ bytes.data, len }, &err));
        assert_true(replay_count(back) == 0 && replay_sets(back) == 0);
    }
    for (size_t at = 0; at < bytes.len; at++) {
        struct replay *one = replay_new();
        bytes.data[at] = (char)(bytes.data[at] ^ 0xff);
        if (!replay_load(one, buf_view(&bytes), &err)) {
            refused++;
            assert_true(replay_count(one) == 0 && replay_sets(one) == 0);
        }
        bytes.data[at] = (char)(bytes.data[at] ^ 0xff);
        replay_free(one);
    }
    assert_true(refused > 100);
    buf_add_char(&bytes, 'x');
    assert_false(replay_load(back, buf_view(&bytes), &err));
    assert_non_null(strstr(err.text, "1 bytes too many"));
    buf_fini(&bytes);
    candidates_free(c);
    replay_free(back);
    replay_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equally_draws_as_many_as_it_says_from_everything),
        cmocka_unit_test(half_today_takes_all_of_today_and_as_many_earlier),
        cmocka_unit_test(a_half_life_prefers_the_recent),
        cmocka_unit_test(all_takes_everything_and_nothing_is_no_error),
        cmocka_unit_test(what_has_not_come_in_yet_is_left_out),
        cmocka_unit_test(a_seed_decides_the_draw),
        cmocka_unit_test(sets_are_kept_once),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(a_buffer_saved_night_by_night_comes_back_whole),
        cmocka_unit_test(damaged_bytes_do_no_harm),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
