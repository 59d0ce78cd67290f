#pragma once
// What the files of the HTTP client share.

#include <curl/curl.h>

#include "net/client.h"

enum client_field {
    FIELD_CONTENT_TYPE,
    FIELD_RETRY_AFTER,
    FIELD_RETRY_AFTER_MS,
    FIELD_LOCATION,
    FIELD_REQUEST_ID,
    FIELD_PROCESSING_MS,
    FIELD_COUNT,
};

struct call {
    struct client *client;
    uint32_t slot, generation;
    CURL *easy; // NULL: over, waits for delivery
    struct curl_slist *headers;
    struct loop_timer *first_byte;
    client_fn fn;
    void *user;
    int64_t first_byte_ms;
    size_t max_bytes;
    struct buf body;
    bool connected, answered, too_large;
    char fields[FIELD_COUNT][CLIENT_HEADER_BYTES];
    char curl_text[CURL_ERROR_SIZE];
    // The outcome.
    enum client_error error;
    char message[CURL_ERROR_SIZE + 64];
    int status;
    double total_ms;
    struct call *next; // in the queue of deliveries
};

struct client {
    struct loop *loop;
    CURLM *multi;
    struct loop_timer *timer; // curl's
    const char *ca_file;
    struct call **slots;
    uint32_t *generations;
    uint32_t *free_slots;
    size_t slot_count, slot_cap, free_count, in_flight;
    CURL **idle; // easy handles to use again
    size_t idle_count, idle_cap;
    struct call *done_first, *done_last;
    bool global; // curl_global_init was called
};

/// Prepares c->multi to be driven by c->loop.
bool sockets_init(struct client *c, struct err *err) NODISCARD;

/// Sets call->easy up for the request.
bool call_prepare(struct call *call, const struct client_request *r, struct err *err) NODISCARD;
/// For the timer of the first byte.
void call_first_byte_late(void *call);

/// Called when curl has finished a transfer.
void call_finished(struct call *call, CURLcode code);

/// Fills in the call's error and message.
void classify(struct call *call, CURLcode code);
