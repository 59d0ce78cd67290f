// Whom a server listens to: the rules, on headers that server_check.h reads.

#include "net/server_impl.h"

#include <event2/http.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "net/server_check.h"

static bool has_token(const struct server_request *q)
{
    const struct server *s = q->server;
    static const char bearer[] = "Bearer ";
    const char *authorization = server_header(q, "Authorization");
    size_t len = 0;
    const char *cookie = check_cookie(server_header(q, "Cookie"), s->cookie, &len);
    bool ok = authorization != NULL &&
              strncasecmp(authorization, bearer, sizeof(bearer) - 1) == 0 &&
              check_token(authorization + sizeof(bearer) - 1, s->token);

    if (!ok && cookie != NULL) {
        char *value = mem_strndup(cookie, len);
        ok = check_token(value, s->token);
        free(value);
    }
    return ok;
}

// The token in an address that was opened: keep it as a cookie, and take it out of the address.
static bool take_token(struct server_request *q, struct server_reply *reply)
{
    const struct server *s = q->server;
    const char *given = server_query(q, "token");
    struct buf cookie = { 0 };

    if (given == NULL || !check_token(given, s->token) || server_method(q) != SERVER_GET ||
        strncmp(server_path(q), "//", 2) == 0)
        return false;
    buf_addf(&cookie, "%s=%s; Path=/; HttpOnly; SameSite=Strict", s->cookie, s->token);
    evhttp_add_header(evhttp_request_get_output_headers(q->http), "Set-Cookie", buf_str(&cookie));
    buf_fini(&cookie);
    reply->status = 303;
    reply->location = mem_strdup(server_path(q));
    return true;
}

// Browsers that open a page get one; programs, and the scripts of pages, get JSON.
static void refuse(const struct server_request *q, struct server_reply *reply, int status,
                   const char *why)
{
    const char *accept = server_header(q, "Accept");

    server_refuse(reply, status, why);
    if (accept == NULL || strstr(accept, "text/html") == NULL)
        return;
    reply->type = "text/html; charset=utf-8";
    buf_clear(&reply->body);
    buf_addf(&reply->body,
             "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
             "<meta name=\"color-scheme\" content=\"light dark\"><title>%d</title>\n"
             "<h1>This page is not open to you yet</h1>\n<p>Please %s.</p>\n</html>\n",
             status, why);
}

bool server_may_ask(struct server_request *q, struct server_reply *reply)
{
    bool is_local = q->server->token == NULL;
    const char *host = server_header(q, "Host");

    if (host == NULL || evhttp_uri_get_host(evhttp_request_get_evhttp_uri(q->http)) != NULL)
        server_refuse(reply, 400, "send a Host header and a path");
    else if (is_local && !check_host_is_loopback(host))
        refuse(q, reply, 421, "open it as http://127.0.0.1: this server is for this machine only");
    else if (!is_local && !has_token(q) && !take_token(q, reply))
        refuse(q, reply, 401, "open the address with the token that propersim serve printed");
    return reply->status == 200;
}

bool server_may_write(const struct server_request *q, struct server_reply *reply)
{
    const char *type = server_header(q, "Content-Type");

    if (!check_origin_is_host(server_header(q, "Origin"), server_header(q, "Host")))
        server_refuse(reply, 403, "writes must come from a page of this server");
    else if (type == NULL || strncasecmp(type, "application/json", 16) != 0)
        server_refuse(reply, 415, "send application/json");
    return reply->status == 200;
}
