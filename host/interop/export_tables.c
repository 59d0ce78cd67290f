#include "interop/export_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "interop/export_file.h"
#include "interop/export_tables_parts.h"

// One table being written.
struct output {
    struct export_row_form row_form;
    struct export_file *file;
    const struct export_run *run; // whose rows come
    int64_t rows;
    struct err *err;
    bool ok;
};

static bool add_row(void *user, const struct value *row, size_t columns)
{
    struct output *o = user;

    export_row_add(export_file_buf(o->file), &o->row_form, o->run, row, columns);
    o->rows++;
    o->ok = export_file_flush(o->file, o->err);
    return o->ok;
}

// Appends a run's rows to the table.
static bool add_run(struct output *o, const struct export_table *t, const struct export_run *run,
                    struct reader *reader, struct err *err)
{
    struct buf sql = { 0 };
    bool ok = false;

    o->run = run;
    export_table_add_query(&sql, t);
    ok = reader_query(reader, buf_str(&sql), NULL, 0, add_row, o, err) && o->ok;
    buf_fini(&sql);
    return ok ? true : err_wrap(err, "%s: table %s", run->path, t->name);
}

static char *table_path(const struct export_tables_options *options, const struct export_table *t)
{
    struct buf path = { 0 };

    buf_addf(&path, "%s/%s.%s", options->folder, t->name,
             options->form == EXPORT_CSV ? "csv" : "jsonl");
    return buf_take(&path);
}

static bool begin(struct output *o, const struct export_table *t,
                  const struct export_tables_options *options, struct err *err)
{
    char *path = table_path(options, t);

    *o = (struct output){ .err = err, .ok = true };
    export_row_form_init(&o->row_form, options->form, t);
    o->file = export_file_open(path, err);
    if (o->file != NULL)
        export_row_add_header(export_file_buf(o->file), &o->row_form);
    free(path);
    return o->file != NULL;
}

bool export_table_is_wanted(const struct export_tables_options *options, size_t table)
{
    bool wanted = options->only == NULL && export_table_number_bytes(export_table_at(table)) == 0;

    for (size_t i = 0; options->only != NULL && options->only[i] != NULL; i++)
        wanted = wanted || strcmp(options->only[i], export_table_name(table)) == 0;
    return wanted;
}

static bool check_free(const struct export_tables_options *options, const struct export_table *t,
                       struct err *err)
{
    char *path = table_path(options, t);
    bool ok = options->force || !file_exists(path);

    if (!ok)
        err_set(err, "%s: is there already; name another folder, or use --force to replace it",
                path);
    free(path);
    return ok;
}

// All tables of one run, as of one moment.
static bool write_run(struct output *outputs, const struct export_run *run, struct err *err)
{
    struct reader *reader = export_run_open(run, err);
    bool ok = reader != NULL;

    for (size_t i = 0; ok && i < export_table_count(); i++) {
        if (outputs[i].file != NULL)
            ok = add_run(&outputs[i], export_table_at(i), run, reader, err);
    }
    reader_close(reader);
    return ok;
}

bool export_tables(const struct export_source *source, const struct export_tables_options *options,
                   int64_t *rows, struct err *err)
{
    const size_t count = export_table_count();
    struct output *outputs = mem_calloc(count, sizeof(*outputs));
    bool ok = true;

    for (size_t i = 0; ok && i < count; i++)
        ok = !export_table_is_wanted(options, i) || check_free(options, export_table_at(i), err);
    for (size_t i = 0; ok && i < count; i++)
        ok = !export_table_is_wanted(options, i) ||
             begin(&outputs[i], export_table_at(i), options, err);
    for (size_t i = 0; ok && i < source->count; i++)
        ok = write_run(outputs, &source->runs[i], err);
    for (size_t i = 0; i < count; i++) {
        if (ok && outputs[i].file != NULL)
            ok = export_file_close(outputs[i].file, err);
        else
            export_file_drop(outputs[i].file);
        if (rows != NULL)
            rows[i] = outputs[i].rows;
    }
    free(outputs);
    return ok;
}
