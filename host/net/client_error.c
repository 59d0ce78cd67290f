// What a failure of curl is called here.

#include "net/client_impl.h"

#include <stdio.h>

const char *client_error_name(enum client_error error)
{
    switch (error) {
    case CLIENT_OK: return "ok";
    case CLIENT_RESOLVE: return "resolve";
    case CLIENT_CONNECT: return "connect";
    case CLIENT_TIMEOUT_CONNECT: return "timeout-connect";
    case CLIENT_TIMEOUT_FIRST_BYTE: return "timeout-first-byte";
    case CLIENT_TIMEOUT_TOTAL: return "timeout-total";
    case CLIENT_RESET: return "reset";
    case CLIENT_TLS: return "tls";
    case CLIENT_TOO_LARGE: return "too-large";
    case CLIENT_PROTOCOL: return "protocol";
    }
    return "?";
}

static enum client_error error_of(const struct call *call, CURLcode code)
{
    // Not an enumeration of our own: curl has a hundred codes, and what is not named here is an
    // answer that makes no sense.
    switch ((int)code) {
    case CURLE_OK: return CLIENT_OK;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY: return CLIENT_RESOLVE;
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
    case CURLE_PROXY: return CLIENT_CONNECT;
    case CURLE_OPERATION_TIMEDOUT:
        return call->connected ? CLIENT_TIMEOUT_TOTAL : CLIENT_TIMEOUT_CONNECT;
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM: return CLIENT_RESET;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_INVALIDCERTSTATUS: return CLIENT_TLS;
    case CURLE_WRITE_ERROR: return call->too_large ? CLIENT_TOO_LARGE : CLIENT_PROTOCOL;
    default: return CLIENT_PROTOCOL;
    }
}

void classify(struct call *call, CURLcode code)
{
    const char *text = call->curl_text[0] != '\0' ? call->curl_text : curl_easy_strerror(code);

    call->error = error_of(call, code);
    if (call->error == CLIENT_OK)
        return;
    if (call->error == CLIENT_TOO_LARGE)
        snprintf(call->message, sizeof(call->message), "the answer is larger than %zu bytes",
                 call->max_bytes);
    else
        snprintf(call->message, sizeof(call->message), "%s", text);
    for (char *p = call->message; *p != '\0'; p++) {
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e)
            *p = ' ';
    }
}
