// Adapters, as vLLM has them: one that lies on this machine becomes a model of its name until it is
// unloaded.

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "mock/answer.h"
#include "mock/mock_impl.h"
#include "text/json.h"

struct adapter {
    char *name, *path;
};

static struct adapter *find(const struct mock *m, const char *name)
{
    for (size_t i = 0; i < m->adapter_count; i++) {
        if (strcmp(m->adapters[i].name, name) == 0)
            return &m->adapters[i];
    }
    return NULL;
}

static void refuse(struct server_reply *reply, int status, const char *type, const char *message)
{
    reply->status = status;
    mock_add_error(type, message, &reply->body);
}

static void keep(struct mock *m, const char *name, const char *path)
{
    m->adapters = mem_realloc(m->adapters, m->adapter_count + 1, sizeof(*m->adapters));
    m->adapters[m->adapter_count++] =
        (struct adapter){ .name = mem_strdup(name), .path = mem_strdup(path) };
    m->stats.adapters++;
}

static void drop(struct mock *m, struct adapter *a)
{
    free(a->name);
    free(a->path);
    *a = m->adapters[--m->adapter_count];
}

void adapters_load(void *user, struct server_request *q, struct server_reply *reply)
{
    struct mock *m = user;
    struct err err = { { 0 } };
    struct json *doc = json_parse(server_body(q), &err);
    struct view name = { 0 }, path = { 0 };
    struct buf config = { 0 };

    if (doc == NULL || !json_want_string(doc, "lora_name", &name, &err) ||
        !json_want_string(doc, "lora_path", &path, &err)) {
        refuse(reply, 400, "invalid_request_error", err.text);
        goto done;
    }
    buf_addf(&config, "%s/adapter_config.json", path.data);
    if (!file_exists(buf_str(&config))) {
        refuse(reply, 404, "not_found_error", "there is no adapter at lora_path");
    } else if (find(m, name.data) != NULL) {
        refuse(reply, 400, "invalid_request_error", "The lora adapter has already been loaded.");
    } else {
        keep(m, name.data, path.data);
        reply->status = 200;
        buf_add_str(&reply->body, "Success: LoRA adapter added successfully.");
    }
done:
    buf_fini(&config);
    json_free(doc);
}

void adapters_unload(void *user, struct server_request *q, struct server_reply *reply)
{
    struct mock *m = user;
    struct err err = { { 0 } };
    struct json *doc = json_parse(server_body(q), &err);
    struct view name = { 0 };
    struct adapter *found = NULL;

    if (doc == NULL || !json_want_string(doc, "lora_name", &name, &err)) {
        refuse(reply, 400, "invalid_request_error", err.text);
    } else if ((found = find(m, name.data)) == NULL) {
        refuse(reply, 404, "not_found_error", "there is no adapter of that name");
    } else {
        drop(m, found);
        reply->status = 200;
        buf_add_str(&reply->body, "Success: LoRA adapter removed successfully.");
    }
    json_free(doc);
}

static void add_model(struct buf *out, const char *name, const char *root)
{
    buf_add_str(out, "{\"id\":");
    json_add_string(out, view_of(name));
    buf_add_str(out, ",\"object\":\"model\",\"created\":0,\"owned_by\":\"propersim\",\"root\":");
    json_add_string(out, view_of(root));
    buf_add_char(out, '}');
}

void adapters_list(void *user, struct server_request *q, struct server_reply *reply)
{
    const struct mock *m = user;

    (void)q;
    buf_add_str(&reply->body, "{\"object\":\"list\",\"data\":[");
    add_model(&reply->body, "mock", "mock");
    for (size_t i = 0; i < m->adapter_count; i++) {
        buf_add_char(&reply->body, ',');
        add_model(&reply->body, m->adapters[i].name, m->adapters[i].path);
    }
    buf_add_str(&reply->body, "]}");
}

void adapters_fini(struct mock *m)
{
    while (m->adapter_count > 0)
        drop(m, &m->adapters[0]);
    free(m->adapters);
}
