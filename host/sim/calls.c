#include "sim/calls.h"

#include <stdlib.h>

#include "base/file.h"
#include "store/manifest.h"
#include "store/reader.h"

static double number(const struct value *v)
{
    return v->type == VALUE_INT ? (double)v->i : v->type == VALUE_REAL ? v->r : 0;
}

static bool add(void *user, const struct value *row, size_t columns)
{
    struct calls_total *total = user;

    (void)columns;
    total->questions += (int64_t)number(&row[0]);
    total->failed += (int64_t)number(&row[1]);
    total->spent.requests += (int64_t)number(&row[2]);
    total->spent.cost += number(&row[3]);
    return true;
}

static bool count_file(const char *path, struct calls_total *total, struct err *err)
{
    struct reader *reader = NULL;
    bool ok = false;

    if (!file_exists(path))
        return true;
    reader = reader_open(path, err);
    ok = reader != NULL &&
         reader_query(reader,
                      "SELECT sum(questions), sum(failed), sum(requests), sum(cost) FROM cost",
                      NULL, 0, add, total, err);
    reader_close(reader);
    return ok;
}

bool calls_count(const struct study *study, const char *out, struct calls_total *total,
                 struct err *err)
{
    bool ok = true;

    *total = (struct calls_total){ 0 };
    for (size_t i = 0; ok && i < study->cell_count; i++) {
        const struct study_cell *c = &study->cells[i];
        char *file = manifest_file_name(c->condition, c->persona, c->seed);
        char *path = path_join(out, file);
        ok = count_file(path, total, err);
        free(path);
        free(file);
    }
    return ok;
}
