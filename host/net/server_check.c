#include "net/server_check.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum { HOST_MAX = 64 }; // longer ones are no loopback

// The name of "name:port" or "[::1]:port"; false if it is no such thing.
static bool cut_port(const char *host, char out[HOST_MAX])
{
    const char *end = NULL;
    bool brackets = host[0] == '[';

    if (brackets) {
        host++;
        end = strchr(host, ']');
        if (end == NULL || (end[1] != '\0' && end[1] != ':'))
            return false;
    } else {
        end = host + strcspn(host, ":");
    }
    if (end == host || end - host >= HOST_MAX)
        return false;
    const char *port = brackets ? end + 1 : end;
    if (*port == ':' && (port[1] == '\0' || strspn(port + 1, "0123456789") != strlen(port + 1)))
        return false;
    memcpy(out, host, (size_t)(end - host));
    out[end - host] = '\0';
    return true;
}

bool check_host_is_loopback(const char *host)
{
    char name[HOST_MAX];
    struct in_addr v4;
    struct in6_addr v6;

    if (host == NULL || !cut_port(host, name))
        return false;
    if (strcasecmp(name, "localhost") == 0)
        return true;
    if (inet_pton(AF_INET, name, &v4) == 1)
        return (ntohl(v4.s_addr) >> 24) == 127;
    return inet_pton(AF_INET6, name, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool check_origin_is_host(const char *origin, const char *host)
{
    static const char *const schemes[] = { "http://", "https://" };

    if (origin == NULL || host == NULL)
        return false;
    for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
        size_t len = strlen(schemes[i]);
        if (strncasecmp(origin, schemes[i], len) == 0)
            return strcasecmp(origin + len, host) == 0;
    }
    return false;
}

bool check_token(const char *given, const char *token)
{
    size_t len = strlen(token);
    unsigned char differ = strlen(given) != len;

    for (size_t i = 0, g = 0; i < len; i++) {
        differ |= (unsigned char)(given[g] ^ token[i]);
        if (given[g] != '\0')
            g++;
    }
    return differ == 0;
}

const char *check_cookie(const char *cookies, const char *name, size_t *len)
{
    size_t name_len = strlen(name);

    while (cookies != NULL && *cookies != '\0') {
        cookies += strspn(cookies, "; \t");
        const char *end = cookies + strcspn(cookies, ";");
        if (strncmp(cookies, name, name_len) == 0 && cookies[name_len] == '=') {
            *len = (size_t)(end - cookies) - name_len - 1;
            return cookies + name_len + 1;
        }
        cookies = end;
    }
    return NULL;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// A decoded part, or NULL if it is no part of a path: broken escapes, a slash, a zero byte.
static char *decode(const char *text, size_t len)
{
    char *out = mem_calloc(len + 1, 1);
    size_t used = 0;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%') {
            if (i + 2 >= len || hex(text[i + 1]) < 0 || hex(text[i + 2]) < 0) {
                free(out);
                return NULL;
            }
            c = (char)(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        }
        if (c == '/' || c == '\0') {
            free(out);
            return NULL;
        }
        out[used++] = c;
    }
    return out;
}

bool check_route(const char *pattern, const char *path, char **parts, size_t cap, size_t *count)
{
    *count = 0;
    for (;;) {
        size_t want = strcspn(pattern, "/"), have = strcspn(path, "/");
        if (want == 1 && pattern[0] == '*') {
            char *part = have > 0 && *count < cap ? decode(path, have) : NULL;
            if (part == NULL)
                return false;
            parts[(*count)++] = part;
        } else if (want != have || memcmp(pattern, path, want) != 0) {
            return false;
        }
        pattern += want;
        path += have;
        if (want > 0 && *pattern == '\0' && strcmp(path, "/") == 0) // "/live/" is "/live"
            return true;
        if (*pattern != *path) // one ends, the other goes on
            return false;
        if (*pattern == '\0')
            return true;
        pattern++;
        path++;
    }
}
