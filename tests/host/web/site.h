#pragma once
// A served folder with one small study (tests/host/store/sample.h), and a browser that asks it:
// raw sockets that never block, turned by the same loop as the server.

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "../store/sample.h"
#include "net/loop.h"
#include "store/manifest.h"
#include "text/json.h"
#include "web/web.h"

enum { PATIENCE_MS = 10000 };

struct site {
    struct loop *loop;
    struct web *web;
    char *folder;
};

struct answer {
    int status;
    char *head, *body; // zero-terminated
    size_t len;        // of the body
};

// The folder's study `name` with the run `sample:learning:p01+p02-s-7` in it.
static inline void site_add_study(struct site *site, const char *name, int days)
{
    struct err err = { { 0 } };
    struct manifest m = { 0 };
    char *folder = path_join(site->folder, name), *path = NULL, *above = NULL;

    manifest_init(&m, name, "{\"days\":2}");
    must(manifest_add(&m, "learning", "p01+p02", -7, &err));
    must(manifest_add(&m, "learning", "p03", 1, &err)); // waits for its turn
    path = path_join(folder, m.cells[0].file);
    above = path_folder(path);
    must(file_make_folder(above, &err));
    must(manifest_write(&m, folder, &err));
    if (days > 0)
        sample_run(path, days);
    manifest_fini(&m);
    free(folder);
    free(path);
    free(above);
}

static inline char *site_run_path(const struct site *site, const char *name)
{
    char *file = manifest_file_name("learning", "p01+p02", -7);
    char *study = path_join(site->folder, name), *path = path_join(study, file);

    free(file);
    free(study);
    return path;
}

#define RUN "sample:learning:p01+p02-s-7"

// Serves a new folder. config: what differs from the usual; its folder and data are filled in.
static inline struct site *site_new(struct web_config config)
{
    struct err err = { { 0 } };
    struct site *site = calloc(1, sizeof(*site));

    site->folder = sample_folder();
    site->loop = loop_new(&err);
    must(site->loop != NULL);
    site_add_study(site, "sample", 2);
    config.folder = site->folder;
    config.data = PROPERSIM_SOURCE_DIR;
    site->web = web_new(site->loop, &config, &err);
    must(site->web != NULL);
    return site;
}

static inline void site_free(struct site *site)
{
    web_free(site->web);
    loop_free(site->loop);
    sample_remove(site->folder);
    free(site);
}

static inline void site_turn(struct site *site, int64_t ms)
{
    struct err err = { { 0 } };

    must(loop_run_once(site->loop, ms, &err));
}

static inline int site_dial(struct site *site)
{
    struct sockaddr_in to = { .sin_family = AF_INET,
                              .sin_port = htons((uint16_t)web_port(site->web)) };
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_true(fd >= 0);
    assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof(to)), 0);
    assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    return fd;
}

static inline void site_say(int fd, const char *text)
{
    assert_int_equal(send(fd, text, strlen(text), MSG_NOSIGNAL), (ssize_t)strlen(text));
}

// Adds what has arrived; true once the server has ended the connection.
static inline bool site_hear(int fd, struct buf *out)
{
    for (;;) {
        ssize_t got = recv(fd, buf_reserve(out, 65536), 65536, 0);
        if (got <= 0)
            return got == 0 || errno != EAGAIN;
        out->len += (size_t)got;
        out->data[out->len] = '\0';
    }
}

static inline struct answer site_read(struct buf *text)
{
    struct answer a = { 0 };
    char *gap = text->len > 0 ? strstr(text->data, "\r\n\r\n") : NULL;

    if (gap == NULL || sscanf(text->data, "HTTP/1.%*d %d", &a.status) != 1)
        fail_msg("this is no reply: %.300s", buf_str(text));
    a.len = text->len - (size_t)(gap + 4 - text->data);
    a.head = strndup(text->data, (size_t)(gap - text->data));
    a.body = calloc(a.len + 1, 1);
    memcpy(a.body, gap + 4, a.len);
    buf_fini(text);
    return a;
}

static inline void answer_fini(struct answer *a)
{
    free(a->head);
    free(a->body);
    *a = (struct answer){ 0 };
}

// Sends these bytes and waits for the end of the reply.
static inline struct answer site_exchange(struct site *site, const char *bytes)
{
    struct buf out = { 0 };
    int fd = site_dial(site);
    int64_t start = loop_now_ms(site->loop);

    site_say(fd, bytes);
    while (!site_hear(fd, &out)) {
        if (loop_now_ms(site->loop) - start > PATIENCE_MS)
            fail_msg("no end of the reply to: %.200s", bytes);
        site_turn(site, 5);
    }
    close(fd);
    return site_read(&out);
}

static inline struct answer site_get(struct site *site, const char *path)
{
    struct buf b = { 0 };
    struct answer a = { 0 };

    buf_addf(&b, "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    a = site_exchange(site, buf_str(&b));
    buf_fini(&b);
    return a;
}

// The reply must have this status, and hold this text in its head or body.
static inline void site_expect(struct site *site, const char *path, int status, const char *part)
{
    struct answer a = site_get(site, path);

    if (a.status != status || (strstr(a.head, part) == NULL && strstr(a.body, part) == NULL))
        fail_msg("GET %s: wanted %d and '%s', got:\n%s\n\n%.600s", path, status, part, a.head,
                 a.body);
    answer_fini(&a);
}

// The reply as JSON, which must be fine. Free it with json_free.
static inline struct json *site_json(struct site *site, const char *path)
{
    struct err err = { { 0 } };
    struct answer a = site_get(site, path);
    struct json *doc = json_parse((struct view){ a.body, a.len }, &err);

    if (a.status != 200 || doc == NULL)
        fail_msg("GET %s: %s\n%s\n\n%.600s", path, err.text, a.head, a.body);
    answer_fini(&a);
    return doc;
}

static inline int64_t site_int(const struct json *object, const char *key)
{
    const struct json *v = json_get(object, key);

    assert_non_null(v);
    assert_int_equal(json_type(v), JSON_NUMBER);
    return (int64_t)json_number(v);
}

static inline const char *site_text(const struct json *object, const char *key)
{
    const struct json *v = json_get(object, key);

    assert_non_null(v);
    assert_int_equal(json_type(v), JSON_STRING);
    return json_string(v).data;
}
