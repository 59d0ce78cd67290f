#include "interop/matrix_png.h"

#include <assert.h>

static void add_u32(struct buf *out, uint32_t n) // PNG is big-endian
{
    const char bytes[] = { (char)(n >> 24), (char)(n >> 16), (char)(n >> 8), (char)n };

    buf_add(out, bytes, sizeof(bytes));
}

/// CRC-32 of ISO 3309, as PNG wants it.
static uint32_t crc32_of(const char *data, size_t len)
{
    uint32_t crc = 0xffffffff;

    for (size_t i = 0; i < len; i++) {
        crc ^= (uint8_t)data[i];
        for (unsigned bit = 0; bit < 8; bit++)
            crc = (crc & 1) != 0 ? crc >> 1 ^ 0xedb88320 : crc >> 1;
    }
    return ~crc;
}

/// A chunk: length, type and data, checksum of the latter two.
static void add_chunk(struct buf *out, const char type[5], struct view data)
{
    size_t start = 0;

    add_u32(out, (uint32_t)data.len);
    start = out->len;
    buf_add(out, type, 4);
    buf_add_view(out, data);
    add_u32(out, crc32_of(out->data + start, out->len - start));
}

/// A zlib stream (RFC 1950) of stored blocks: the pictures are small, and simple is enough.
static void add_stored(struct buf *out, struct view data)
{
    uint32_t a = 1, b = 0; // Adler-32

    buf_add(out, "\x78\x01", 2);
    for (size_t at = 0; at < data.len;) {
        size_t n = data.len - at < 65535 ? data.len - at : 65535;

        buf_add_char(out, at + n == data.len);
        buf_add_char(out, (char)n);
        buf_add_char(out, (char)(n >> 8));
        buf_add_char(out, (char)~n);
        buf_add_char(out, (char)(~n >> 8));
        buf_add(out, data.data + at, n);
        at += n;
    }
    for (size_t i = 0; i < data.len; i++) {
        a = (a + (uint8_t)data.data[i]) % 65521;
        b = (b + a) % 65521;
    }
    add_u32(out, b << 16 | a);
}

void matrix_add_png(struct buf *out, const uint32_t *colours, uint32_t count, uint32_t px)
{
    struct buf header = { 0 }, palette = { 0 }, pixels = { 0 }, packed = { 0 };

    assert(count >= 1 && count <= 128);
    add_u32(&header, count * px);
    add_u32(&header, px);
    buf_add(&header, "\x08\x03\0\0\0", 5); // 8 bits a pixel, numbers of palette colours
    for (uint32_t dark = 0; dark < 2; dark++) {
        for (uint32_t i = 0; i < count; i++) {
            for (int shift = 16; shift >= 0; shift -= 8) {
                uint32_t level = colours[i] >> shift & 0xff;

                buf_add_char(&palette, (char)(dark == 0 ? level : level * 15 / 16));
            }
        }
    }
    for (uint32_t y = 0; y < px; y++) {
        buf_add_char(&pixels, 0); // no filter
        for (uint32_t x = 0; x < count * px; x++)
            buf_add_char(&pixels, (char)(x / px + (y == px - 1 || x % px == px - 1 ? count : 0)));
    }
    add_stored(&packed, buf_view(&pixels));
    buf_add(out, "\x89PNG\r\n\x1a\n", 8);
    add_chunk(out, "IHDR", buf_view(&header));
    add_chunk(out, "PLTE", buf_view(&palette));
    add_chunk(out, "IDAT", buf_view(&packed));
    add_chunk(out, "IEND", (struct view){ 0 });
    buf_fini(&header);
    buf_fini(&palette);
    buf_fini(&pixels);
    buf_fini(&packed);
}
