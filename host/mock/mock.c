#include "mock/mock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "mock/answer.h"
#include "mock/mock_impl.h"
#include "net/loop.h"
#include "text/json.h"

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

// As vLLM: an adapter that lies on this machine becomes a model of its name, once.
static void post_adapter(void *user, struct server_request *q, struct server_reply *reply)
{
    struct mock *m = user;
    struct err err = { { 0 } };
    struct json *doc = json_parse(server_body(q), &err);
    struct view name = { 0 }, path = { 0 };
    struct buf line = { 0 }, config = { 0 };

    reply->status = 400;
    if (doc == NULL || !json_want_string(doc, "lora_name", &name, &err) ||
        !json_want_string(doc, "lora_path", &path, &err)) {
        mock_add_error("invalid_request_error", err.text, &reply->body);
        goto done;
    }
    buf_addf(&line, "\n%s\n", name.data);
    buf_addf(&config, "%s/adapter_config.json", path.data);
    if (!file_exists(buf_str(&config))) {
        reply->status = 404;
        mock_add_error("not_found_error", "there is no adapter at lora_path", &reply->body);
    } else if (strstr(buf_str(&m->adapters), buf_str(&line)) != NULL) {
        mock_add_error("invalid_request_error", "The lora adapter has already been loaded.",
                       &reply->body);
    } else {
        reply->status = 200;
        buf_add_view(&m->adapters, buf_view(&line));
        buf_add_str(&reply->body, "Success: LoRA adapter added successfully.");
    }
done:
    buf_fini(&config);
    buf_fini(&line);
    json_free(doc);
}

static void get_models(void *user, struct server_request *q, struct server_reply *reply)
{
    (void)user;
    (void)q;
    buf_add_str(&reply->body, "{\"object\":\"list\",\"data\":[{\"id\":\"mock\",\"object\":"
                              "\"model\",\"created\":0,\"owned_by\":\"propersim\"}]}");
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
    { SERVER_POST, "/v1/load_lora_adapter", post_adapter },
    { SERVER_GET, "/v1/models", get_models },
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
    buf_fini(&m->adapters);
    free(m);
}

int mock_port(const struct mock *m)
{
    return server_port(m->server);
}
