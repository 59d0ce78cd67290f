// One request as curl wants it, and what curl tells while it works on it.

#include "net/client_impl.h"

#include <string.h>
#include <strings.h>

#include "base/mem.h"

enum { BODY_START_BYTES = 4096 };

static const char *const field_names[FIELD_COUNT] = {
    [FIELD_CONTENT_TYPE] = "content-type",     [FIELD_RETRY_AFTER] = "retry-after",
    [FIELD_RETRY_AFTER_MS] = "retry-after-ms", [FIELD_LOCATION] = "location",
    [FIELD_REQUEST_ID] = "x-request-id",       [FIELD_PROCESSING_MS] = "openai-processing-ms",
};

// ---- What curl tells while it works

// Headers and body of the answer follow: the connection stands, and the request goes out now.
static int on_connected(void *user, char *ip, char *local_ip, int port, int local_port)
{
    struct call *call = user;

    (void)ip;
    (void)local_ip;
    (void)port;
    (void)local_port;
    call->connected = true;
    if (call->first_byte_ms > 0 && !call->answered)
        loop_timer_set(call->first_byte, call->first_byte_ms);
    return CURL_PREREQFUNC_OK;
}

static void keep_field(struct call *call, struct view line)
{
    const char *colon = memchr(line.data, ':', line.len);
    size_t name_len = 0;

    if (colon == NULL)
        return;
    name_len = (size_t)(colon - line.data);
    for (int i = 0; i < FIELD_COUNT; i++) {
        const char *p = colon + 1, *end = line.data + line.len;
        char *out = call->fields[i];
        size_t n = 0;
        if (strlen(field_names[i]) != name_len ||
            strncasecmp(field_names[i], line.data, name_len) != 0)
            continue;
        while (p < end && (*p == ' ' || *p == '\t'))
            p++;
        for (; p < end && n + 1 < CLIENT_HEADER_BYTES && *p != '\r' && *p != '\n'; p++)
            out[n++] = (unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e ? '?' : *p;
        while (n > 0 && out[n - 1] == ' ')
            n--;
        out[n] = '\0';
    }
}

static size_t on_header(char *data, size_t size, size_t count, void *user)
{
    struct call *call = user;
    struct view line = { data, size * count };

    if (!call->answered) {
        call->answered = true;
        if (call->first_byte != NULL)
            loop_timer_clear(call->first_byte);
    }
    if (view_starts(line, "HTTP/"))
        memset(call->fields, 0, sizeof(call->fields)); // those of a 100 Continue do not count
    else
        keep_field(call, line);
    return size * count;
}

static size_t on_body(char *data, size_t size, size_t count, void *user)
{
    struct call *call = user;

    if (size * count > call->max_bytes - call->body.len) {
        call->too_large = true;
        return 0;
    }
    if (call->body.data == NULL)
        buf_reserve(&call->body, BODY_START_BYTES);
    buf_add(&call->body, data, size * count);
    return size * count;
}

static bool add_headers(struct call *call, const struct client_request *r, struct err *err)
{
    struct buf line = { 0 };
    bool ok = true;

    for (size_t i = 0; i < r->header_count && ok; i++) {
        const struct client_header *h = &r->headers[i];
        struct curl_slist *list = NULL;
        if (strpbrk(h->name, "\r\n:") != NULL || strpbrk(h->value, "\r\n") != NULL) {
            ok = err_set(err, "the header number %zu holds a line break or a colon", i + 1);
            break;
        }
        buf_clear(&line);
        // "Name;" is how curl is told of a header without a value.
        buf_addf(&line, h->value[0] != '\0' ? "%s: %s" : "%s;", h->name, h->value);
        list = curl_slist_append(call->headers, buf_str(&line));
        if (list == NULL)
            ok = err_set(err, "out of memory");
        else
            call->headers = list;
    }
    if (ok && r->body.len > 0) {
        // Without this curl waits for the server's leave before it sends a large body.
        struct curl_slist *list = curl_slist_append(call->headers, "Expect:");
        if (list != NULL)
            call->headers = list;
    }
    if (line.data != NULL)
        explicit_bzero(line.data, line.len);
    buf_fini(&line);
    return ok;
}

static void set_times(struct call *call, const struct client_request *r)
{
    CURL *e = call->easy;

    curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)r->connect_ms);
    curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)r->total_ms);
    call->first_byte_ms = r->first_byte_ms;
    if (r->first_byte_ms > 0)
        call->first_byte = loop_timer_new(call->client->loop, call_first_byte_late, call);
    curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_connected);
    curl_easy_setopt(e, CURLOPT_PREREQDATA, call);
}

static void set_body(struct call *call, const struct client_request *r)
{
    if (r->body.data != NULL) {
        curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.len);
        curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, r->body.data);
    }
    curl_easy_setopt(call->easy, CURLOPT_CUSTOMREQUEST, r->method);
}

static void set_transport(struct call *call, const struct client_request *r)
{
    CURL *e = call->easy;
    bool secure = strncasecmp(r->url, "https://", 8) == 0;

    curl_easy_setopt(e, CURLOPT_URL, r->url);
    curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L); // long thinking must not look like a dead line
    if (!r->env_proxy)
        curl_easy_setopt(e, CURLOPT_PROXY, "");
    // Cleartext HTTP/2 breaks on reuse in curl 7.88.
    curl_easy_setopt(e, CURLOPT_HTTP_VERSION,
                     secure ? (long)CURL_HTTP_VERSION_2TLS : (long)CURL_HTTP_VERSION_1_1);
    if (secure) {
        curl_easy_setopt(e, CURLOPT_PIPEWAIT, 1L); // rather share a connection than open another
        if (call->client->ca_file != NULL)
            curl_easy_setopt(e, CURLOPT_CAINFO, call->client->ca_file);
    }
}

static void set_callbacks(struct call *call)
{
    CURL *e = call->easy;

    curl_easy_setopt(e, CURLOPT_PRIVATE, (char *)call);
    curl_easy_setopt(e, CURLOPT_ERRORBUFFER, call->curl_text);
    curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(e, CURLOPT_HEADERDATA, call);
    curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(e, CURLOPT_WRITEDATA, call);
}

bool call_prepare(struct call *call, const struct client_request *r, struct err *err)
{
    if (!add_headers(call, r, err))
        return false;
    set_transport(call, r);
    set_callbacks(call);
    set_times(call, r);
    set_body(call, r);
    curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER, call->headers);
    return true;
}
