#include "world/tile_data.h"

#include <stdlib.h>
#include <string.h>

#include <zlib.h>
#include <zstd.h>

#include "base/mem.h"
#include "text/base64.h"

static bool unpack_base64(struct view text, struct buf *out, struct err *err)
{
    size_t at = 0;

    switch (base64_decode(text, out, &at)) {
    case BASE64_OK: return true;
    case BASE64_CUT_SHORT:
        return err_set(err, "its base64 data is cut short: save the map again");
    case BASE64_BAD_CHARACTER: break;
    }
    return err_set(err, "its data is not base64 (byte %zu): save the map again", at + 1);
}

static bool inflate_to(struct view in, bool gzip, uint8_t *out, size_t len, struct err *err)
{
    const char *name = gzip ? "gzip" : "zlib";
    z_stream z = { .next_in = (unsigned char *)in.data,
                   .avail_in = (uInt)in.len,
                   .next_out = out,
                   .avail_out = (uInt)len };
    int rc = Z_OK;
    bool ok = false;

    if (inflateInit2(&z, gzip ? 15 + 16 : 15) != Z_OK)
        return err_set(err, "zlib cannot start: %s", z.msg != NULL ? z.msg : "out of memory");
    rc = inflate(&z, Z_FINISH);
    if (rc == Z_DATA_ERROR || rc == Z_NEED_DICT)
        err_set(err, "its %s data is damaged (%s): save the map again", name,
                z.msg != NULL ? z.msg : "wrong header");
    else if (rc != Z_STREAM_END || z.avail_out != 0 || z.avail_in != 0)
        err_set(err, "its %s data does not hold exactly one number per tile: save the map again",
                name);
    else
        ok = true;
    inflateEnd(&z);
    return ok;
}

static bool unzstd_to(struct view in, uint8_t *out, size_t len, struct err *err)
{
    size_t got = ZSTD_decompress(out, len, in.data, in.len);

    if (ZSTD_isError(got))
        return err_set(err,
                       "its zstd data is damaged or of the wrong size (%s): save the map again",
                       ZSTD_getErrorName(got));
    if (got != len)
        return err_set(err, "its zstd data does not hold exactly one number per tile: save the map "
                            "again");
    return true;
}

static bool copy_to(struct view in, uint8_t *out, size_t len, struct err *err)
{
    if (in.len != len)
        return err_set(err, "its data holds %zu bytes, not 4 per tile (%zu): save the map again",
                       in.len, len);
    memcpy(out, in.data, len);
    return true;
}

bool tile_data_decode(struct view text, struct view compression, uint32_t *gids, size_t count,
                      struct err *err)
{
    const size_t len = count * 4;
    struct buf packed = { 0 };
    uint8_t *bytes = mem_calloc(len, 1);
    bool ok = false;

    if (!unpack_base64(text, &packed, err))
        goto done;
    if (compression.len == 0)
        ok = copy_to(buf_view(&packed), bytes, len, err);
    else if (view_equal(compression, view_of("zlib")))
        ok = inflate_to(buf_view(&packed), false, bytes, len, err);
    else if (view_equal(compression, view_of("gzip")))
        ok = inflate_to(buf_view(&packed), true, bytes, len, err);
    else if (view_equal(compression, view_of("zstd")))
        ok = unzstd_to(buf_view(&packed), bytes, len, err);
    else
        err_set(err,
                "its compression `%.*s` is unknown: choose CSV, base64, zlib, gzip or zstd in the "
                "map's properties (Tile Layer Format)",
                (int)compression.len, compression.data);
    for (size_t i = 0; ok && i < count; i++)
        gids[i] = bytes[4 * i] | (uint32_t)bytes[4 * i + 1] << 8 |
                  (uint32_t)bytes[4 * i + 2] << 16 | (uint32_t)bytes[4 * i + 3] << 24;
done:
    free(bytes);
    buf_fini(&packed);
    return ok;
}
