#pragma once
// HTTP requests, any number at once, on the one event loop: a curl multi handle driven by the
// loop's descriptors and timers. Bytes and status only; what they mean is the caller's business.
//
// Connections are kept and used again (HTTP/1.1 for http://, HTTP/2 where the server offers it for
// https://). How many requests run at once is for the caller to decide: a request that is started
// is sent, and its time-outs run. Redirects are answers like others, never followed. Nothing that
// a request carries (headers, body) ever appears in an error text.
//
// One thread. Callbacks come from the loop, never from inside client_start or client_cancel.

#include "base/buf.h"
#include "net/loop.h"

struct client;

struct client_options {
    size_t max_idle;     // connections kept open for later; 0: 256
    const char *ca_file; // certificates to trust instead of the system's; NULL: the system's
};

/// `l` must outlive the client.
struct client *client_new(struct loop *l, const struct client_options *options,
                          struct err *err) NODISCARD;
/// Cancels what is under way, without callbacks. NULL is fine.
void client_free(struct client *c);
size_t client_in_flight(const struct client *c);

struct client_header {
    const char *name, *value;
};

/// Times in milliseconds, 0: no limit. Headers are copied; the body is borrowed until the callback
/// has been called or the request was cancelled.
struct client_request {
    const char *method; // "GET", "POST"
    const char *url;    // http:// or https://, without user name and password
    const struct client_header *headers;
    size_t header_count;
    struct view body;
    int64_t connect_ms;    // to look the name up, connect and agree on encryption
    int64_t first_byte_ms; // from then to the first byte of the answer
    int64_t total_ms;      // from start to end
    size_t max_bytes;      // of the answer's body; must not be 0
    bool env_proxy;        // use the proxy that the environment names (http_proxy, ...)
};

/// Why there is no whole answer. An answer of any status, 500 too, is CLIENT_OK.
enum client_error {
    CLIENT_OK,
    CLIENT_RESOLVE,            // no such host
    CLIENT_CONNECT,            // nobody listens there, no route
    CLIENT_TIMEOUT_CONNECT,    //
    CLIENT_TIMEOUT_FIRST_BYTE, //
    CLIENT_TIMEOUT_TOTAL,      //
    CLIENT_RESET,              // the connection broke before the whole answer was here
    CLIENT_TLS,                // encryption: certificate, versions
    CLIENT_TOO_LARGE,          // the answer is larger than max_bytes
    CLIENT_PROTOCOL,           // that was not HTTP
};

/// "timeout-connect" and so on.
const char *client_error_name(enum client_error error);

/// Valid during the callback. Texts of headers are "" if absent, cut at CLIENT_HEADER_BYTES, and
/// hold printable ASCII only.
enum { CLIENT_HEADER_BYTES = 256 };
struct client_response {
    enum client_error error;
    const char *message; // of the error, one line; "" for CLIENT_OK
    int status;          // 0 if no status line came
    struct view body;    // what came of it, also with an error
    const char *content_type, *retry_after, *retry_after_ms, *location;
    const char *request_id;    // x-request-id
    const char *processing_ms; // openai-processing-ms
    double total_ms;
};

typedef void (*client_fn)(void *user, const struct client_response *response);

/// Starts a request and returns its id, or 0 with an error if it cannot be sent at all (wrong URL).
/// fn is called exactly once, unless the request is cancelled before.
uint64_t client_start(struct client *c, const struct client_request *request, client_fn fn,
                      void *user, struct err *err) NODISCARD;
/// Its callback will not be called. An id that is over (or 0) is fine.
void client_cancel(struct client *c, uint64_t id);
