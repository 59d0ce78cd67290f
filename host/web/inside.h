#pragma once
// What the files of this room share.
//
// web.c        the table of routes
// api_*.c      the JSON routes, by what they are about
// tables.c     the routes that are one query of a run file each
// catalog*.c   which studies and runs there are
// reports.c    the reports of studies, made by another process
// maps.c       the maps that runs were made on
// pages.c      pages, their scripts and pictures

#include "net/server.h"
#include "web/catalog.h"
#include "web/readers.h"
#include "web/web.h"

struct live;
struct maps;
struct reports;

struct web {
    struct loop *loop;
    struct web_config config;
    char *folder, *data; // what config's point to
    struct server *server;
    struct catalog *catalog;
    struct readers *readers;
    struct maps *maps;
    struct reports *reports;
    struct live *live;
};

// ---- Replies.

/// Turns the reply into an error: {"error": text}.
void web_fail(struct server_reply *reply, int status, const char *text);
/// 404 with the error's text, 500 for what is our fault or a broken file.
void web_fail_err(struct server_reply *reply, int status, const struct err *err);
void web_add_text(struct buf *out, const char *key, const char *value); // "key":"value", or null
/// A part of an address, percent-encoded.
void web_add_encoded(struct buf *out, const char *text);

/// A whole number of the query; `otherwise` if it is not given. False (and a reply 400) if it is
/// none or out of range.
bool web_query_int(struct server_request *q, const char *name, int64_t lo, int64_t hi,
                   int64_t otherwise, int64_t *out, struct server_reply *reply);

/// The run, study or reader that the first part of the address names; else NULL and a reply 404.
struct catalog_run *web_run(struct web *w, struct server_request *q, struct server_reply *reply);
struct catalog_study *web_study(struct web *w, struct server_request *q,
                                struct server_reply *reply);
struct reader *web_reader(struct web *w, struct server_request *q, struct server_reply *reply);

// ---- Routes. `user` is the struct web.

void api_studies(void *user, struct server_request *q, struct server_reply *reply);
void api_study(void *user, struct server_request *q, struct server_reply *reply);
void api_report(void *user, struct server_request *q, struct server_reply *reply);
void api_run(void *user, struct server_request *q, struct server_reply *reply);
void api_days(void *user, struct server_request *q, struct server_reply *reply);
void api_policy(void *user, struct server_request *q, struct server_reply *reply);
void api_table(void *user, struct server_request *q, struct server_reply *reply);
void api_live(void *user, struct server_request *q, struct server_reply *reply);
void api_maps(void *user, struct server_request *q, struct server_reply *reply);
void api_map(void *user, struct server_request *q, struct server_reply *reply);
void api_map_picture(void *user, struct server_request *q, struct server_reply *reply);
void api_map_path(void *user, struct server_request *q, struct server_reply *reply);
void api_ratings(void *user, struct server_request *q, struct server_reply *reply);
void api_rate(void *user, struct server_request *q, struct server_reply *reply);
void page_shell(void *user, struct server_request *q, struct server_reply *reply);
void page_map_shell(void *user, struct server_request *q, struct server_reply *reply);
void page_unknown(void *user, struct server_request *q, struct server_reply *reply);
void page_asset(void *user, struct server_request *q, struct server_reply *reply);
void page_newest(void *user, struct server_request *q, struct server_reply *reply);
void page_old_state(void *user, struct server_request *q, struct server_reply *reply);

struct live *live_new(struct web *w);
void live_free(struct live *l); // NULL is fine
struct maps *maps_new(void);
void maps_free(struct maps *m); // NULL is fine
