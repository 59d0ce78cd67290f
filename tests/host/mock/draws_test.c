#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mock/faults.h"
#include "mock/latency.h"

static void latencies_are_read(void **state)
{
    static const struct {
        const char *text;
        enum latency_kind kind;
        double a, b;
    } good[] = {
        { "300", LATENCY_FIXED, 300, 0 },
        { "uniform:100,500", LATENCY_UNIFORM, 100, 500 },
        { "lognormal:300,0.5", LATENCY_LOGNORMAL, 300, 0.5 },
    };
    static const char *const bad[] = {
        "",    "fast",          "-1", "300ms", "uniform:5", "uniform:5,1", "lognormal:300,-1",
        "1e9", "uniform:1,2,3", "nan"
    };
    struct latency l;
    struct err err = { { 0 } };

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
        assert_true(latency_parse(good[i].text, &l, &err));
        assert_int_equal(l.kind, good[i].kind);
        assert_true(l.a == good[i].a && l.b == good[i].b);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(latency_parse(bad[i], &l, &err));
}

static void latencies_have_their_distribution(void **state)
{
    struct rng rng = rng_start(1, "", "latency", 0);
    const struct latency uniform = { LATENCY_UNIFORM, 100, 500 };
    const struct latency lognormal = { LATENCY_LOGNORMAL, 300, 0.5 };
    double sum = 0;
    int below = 0, n = 20000;

    (void)state;
    for (int i = 0; i < n; i++) {
        int64_t ms = latency_draw(&uniform, &rng);
        assert_true(ms >= 100 && ms < 500);
        sum += (double)ms;
        below += latency_draw(&lognormal, &rng) < 300;
    }
    assert_true(fabs(sum / n - 299.5) < 5); // whole milliseconds: cut, not rounded
    assert_true(abs(below - n / 2) < n / 50);
}

static void faults_are_read(void **state)
{
    static const char *const bad[] = { "429",      "429=",    "429=2",   "429=-1",
                                       "429=0.1x", "bug=0.1", "all=0.1", "reset=0.6,half=0.6" };
    struct faults f;
    struct err err = { { 0 } };

    (void)state;
    assert_true(faults_parse("429=0.05,reset=0.01", &f, &err));
    assert_true(f.rate[FAULT_BUSY] == 0.05 && f.rate[FAULT_RESET] == 0.01 &&
                f.rate[FAULT_HANG] == 0);
    assert_true(faults_parse("all=0.05,hang=0", &f, &err));
    assert_true(f.rate[FAULT_BUSY] == 0.05 && f.rate[FAULT_DRIP] == 0.05 &&
                f.rate[FAULT_HANG] == 0);
    assert_true(faults_parse("", &f, &err));
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_false(faults_parse(bad[i], &f, &err));
    assert_false(faults_parse("bug=0.1", &f, &err));
    assert_non_null(strstr(err.text, "not-json"));
}

static void faults_come_as_often_as_was_asked(void **state)
{
    struct rng rng = rng_start(1, "", "faults", 0);
    struct err err = { { 0 } };
    struct faults f;
    int count[FAULT_COUNT] = { 0 }, n = 20000;

    (void)state;
    assert_true(faults_parse("429=0.2,drip=0.05", &f, &err));
    for (int i = 0; i < n; i++)
        count[faults_draw(&f, &rng)]++;
    assert_true(abs(count[FAULT_BUSY] - n / 5) < n / 50);
    assert_true(abs(count[FAULT_DRIP] - n / 20) < n / 100);
    assert_int_equal(count[FAULT_NONE] + count[FAULT_BUSY] + count[FAULT_DRIP], n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latencies_are_read),
        cmocka_unit_test(latencies_have_their_distribution),
        cmocka_unit_test(faults_are_read),
        cmocka_unit_test(faults_come_as_often_as_was_asked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
