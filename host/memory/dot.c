#include "memory/dot.h"

#include <assert.h>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

static float add_lanes(const float lane[DOT_LANES])
{
    float w[8], x[4];

    for (size_t j = 0; j < 8; j++)
        w[j] = (lane[j] + lane[j + 8]) + (lane[j + 16] + lane[j + 24]);
    for (size_t j = 0; j < 4; j++)
        x[j] = w[j] + w[j + 4];
    return (x[0] + x[1]) + (x[2] + x[3]);
}

static float one_portable(const float *a, const float *b, size_t n)
{
    float lane[DOT_LANES] = { 0 };
    size_t i = 0;

    for (; i + DOT_LANES <= n; i += DOT_LANES)
        for (size_t j = 0; j < DOT_LANES; j++)
            lane[j] += a[i + j] * b[i + j];
    for (size_t j = 0; i + j < n; j++)
        lane[j] += a[i + j] * b[i + j];
    return add_lanes(lane);
}

static void rows_portable(const float *query, const float *rows, size_t count, size_t n, float *out)
{
    assert(n % DOT_LANES == 0);
    for (size_t r = 0; r < count; r++)
        out[r] = one_portable(query, rows + r * n, n);
}

const struct dot_kernel *dot_portable(void)
{
    static const struct dot_kernel kernel = { "portable", one_portable, rows_portable };

    return &kernel;
}

#if defined(__x86_64__)

#define AVX2 __attribute__((target("avx2")))

// Written out instead of looped over: gcc at -O2 keeps an array of sums in memory.
AVX2 static inline __m256 step(__m256 sum, const float *a, const float *b)
{
    return _mm256_add_ps(sum, _mm256_mul_ps(_mm256_loadu_ps(a), _mm256_loadu_ps(b)));
}

AVX2 static float one_avx2(const float *a, const float *b, size_t n)
{
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    float lane[DOT_LANES];
    size_t i = 0;

    for (; i + DOT_LANES <= n; i += DOT_LANES) {
        s0 = step(s0, a + i, b + i);
        s1 = step(s1, a + i + 8, b + i + 8);
        s2 = step(s2, a + i + 16, b + i + 16);
        s3 = step(s3, a + i + 24, b + i + 24);
    }
    _mm256_storeu_ps(lane, s0);
    _mm256_storeu_ps(lane + 8, s1);
    _mm256_storeu_ps(lane + 16, s2);
    _mm256_storeu_ps(lane + 24, s3);
    for (size_t j = 0; i + j < n; j++)
        lane[j] += a[i + j] * b[i + j];
    return add_lanes(lane);
}

AVX2 static inline __m128 fold(__m256 s0, __m256 s1, __m256 s2, __m256 s3)
{
    __m256 w = _mm256_add_ps(_mm256_add_ps(s0, s1), _mm256_add_ps(s2, s3));

    return _mm_add_ps(_mm256_castps256_ps128(w), _mm256_extractf128_ps(w, 1));
}

// Two rows share each load of the query; eight sums fill the pipelines.
AVX2 static inline void two_rows(const float *q, const float *a, const float *b, size_t n,
                                 __m128 *out_a, __m128 *out_b)
{
    __m256 s0 = _mm256_setzero_ps(), s1 = s0, s2 = s0, s3 = s0;
    __m256 t0 = s0, t1 = s0, t2 = s0, t3 = s0;

    for (size_t i = 0; i < n; i += DOT_LANES) {
        s0 = step(s0, q + i, a + i);
        t0 = step(t0, q + i, b + i);
        s1 = step(s1, q + i + 8, a + i + 8);
        t1 = step(t1, q + i + 8, b + i + 8);
        s2 = step(s2, q + i + 16, a + i + 16);
        t2 = step(t2, q + i + 16, b + i + 16);
        s3 = step(s3, q + i + 24, a + i + 24);
        t3 = step(t3, q + i + 24, b + i + 24);
    }
    *out_a = fold(s0, s1, s2, s3);
    *out_b = fold(t0, t1, t2, t3);
}

AVX2 static void rows_avx2(const float *query, const float *rows, size_t count, size_t n,
                           float *out)
{
    size_t r = 0;

    assert(n % DOT_LANES == 0);
    for (; r + 4 <= count; r += 4) {
        const float *row = rows + r * n;
        __m128 a, b, c, d;
        two_rows(query, row, row + n, n, &a, &b);
        two_rows(query, row + 2 * n, row + 3 * n, n, &c, &d);
        _mm_storeu_ps(out + r, _mm_hadd_ps(_mm_hadd_ps(a, b), _mm_hadd_ps(c, d)));
    }
    for (; r < count; r++)
        out[r] = one_avx2(query, rows + r * n, n);
}

const struct dot_kernel *dot_avx2(void)
{
    static const struct dot_kernel kernel = { "avx2", one_avx2, rows_avx2 };

    return __builtin_cpu_supports("avx2") ? &kernel : NULL;
}

#else

const struct dot_kernel *dot_avx2(void)
{
    return NULL;
}

#endif

const struct dot_kernel *dot_best(void)
{
    const struct dot_kernel *fast = dot_avx2();

    return fast != NULL ? fast : dot_portable();
}
