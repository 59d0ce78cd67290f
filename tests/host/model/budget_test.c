// The budget of a study, over processes.

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "model/budget.h"

static struct budget *make(double cost, int64_t requests, double spent_cost, int64_t spent)
{
    struct err err = { { 0 } };
    struct budget *b = budget_new(&(struct budget_limits){ cost, requests },
                                  &(struct budget_limits){ spent_cost, spent }, &err);

    assert_non_null(b);
    return b;
}

static void test_without_limits_nothing_is_refused(void **state)
{
    struct budget *b = make(0, 0, 1e6, 1000000);
    struct err err = { { 0 } };

    (void)state;
    for (int i = 0; i < 100; i++)
        assert_true(budget_reserve(b, 1000, &err));
    budget_free(b);
}

static void test_what_was_spent_before_counts(void **state)
{
    struct budget *b = make(0, 10, 0, 8);
    struct err err = { { 0 } };

    (void)state;
    assert_true(budget_reserve(b, 0, &err) && budget_reserve(b, 0, &err));
    assert_false(budget_reserve(b, 0, &err));
    assert_non_null(strstr(err.text, "limit of 10 requests"));
    assert_non_null(strstr(err.text, "--max-requests"));
    budget_free(b);
}

static void test_costs_are_reserved_and_put_right(void **state)
{
    struct budget *b = make(1, 0, 0.5, 3);
    struct err err = { { 0 } };

    (void)state;
    assert_true(budget_reserve(b, 0.4, &err));
    assert_false(budget_reserve(b, 0.2, &err)); // 0.9 is spent or under way
    assert_non_null(strstr(err.text, "--max-cost"));
    budget_settle(b, 0.4, 0.1);
    assert_true(budget_reserve(b, 0.2, &err));
    budget_settle(b, 0.2, 0); // was not paid
    assert_true(budget_reserve(b, 0.4, &err));
    assert_false(budget_reserve(b, 0.001, &err));
    budget_free(b);
}

// Four processes take as much as they get; together it is the limit.
static void test_processes_share_it(void **state)
{
    enum { PROCESSES = 4, LIMIT = 150 };
    struct budget *b = make(0, LIMIT, 0, 0);
    struct err err = { { 0 } };
    int total = 0;

    (void)state;
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() != 0)
            continue;
        int mine = 0;
        while (budget_reserve(b, 0, &err))
            mine++;
        _exit(mine);
    }
    for (int i = 0; i < PROCESSES; i++) {
        int status = 0;
        assert_true(wait(&status) > 0 && WIFEXITED(status));
        total += WEXITSTATUS(status);
    }
    assert_int_equal(total, LIMIT);
    budget_free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_without_limits_nothing_is_refused),
        cmocka_unit_test(test_what_was_spent_before_counts),
        cmocka_unit_test(test_costs_are_reserved_and_put_right),
        cmocka_unit_test(test_processes_share_it),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
