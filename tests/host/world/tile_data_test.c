#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "world/tile_data.h"

/// The numbers 1, 0x0f010203 and 0x80000002, as other tools pack them; `message` NULL: must be
/// read.
static const struct {
    const char *compression, *text, *message;
} rows[] = {
    { "", "AQAAAAMCAQ8CAACA", NULL },
    { "", " AQAAAAMC\n  AQ8CAACA\n", NULL },
    { "", "AQAAAAMCAQ8CAACAAA==", "holds 13 bytes, not 4 per tile (12)" },
    { "", "AQAAAAMCAQ8CAAA=", "holds 11 bytes" },
    { "", "", "holds 0 bytes" },
    { "", "AQAAAAMCAQ8CAAC", "holds 11 bytes" },
    { "", "AQAAAAMCAQ8CA", "base64 data is cut short" },
    { "", "AQAAAAMCAQ8C====", "not base64 (byte 13)" },
    { "", "AQAAAAMCAQ8CAA==CAAC", "not base64 (byte 17)" },
    { "", "AQAAAAMCAQ8CAA-A", "not base64 (byte 15)" },
    { "zlib", "eJxjZGBgYGZi5GdiYGgAAAEXAJk=", NULL },
    { "zlib", "eJxjZGBgYGZi5GdiYGgAAAEXAJl4", "exactly one number per tile" }, // a byte behind it
    { "zlib", "eJxjZGBgYGZi5GdiYGgAAAEXAA==", "exactly one number per tile" }, // a byte missing
    { "zlib", "eJxjZGBgYGZi5GdiYGgAMhkAA3sAmQ==", "exactly one number per tile" }, // four numbers
    { "zlib", "eJxjZGBgYGZi5AcAADMAFw==", "exactly one number per tile" },         // two
    { "zlib", "eJxjZGBgYGZi5GdiYGgAAAEXAJo=", "zlib data is damaged" },            // checksum
    { "gzip", "H4sIAAAAAAACA2NkYGBgZmLkZ2JgaAAAFZPd9wwAAAA=", NULL },
    { "gzip", "H4sIAAAAAAACA2NkYGBgZmLkZ2JgaAAAFZPd9wwAAAB4", "exactly one number per tile" },
    { "gzip", "eJxjZGBgYGZi5GdiYGgAAAEXAJk=", "gzip data is damaged" },
    { "zstd", "KLUv/QRYYQAAAQAAAAMCAQ8CAACALONDVg==", NULL },
    { "zstd", "KLUv/QRYYQAAAQAAAAMCAQ8CAACALONDVng=", "zstd data is damaged" },
    { "zstd", "KLUv/QRYgQAAAQAAAAMCAQ8CAACAMTIzNEMnhsU=", "zstd data is damaged" },
    { "zstd", "KLUv/QRYQQAAAQAAAAMCAQ8QgWxu", "exactly one number per tile" },
    { "lzma", "AQAAAAMCAQ8CAACA", "`lzma` is unknown" },
};

static void numbers_come_out_as_they_went_in(void **state)
{
    const uint32_t want[] = { 1, 0x0f010203, 0x80000002 };

    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        uint32_t gids[3] = { 0 };
        struct err err = { { 0 } };
        bool ok =
            tile_data_decode(view_of(rows[i].text), view_of(rows[i].compression), gids, 3, &err);

        if (ok != (rows[i].message == NULL))
            fail_msg("row %zu: %s", i, ok ? "was accepted" : err.text);
        if (ok)
            assert_memory_equal(gids, want, sizeof(want));
        else if (strstr(err.text, rows[i].message) == NULL)
            fail_msg("row %zu: `%s` does not hold `%s`", i, err.text, rows[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_come_out_as_they_went_in),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
