#include "web/readers.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "store/reader.h"
#include "web/catalog.h"

enum { KEPT_OPEN = 8 };

struct slot {
    char *path;
    ino_t inode; // a run that was deleted and made again is another file
    struct reader *reader;
    uint64_t used;
};

struct readers {
    struct slot slots[KEPT_OPEN];
    uint64_t clock;
};

static void empty(struct slot *s)
{
    reader_close(s->reader);
    free(s->path);
    *s = (struct slot){ 0 };
}

struct readers *readers_new(void)
{
    return mem_calloc(1, sizeof(struct readers));
}

void readers_free(struct readers *r)
{
    if (r == NULL)
        return;
    for (size_t i = 0; i < KEPT_OPEN; i++)
        empty(&r->slots[i]);
    free(r);
}

struct reader *readers_get(struct readers *r, const struct catalog_run *run, struct err *err)
{
    struct slot *oldest = &r->slots[0];
    struct stat st = { 0 };

    if (stat(run->path, &st) != 0) {
        err_set(err, "this run has no file yet; it is written when its turn comes");
        return NULL;
    }
    for (size_t i = 0; i < KEPT_OPEN; i++) {
        struct slot *s = &r->slots[i];
        if (s->path != NULL && strcmp(s->path, run->path) == 0) {
            if (s->inode == st.st_ino) {
                s->used = ++r->clock;
                return s->reader;
            }
            empty(s);
        }
        if (s->used < oldest->used)
            oldest = s;
    }
    empty(oldest);
    oldest->reader = reader_open(run->path, err);
    if (oldest->reader == NULL)
        return NULL;
    oldest->path = mem_strdup(run->path);
    oldest->inode = st.st_ino;
    oldest->used = ++r->clock;
    return oldest->reader;
}
