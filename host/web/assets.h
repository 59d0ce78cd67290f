#pragma once
// The built pages, inside the program. The build makes assets.c from page/ (with Node), or says in
// it that the pages are missing.

#include <stddef.h>

struct web_asset {
    const char *name, *type, *etag;
    const unsigned char *data;
    size_t len;
};

extern const struct web_asset web_assets[];
extern const size_t web_asset_count;
