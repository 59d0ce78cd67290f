#include "base/file.h"

#include <string.h>

#include "base/mem.h"

char *path_join(const char *folder, const char *name)
{
    struct buf b = { 0 };

    if (name[0] != '/' && folder[0] != '\0') {
        buf_add_str(&b, folder);
        if (folder[strlen(folder) - 1] != '/')
            buf_add_char(&b, '/');
    }
    buf_add_str(&b, name);
    return buf_take(&b);
}

char *path_folder(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

const char *path_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash == NULL ? path : slash + 1;
}

bool path_is_inside(const char *path)
{
    if (path[0] == '/' || path[0] == '\0')
        return false;
    for (const char *part = path; part != NULL;) {
        const char *slash = strchr(part, '/');
        size_t len = slash == NULL ? strlen(part) : (size_t)(slash - part);
        if (len == 2 && part[0] == '.' && part[1] == '.')
            return false;
        part = slash == NULL ? NULL : slash + 1;
    }
    return true;
}
