#include "learn/sparse.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { HEADER_BYTES = 12, ENTRY_BYTES = 8 };

void bytes_add_u16(struct buf *out, uint16_t value)
{
    const char bytes[2] = { (char)value, (char)(value >> 8) };

    buf_add(out, bytes, sizeof(bytes));
}

void bytes_add_u32(struct buf *out, uint32_t value)
{
    bytes_add_u16(out, (uint16_t)value);
    bytes_add_u16(out, (uint16_t)(value >> 16));
}

uint16_t bytes_u16(const char *at)
{
    const unsigned char *b = (const unsigned char *)at;

    return (uint16_t)(b[0] | b[1] << 8);
}

uint32_t bytes_u32(const char *at)
{
    return bytes_u16(at) | (uint32_t)bytes_u16(at + 2) << 16;
}

void sparse_save(struct buf *out, const float *values, unsigned bits)
{
    uint32_t count = 0;

    for (size_t i = 0; i < (size_t)1 << bits; i++)
        count += values[i] != 0;
    buf_add_str(out, "PSW1");
    bytes_add_u32(out, bits);
    bytes_add_u32(out, count);
    for (size_t i = 0; i < (size_t)1 << bits; i++) {
        uint32_t as_bits = 0;
        if (values[i] == 0)
            continue;
        memcpy(&as_bits, &values[i], sizeof(as_bits));
        bytes_add_u32(out, (uint32_t)i);
        bytes_add_u32(out, as_bits);
    }
}

static float value_at(const char *entry)
{
    uint32_t as_bits = bytes_u32(entry + 4);
    float value = 0;

    memcpy(&value, &as_bits, sizeof(value));
    return value;
}

static bool check(unsigned bits, struct view bytes, struct err *err)
{
    uint64_t next = 0;

    if (bytes.len < HEADER_BYTES || memcmp(bytes.data, "PSW1", 4) != 0)
        return err_set(err, "these bytes are no saved weights (they should start with PSW1)");
    if (bytes_u32(bytes.data + 4) != bits)
        return err_set(err, "weights for 2^%" PRIu32 " buckets; the policy has 2^%u",
                       bytes_u32(bytes.data + 4), bits);
    if (bytes.len - HEADER_BYTES != (uint64_t)bytes_u32(bytes.data + 8) * ENTRY_BYTES)
        return err_set(err, "saved weights of %" PRIu32 " buckets take %zu bytes: cut or damaged",
                       bytes_u32(bytes.data + 8), bytes.len);
    for (size_t at = HEADER_BYTES; at < bytes.len; at += ENTRY_BYTES) {
        uint32_t index = bytes_u32(bytes.data + at);
        if (index < next || index >= (uint64_t)1 << bits)
            return err_set(err, "saved weights: bucket %" PRIu32 " is out of order or range",
                           index);
        if (!isfinite(value_at(bytes.data + at)))
            return err_set(err, "saved weights: bucket %" PRIu32 " is not finite", index);
        next = (uint64_t)index + 1;
    }
    return true;
}

bool sparse_load(float *values, unsigned bits, struct view bytes, struct err *err)
{
    if (!check(bits, bytes, err))
        return false;
    memset(values, 0, sizeof(*values) << bits);
    for (size_t at = HEADER_BYTES; at < bytes.len; at += ENTRY_BYTES)
        values[bytes_u32(bytes.data + at)] = value_at(bytes.data + at);
    return true;
}
