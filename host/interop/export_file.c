#include "interop/export_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

enum { FLUSH_BYTES = 1 << 16 };

struct export_file {
    char *path, *partial;
    FILE *out;
    struct buf buf;
};

struct export_file *export_file_open(const char *path, struct err *err)
{
    struct export_file *f = mem_calloc(1, sizeof(*f));
    struct buf partial = { 0 };

    buf_addf(&partial, "%s.%ld.part", path, (long)getpid());
    f->path = mem_strdup(path);
    f->partial = buf_take(&partial);
    f->out = fopen(f->partial, "wbe");
    if (f->out == NULL) {
        err_set(err, "%s: %s", f->partial, strerror(errno));
        export_file_drop(f);
        return NULL;
    }
    return f;
}

struct buf *export_file_buf(struct export_file *f)
{
    return &f->buf;
}

static bool write_out(struct export_file *f, struct err *err)
{
    bool ok = f->buf.len == 0 || fwrite(f->buf.data, 1, f->buf.len, f->out) == f->buf.len;

    if (!ok)
        err_set(err, "%s: %s", f->partial, strerror(errno));
    buf_clear(&f->buf);
    return ok;
}

bool export_file_flush(struct export_file *f, struct err *err)
{
    return f->buf.len < FLUSH_BYTES || write_out(f, err);
}

bool export_file_close(struct export_file *f, struct err *err)
{
    bool ok = write_out(f, err);

    if (fclose(f->out) != 0 && ok)
        ok = err_set(err, "%s: %s", f->partial, strerror(errno));
    f->out = NULL;
    if (ok && rename(f->partial, f->path) != 0)
        ok = err_set(err, "%s: %s", f->path, strerror(errno));
    if (ok) {
        free(f->partial);
        f->partial = NULL;
    }
    export_file_drop(f);
    return ok;
}

void export_file_drop(struct export_file *f)
{
    if (f == NULL)
        return;
    if (f->out != NULL)
        fclose(f->out);
    if (f->partial != NULL)
        unlink(f->partial);
    buf_fini(&f->buf);
    free(f->partial);
    free(f->path);
    free(f);
}
