#include "base/pool.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/rng.h"

enum { BLOCKS = 500, ROUNDS = 20000, MOST = 700 }; // sizes on both sides of what is small

struct block {
    unsigned char *at;
    size_t size;
    unsigned char mark;
};

static void fill(struct block *b, size_t from)
{
    memset(b->at + from, b->mark, b->size - from);
}

static void check(const struct block *b, size_t size)
{
    for (size_t i = 0; i < size; i++)
        assert_int_equal(b->at[i], b->mark);
}

static size_t below(struct rng *r, size_t n)
{
    return (size_t)(rng_below(r, n));
}

static void no_block_touches_another(void **state)
{
    struct pool *p = pool_new();
    struct rng r = rng_from_key(7);
    static struct block blocks[BLOCKS];

    (void)state;
    memset(blocks, 0, sizeof(blocks));
    for (int round = 0; round < ROUNDS; round++) {
        struct block *b = &blocks[below(&r, BLOCKS)];
        size_t size = 1 + below(&r, MOST), kept = size < b->size ? size : b->size;

        if (b->at == NULL) {
            *b = (struct block){ pool_take(p, size), size, (unsigned char)round };
            assert_int_equal((uintptr_t)b->at % _Alignof(max_align_t), 0);
            fill(b, 0);
        } else if (below(&r, 2) == 0) {
            check(b, b->size);
            b->at = pool_resize(p, b->at, b->size, size);
            b->size = size;
            check(b, kept);
            fill(b, kept);
        } else {
            check(b, b->size);
            pool_give_back(p, b->at, b->size);
            *b = (struct block){ 0 };
        }
    }
    for (int i = 0; i < BLOCKS; i++) {
        if (blocks[i].at != NULL) {
            check(&blocks[i], blocks[i].size);
            pool_give_back(p, blocks[i].at, blocks[i].size);
        }
    }
    pool_free(p);
}

static void what_is_given_back_is_used_again(void **state)
{
    struct pool *p = pool_new();
    void *first = pool_take(p, 40), *other = pool_take(p, 100);

    (void)state;
    pool_give_back(p, first, 40);
    assert_ptr_equal(pool_take(p, 33), first); // the same class: 33 to 48 bytes
    assert_ptr_equal(pool_resize(p, other, 100, 112), other);
    pool_free(p); // with what is left in it
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_block_touches_another),
        cmocka_unit_test(what_is_given_back_is_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
