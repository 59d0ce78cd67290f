#include "net/client.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "net/client_impl.h"

enum { DEFAULT_MAX_IDLE = 256, MAX_IDLE_EASY = 4096 };

static void deliver(void *user);

struct client *client_new(struct loop *l, const struct client_options *options, struct err *err)
{
    struct client *c = mem_calloc(1, sizeof(*c));
    size_t max_idle = options->max_idle != 0 ? options->max_idle : DEFAULT_MAX_IDLE;

    c->loop = l;
    c->ca_file = mem_strdup(options->ca_file);
    c->global = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    if (!c->global) {
        err_set(err, "the HTTP client cannot start: curl_global_init failed");
        client_free(c);
        return NULL;
    }
    if (!sockets_init(c, err)) {
        client_free(c);
        return NULL;
    }
    curl_multi_setopt(c->multi, CURLMOPT_MAXCONNECTS, (long)max_idle);
    return c;
}

// ---- The life of a call

static struct call *call_new(struct client *c)
{
    struct call *call = mem_calloc(1, sizeof(*call));

    if (c->free_count > 0) {
        call->slot = c->free_slots[--c->free_count];
    } else {
        if (c->slot_count == c->slot_cap) {
            c->slot_cap = mem_grow(c->slot_cap, c->slot_count + 1);
            c->slots = mem_realloc(c->slots, c->slot_cap, sizeof(*c->slots));
            c->generations = mem_realloc(c->generations, c->slot_cap, sizeof(*c->generations));
            c->free_slots = mem_realloc(c->free_slots, c->slot_cap, sizeof(*c->free_slots));
        }
        call->slot = (uint32_t)c->slot_count++;
        c->generations[call->slot] = 0;
    }
    call->client = c;
    call->generation = ++c->generations[call->slot];
    c->slots[call->slot] = call;
    c->in_flight++;
    return call;
}

// Gives up the call's id and place; the call itself is freed by call_free.
static void call_release(struct call *call)
{
    struct client *c = call->client;

    assert(c->slots[call->slot] == call);
    c->slots[call->slot] = NULL;
    c->free_slots[c->free_count++] = call->slot;
    c->in_flight--;
}

// The easy handle must not be in the multi handle any more.
static void keep_easy(struct call *call)
{
    struct client *c = call->client;

    if (call->easy == NULL)
        return;
    if (c->idle_count >= MAX_IDLE_EASY) {
        curl_easy_cleanup(call->easy);
    } else {
        if (c->idle_count == c->idle_cap) {
            c->idle_cap = mem_grow(c->idle_cap, c->idle_count + 1);
            c->idle = mem_realloc(c->idle, c->idle_cap, sizeof(*c->idle));
        }
        curl_easy_reset(call->easy); // forgets headers and buffers, keys among them
        c->idle[c->idle_count++] = call->easy;
    }
    call->easy = NULL;
}

static void call_free(struct call *call)
{
    keep_easy(call);
    curl_slist_free_all(call->headers);
    loop_timer_free(call->first_byte);
    buf_fini(&call->body);
    free(call);
}

void client_free(struct client *c)
{
    if (c == NULL)
        return;
    while (c->done_first != NULL) { // cancelled when they were over
        struct call *call = c->done_first;
        c->done_first = call->next;
        if (call->fn == NULL)
            call_free(call);
    }
    for (size_t i = 0; i < c->slot_count; i++) {
        struct call *call = c->slots[i];
        if (call == NULL)
            continue;
        if (call->easy != NULL)
            curl_multi_remove_handle(c->multi, call->easy);
        call_free(call);
    }
    for (size_t i = 0; i < c->idle_count; i++)
        curl_easy_cleanup(c->idle[i]);
    if (c->multi != NULL)
        curl_multi_cleanup(c->multi); // closes connections, which frees their watches
    loop_timer_free(c->timer);
    loop_undefer(c->loop, deliver, c);
    if (c->global)
        curl_global_cleanup();
    free((char *)c->ca_file);
    free(c->slots);
    free(c->generations);
    free(c->free_slots);
    free(c->idle);
    free(c);
}

size_t client_in_flight(const struct client *c)
{
    return c->in_flight;
}

// ---- Endings

static void queue_delivery(struct call *call)
{
    struct client *c = call->client;

    if (c->done_first == NULL) {
        c->done_first = call;
        loop_defer(c->loop, deliver, c);
    } else {
        c->done_last->next = call;
    }
    c->done_last = call;
}

void call_finished(struct call *call, CURLcode code)
{
    long status = 0;
    curl_off_t us = 0;

    curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(call->easy, CURLINFO_TOTAL_TIME_T, &us);
    call->status = (int)status;
    call->total_ms = (double)us / 1000;
    classify(call, code);
    if (call->first_byte != NULL)
        loop_timer_clear(call->first_byte);
    keep_easy(call);
    queue_delivery(call);
}

void call_first_byte_late(void *user)
{
    struct call *call = user;
    curl_off_t us = 0;

    curl_multi_remove_handle(call->client->multi, call->easy);
    curl_easy_getinfo(call->easy, CURLINFO_TOTAL_TIME_T, &us);
    call->total_ms = (double)us / 1000;
    call->error = CLIENT_TIMEOUT_FIRST_BYTE;
    snprintf(call->message, sizeof(call->message), "no byte of an answer within %lld ms",
             (long long)call->first_byte_ms);
    keep_easy(call);
    queue_delivery(call);
}

static void deliver(void *user)
{
    struct client *c = user;
    struct call *call = c->done_first;

    c->done_first = NULL; // what finishes meanwhile is delivered in a later pass
    c->done_last = NULL;
    while (call != NULL) {
        struct call *next = call->next;
        struct client_response r = {
            .error = call->error,
            .message = call->message,
            .status = call->status,
            .body = buf_view(&call->body),
            .content_type = call->fields[FIELD_CONTENT_TYPE],
            .retry_after = call->fields[FIELD_RETRY_AFTER],
            .retry_after_ms = call->fields[FIELD_RETRY_AFTER_MS],
            .location = call->fields[FIELD_LOCATION],
            .request_id = call->fields[FIELD_REQUEST_ID],
            .processing_ms = call->fields[FIELD_PROCESSING_MS],
            .total_ms = call->total_ms,
        };
        if (call->fn != NULL) {
            call_release(call);
            call->fn(call->user, &r);
        }
        call_free(call);
        call = next;
    }
}

void client_cancel(struct client *c, uint64_t id)
{
    uint32_t slot = (uint32_t)id, generation = (uint32_t)(id >> 32);
    struct call *call = NULL;

    if (slot >= c->slot_count || c->slots[slot] == NULL)
        return;
    call = c->slots[slot];
    if (call->generation != generation)
        return;
    call_release(call);
    if (call->easy == NULL) { // waits for delivery, which frees it
        call->fn = NULL;
        return;
    }
    curl_multi_remove_handle(c->multi, call->easy);
    call_free(call);
}

// ---- Beginnings

static bool check_url(const char *url, struct err *err)
{
    const char *rest = strstr(url, "://"), *slash = NULL, *at = NULL;

    if (strncasecmp(url, "http://", 7) != 0 && strncasecmp(url, "https://", 8) != 0)
        return err_set(err, "a URL must start with http:// or https://");
    slash = strpbrk(rest + 3, "/?#");
    at = strchr(rest + 3, '@');
    if (at != NULL && (slash == NULL || at < slash))
        return err_set(err, "a URL must not hold a user name or a password");
    return true;
}

uint64_t client_start(struct client *c, const struct client_request *request, client_fn fn,
                      void *user, struct err *err)
{
    struct call *call = NULL;
    CURLMcode code = CURLM_OK;

    assert(fn != NULL && request->max_bytes > 0);
    if (!check_url(request->url, err))
        return 0;
    call = call_new(c);
    call->fn = fn;
    call->user = user;
    call->max_bytes = request->max_bytes;
    call->easy = c->idle_count > 0 ? c->idle[--c->idle_count] : curl_easy_init();
    if (call->easy == NULL) {
        err_set(err, "the HTTP client is out of memory");
        goto fail;
    }
    if (!call_prepare(call, request, err))
        goto fail;
    code = curl_multi_add_handle(c->multi, call->easy);
    if (code != CURLM_OK) {
        err_set(err, "the request cannot be started: %s", curl_multi_strerror(code));
        goto fail;
    }
    return ((uint64_t)call->generation << 32) | call->slot;
fail:
    call_release(call);
    call_free(call);
    return 0;
}
