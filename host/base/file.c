#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

bool file_read(struct buf *out, const char *path, size_t max_bytes, struct err *err)
{
    bool ok = false;
    struct stat st = { 0 };
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); // O_NONBLOCK: do not hang on a FIFO

    if (fd < 0)
        return err_set(err, "%s: %s", path, strerror(errno));
    if (fstat(fd, &st) != 0) {
        err_set(err, "%s: %s", path, strerror(errno));
        goto done;
    }
    if (!S_ISREG(st.st_mode)) {
        err_set(err, "%s: is not a regular file", path);
        goto done;
    }
    if ((uint64_t)st.st_size > max_bytes) {
        err_set(err, "%s: is %lld bytes long; at most %zu are read", path, (long long)st.st_size,
                max_bytes);
        goto done;
    }
    buf_clear(out);
    for (;;) {
        char *end = buf_reserve(out, 65536);
        ssize_t got = read(fd, end, 65536);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            err_set(err, "%s: %s", path, strerror(errno));
            goto done;
        }
        out->len += (size_t)got;
        out->data[out->len] = '\0';
        if (out->len > max_bytes) {
            err_set(err, "%s: grew past %zu bytes while it was read", path, max_bytes);
            goto done;
        }
        if (got == 0)
            break;
    }
    ok = true;
done:
    close(fd);
    return ok;
}

// Writes the temporary file beside `path` and leaves its name in *temp.
static bool write_temporary(const char *path, struct view content, char **temp, struct err *err)
{
    struct buf name = { 0 };
    int fd = -1;
    bool ok = true;

    *temp = NULL;
    buf_addf(&name, "%s.XXXXXX", path);
    fd = mkstemp(name.data);
    if (fd < 0) {
        err_set(err, "%s: cannot be written: %s", path, strerror(errno));
        buf_fini(&name);
        return false;
    }
    for (size_t done = 0; ok && done < content.len;) {
        ssize_t put = write(fd, content.data + done, content.len - done);
        if (put < 0 && errno == EINTR)
            continue;
        ok = put >= 0;
        done += ok ? (size_t)put : 0;
    }
    ok = ok && fchmod(fd, 0644) == 0 && fsync(fd) == 0;
    if (!ok)
        err_set(err, "%s: cannot be written: %s", path, strerror(errno));
    if (close(fd) != 0 && ok)
        ok = err_set(err, "%s: cannot be written: %s", path, strerror(errno));
    if (!ok)
        unlink(name.data);
    *temp = buf_take(&name);
    return ok;
}

bool file_write(const char *path, struct view content, struct err *err)
{
    char *temp = NULL;
    bool ok = write_temporary(path, content, &temp, err);

    if (ok && rename(temp, path) != 0) {
        ok = err_set(err, "%s: cannot be written: %s", path, strerror(errno));
        unlink(temp);
    }
    free(temp);
    return ok;
}

bool file_write_once(const char *path, struct view content, bool *existed, struct err *err)
{
    char *temp = NULL;
    bool ok = write_temporary(path, content, &temp, err);

    *existed = false;
    if (ok) {
        // link() fails if the name exists, so of several writers one wins, with a complete file
        if (link(temp, path) != 0) {
            *existed = errno == EEXIST;
            ok = *existed ? true : err_set(err, "%s: %s", path, strerror(errno));
        }
        unlink(temp);
    }
    free(temp);
    return ok;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_is_folder(const char *path)
{
    struct stat st = { 0 };

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool file_make_folder(const char *path, struct err *err)
{
    bool ok = true;
    char *copy = mem_strdup(path);

    for (char *p = copy + 1; ok && *copy != '\0'; p++) {
        char c = *p;
        if (c != '/' && c != '\0')
            continue;
        *p = '\0';
        if (mkdir(copy, 0777) != 0 && !(errno == EEXIST && file_is_folder(copy)))
            ok = err_set(err, "%s: folder cannot be made: %s", copy, strerror(errno));
        *p = c;
        if (c == '\0')
            break;
    }
    free(copy);
    return ok;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

bool file_list_folder(struct file_list *out, const char *folder, struct err *err)
{
    DIR *dir = opendir(folder);
    size_t cap = 0;

    *out = (struct file_list){ 0 };
    if (dir == NULL)
        return err_set(err, "%s: %s", folder, strerror(errno));
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (e->d_name[0] == '.')
            continue;
        if (out->count == cap) {
            cap = mem_grow(cap, out->count + 1);
            out->names = mem_realloc(out->names, cap, sizeof(*out->names));
        }
        out->names[out->count++] = mem_strdup(e->d_name);
    }
    closedir(dir);
    if (out->count > 1)
        qsort(out->names, out->count, sizeof(*out->names), compare_names);
    return true;
}

void file_list_free(struct file_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
    *list = (struct file_list){ 0 };
}
