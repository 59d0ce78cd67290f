#include "mock/mock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "mock/answer.h"
#include "mock/mock_impl.h"
#include "net/loop.h"

enum { MAX_BODY = 64 << 20, MAX_CONNECTIONS = 20000, IDLE_MS = 600000 };

// ---- Routes

static void post_chat(void *user, struct server_request *q, struct server_reply *reply)
{
    visit_receive(user, q, false, reply);
}

static void post_embeddings(void *user, struct server_request *q, struct server_reply *reply)
{
    visit_receive(user, q, true, reply);
}

static void get_stats(void *user, struct server_request *q, struct server_reply *reply)
{
    struct mock *m = user;

    (void)q;
    stats_write(&m->stats, loop_now_ms(m->loop), server_connections(m->server), &reply->body);
}

static const struct server_route routes[] = {
    { SERVER_POST, "/v1/chat/completions", post_chat },
    { SERVER_POST, "/v1/embeddings", post_embeddings },
    { SERVER_POST, "/v1/load_lora_adapter", adapters_load },
    { SERVER_POST, "/v1/unload_lora_adapter", adapters_unload },
    { SERVER_GET, "/v1/models", adapters_list },
    { SERVER_GET, "/mock/stats", get_stats },
};

// ---- The mock

struct mock *mock_new(struct loop *loop, const struct mock_config *config, struct err *err)
{
    struct mock *m = mem_calloc(1, sizeof(*m));
    const struct server_config server = { .port = config->port,
                                          .routes = routes,
                                          .route_count = sizeof(routes) / sizeof(*routes),
                                          .user = m,
                                          .request_ms = IDLE_MS,
                                          .max_waiting = MAX_CONNECTIONS,
                                          .max_body = MAX_BODY,
                                          .send_budget = (size_t)1 << 30,
                                          .for_programs = true };

    m->loop = loop;
    m->config = *config;
    stats_start(&m->stats, loop_now_ms(loop));
    snprintf(m->retry_after, sizeof(m->retry_after), "%d", config->retry_after_s);
    if (config->log != NULL && (m->log = fopen(config->log, "w")) == NULL) {
        err_set(err, "%s: cannot be written: %s", config->log, strerror(errno));
        goto fail;
    }
    if (m->log != NULL)
        setvbuf(m->log, NULL, _IOLBF, 1 << 16);
    m->server = server_new(loop, &server, err);
    if (m->server != NULL)
        return m;
fail:
    mock_free(m);
    return NULL;
}

void mock_free(struct mock *m)
{
    if (m == NULL)
        return;
    server_free(m->server); // every visit ends with its connection
    history_fini(&m->history);
    if (m->log != NULL)
        fclose(m->log);
    adapters_fini(m);
    free(m);
}

int mock_port(const struct mock *m)
{
    return server_port(m->server);
}
