#include "sim/guest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "script/services.h"

#define GUEST_FOLDER "scripts/guest/"

// The scripts with the guest's file among them.
static struct texts *with_file(const struct texts *texts, const char *inner, struct view text,
                               struct err *err)
{
    size_t count = texts_count(texts);
    struct text_row *rows = mem_calloc(count + 1, sizeof(*rows));
    struct texts *all = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct text_file *file = texts_at(texts, i);
        rows[i] = (struct text_row){ .path = file->path, .text = file->text, .hash = file->hash };
    }
    rows[count] = (struct text_row){ .path = inner, .text = text, .hash = hash_of(text) };
    all = texts_from_rows(rows, count + 1, err);
    free(rows);
    return all;
}

static bool name_module(struct guest *g, struct err *err)
{
    char again[TEXTS_MAX_PATH];
    const char *name = path_name(g->path);
    size_t len = strlen(name);

    if (len <= 4 || strcmp(name + len - 4, ".lua") != 0)
        return err_set(err, "%s: is no .lua file", g->path);
    if (len + sizeof(GUEST_FOLDER) > sizeof(g->inner) || strchr(name, '.') != name + len - 4)
        return err_set(err, "%s: the file's name must be of letters, digits, - and _", g->path);
    snprintf(g->inner, sizeof(g->inner), GUEST_FOLDER "%s", name);
    texts_path_module(g->inner, g->module);
    if (!texts_module_path(g->module, again) || strcmp(again, g->inner) != 0)
        return err_set(err, "%s: the file's name must be of letters, digits, - and _", g->path);
    return true;
}

// Puts the path that the user knows in place of the one among the scripts.
static void restore_path(const struct guest *g, struct err *err)
{
    struct buf out = { 0 };
    const char *at = err->text;

    for (const char *hit = strstr(at, g->inner); hit != NULL; hit = strstr(at, g->inner)) {
        buf_add(&out, at, (size_t)(hit - at));
        buf_add_str(&out, g->path);
        at = hit + strlen(g->inner);
    }
    buf_add_str(&out, at);
    err_set(err, "%s", buf_str(&out));
    buf_fini(&out);
}

bool guest_open_among(struct guest *guest, const char *path, const struct texts *texts,
                      const struct script_limits *limits, const struct script_needs *needs,
                      struct err *err)
{
    struct buf text = { 0 };
    struct texts *all = NULL;
    bool ok = false;

    *guest = (struct guest){ .path = mem_strdup(path) };
    if (!file_read(&text, path, TEXTS_MAX_FILE_BYTES, err) || !name_module(guest, err))
        goto done;
    all = with_file(texts, guest->inner, buf_view(&text), err);
    guest->script = services_load_script(limits, all, needs, err);
    ok = guest->script != NULL;
    if (!ok)
        restore_path(guest, err);
done:
    texts_unref(all);
    buf_fini(&text);
    if (!ok)
        guest_close(guest);
    return ok;
}

bool guest_open(struct guest *guest, const char *path, const char *const *roots, size_t root_count,
                const char *const *exports, struct err *err)
{
    const struct script_needs needs = { .exports = exports };
    struct texts *texts = NULL;
    bool ok = false;

    *guest = (struct guest){ 0 };
    texts = texts_read(roots, root_count, err);
    ok = texts != NULL &&
         guest_open_among(guest, path, texts, &(struct script_limits){ 0 }, &needs, err);
    texts_unref(texts);
    return ok;
}

void guest_close(struct guest *guest)
{
    script_free(guest->script);
    free(guest->path);
    *guest = (struct guest){ 0 };
}

bool guest_call(struct guest *guest, const char *module, const char *function, script_push_fn push,
                script_read_fn read, void *user, struct err *err)
{
    if (script_call(guest->script, module, function, push, read, user, err))
        return true;
    restore_path(guest, err);
    return false;
}
